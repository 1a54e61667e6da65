from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class SiteConfig(AppConfig):
    name = "pluginnovation.site"
    label = "site"
    default = True
    verbose_name = "Webbplatsen"

    def ready(self):
        from . import changes
        from .editors import help_texts, survey  # noqa: F401  (what it listens to)
        from .search import signals

        signals.connect()
        changes.connect()
        help_texts.apply()


class AccountsConfig(WagtailUsersAppConfig):
    """The CMS's app of accounts, with our own views (``editors.accounts``)."""

    user_viewset = "pluginnovation.site.editors.accounts.UserViewSet"
