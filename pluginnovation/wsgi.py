"""The WSGI entry point. It demands ``DATABASE_URL`` and starts no server of its own."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pluginnovation.settings.production")

application = get_wsgi_application()
