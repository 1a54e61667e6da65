"""For the test suite: fast hashing, mail in memory, tasks at once, files in a folder apart."""

import tempfile

from .base import *
from .stores import caches_in_memory

DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SECRET_KEY = "test-only-not-a-secret"  # noqa: S105
PSEUDONYM_KEY = b"test-only-pseudonym-key"
RECORD_KEY_SECRET = b"test-secret"
ORIGINALS_KEY = "AGE-SECRET-KEY-187JKV4XYJHK5RYHN47AZTQLUMYDYSM7W6SMF02E02U5KKYKWRLFSLQAJGA"
SITE_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
ORIGINALS_DIR = Path(tempfile.mkdtemp(prefix="pluginnovation-originals-"))
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="pluginnovation-media-"))
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
CACHES = caches_in_memory()
# Most tests change things without committing them; those of the cache turn it on.
PAGE_CACHE = False
RATE_LIMITS = False
ACCOUNT_RATE_LIMITS = False
# What a test writes need not survive a power cut.
DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"
