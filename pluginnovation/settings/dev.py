"""For the developer's own machine: debug pages, fixed keys that protect nothing."""

from .base import *

DEBUG = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
SECRET_KEY = "dev-only-not-a-secret"  # noqa: S105
PSEUDONYM_KEY = b"dev-only-pseudonym-key-not-secret"
RECORD_KEY_SECRET = b"dev-only-record-key-not-secret"
ORIGINALS_KEY = "AGE-SECRET-KEY-16VRZ5RY2XLWN4AHWDQCQKQ9MMCRW3V0MU0YL6TJUGL6MLWT24FMSJUKK3T"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# Templates change under the developer's hands.
PAGE_CACHE = False
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
