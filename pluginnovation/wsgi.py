"""The WSGI entry point. It demands ``DATABASE_URL`` and starts no server of its own."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pluginnovation.settings.production")

application = get_wsgi_application()

from statistics import database_role  # noqa: E402 (its models want the settings)

# Here requests follow each other, and nothing else asks on their connections.
database_role.keeps_role = True
