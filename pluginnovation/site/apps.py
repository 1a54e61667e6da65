from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "pluginnovation.site"
    label = "site"
    verbose_name = "Webbplatsen"

    def ready(self):
        from . import changes
        from .editors import help_texts
        from .search import signals

        signals.connect()
        changes.connect()
        help_texts.apply()
