from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, post_save


class StatisticsConfig(AppConfig):
    name = "statistics"
    verbose_name = "Statistik"

    def ready(self):
        from . import database_role
        from .subscriptions.sending import published

        connection_created.connect(database_role.on_new_connection)
        post_migrate.connect(database_role.set_up, sender=self)
        publication = self.get_model("Publication")
        post_save.connect(published, sender=publication, dispatch_uid="subscriptions")
