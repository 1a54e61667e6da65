"""The ASGI entry point. It demands ``DATABASE_URL`` and starts no server of its own."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pluginnovation.settings.production")

application = get_asgi_application()
