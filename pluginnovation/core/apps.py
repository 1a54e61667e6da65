from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "pluginnovation.core"
    label = "core"
    verbose_name = "Grunden"
