from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "pluginnovation.core"
    label = "core"
    verbose_name = "Grunden"

    def ready(self):
        from . import pictures  # noqa: F401 (connects its signal)
