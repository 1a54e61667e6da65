"""For everyone else's machine: no defaults for what must be secret or one's own.

``make run`` uses these too, with keys of its own and an address on loopback.
"""

from pluginnovation.watching import faults, logs

from .base import *
from .environment import flag, host_of, required

_given = required(
    DATABASE_URL="address of the PostgreSQL database, postgresql://user:password@host/name",
    SECRET_KEY="at least 50 random characters; signs sessions and links",
    PSEUDONYM_KEY="at least 32 random characters; turns personal numbers into pseudonyms",
    RECORD_KEY_SECRET="at least 32 random characters; protects the published figures",
    ORIGINALS_KEY="age key (AGE-SECRET-KEY-1...); encrypts the files that are sent in",
    SITE_URL="public address of the site, https://pluginnovation.example",
)

DEBUG = False
SECRET_KEY = _given["SECRET_KEY"]
PSEUDONYM_KEY = _given["PSEUDONYM_KEY"].encode()
RECORD_KEY_SECRET = _given["RECORD_KEY_SECRET"].encode()
ORIGINALS_KEY = _given["ORIGINALS_KEY"]
ALLOWED_HOSTS = [
    host.strip() for host in optional("ALLOWED_HOSTS", host_of(SITE_URL)).split(",") if host.strip()
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# On loopback, without encryption, cookies marked secure would never come back.
_encrypted = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _encrypted
SECURE_SSL_REDIRECT = _encrypted
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _encrypted else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _encrypted else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _encrypted
SECURE_REDIRECT_EXEMPT = [r"^halsa"]

EMAIL_BACKEND = optional("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = optional("EMAIL_HOST", "localhost")
EMAIL_PORT = int(optional("EMAIL_PORT", "25"))
EMAIL_HOST_USER = optional("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = optional("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
DEFAULT_FROM_EMAIL = optional("DEFAULT_FROM_EMAIL", f"no-reply@{host_of(SITE_URL)}")

LOGGING = logs.configuration()
REQUEST_LOG = flag("REQUEST_LOG", True)
faults.start(optional("SENTRY_DSN"), optional("SENTRY_ENVIRONMENT", "production"))
