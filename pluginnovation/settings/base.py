"""Settings that hold everywhere. What differs is in dev, test and production."""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from . import identity
from .environment import flag, optional
from .stores import media_storage, shared_caches

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(optional("VAR_DIR", str(ROOT / "var")))

INSTALLED_APPS = [
    "pluginnovation.core",
    "knowledge",
    "casestudies",
    "statistics",
    "pluginnovation.site",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "pluginnovation.site.apps.AccountsConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "wagtailmedia",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "pluginnovation.watching.requests.Watch",
    # Around all that answers: refusals and kept pages bear these headers, too.
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pluginnovation.site.limits.RateLimits",
    "pluginnovation.site.page_cache.PageCacheMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "pluginnovation.site.headers.BrowserPolicy",
    "statistics.database_role.PublicRole",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pluginnovation.core.staff_sessions.StaffSessions",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "pluginnovation.site.editors.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "pluginnovation.urls"
WSGI_APPLICATION = "pluginnovation.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pluginnovation.core.context.navigation",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "wagtail.templatetags.wagtailcore_tags",
                "pluginnovation.core.templatetags.swedish",
            ],
        },
    },
]

DATABASES = {"default": dj_database_url.config(conn_max_age=60, conn_health_checks=True)}
# A server that does not answer is told to the visitor, not waited for.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
# Public requests run under this role, which has no right to the records.
PUBLIC_DATABASE_ROLE = optional("PUBLIC_DATABASE_ROLE", "pluginnovation_public")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/personal/"
ACCOUNT_ADAPTER = "pluginnovation.core.accounts.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[PlugInnovation] "
MFA_ADAPTER = "pluginnovation.core.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "pluginnovation.core.second_factor.OnceAuthenticateForm",
    "reauthenticate": "pluginnovation.core.second_factor.OnceReauthenticateForm",
    "activate_totp": "pluginnovation.core.second_factor.OnceActivateForm",
}
MFA_TOTP_TOLERANCE = 1
# Municipalities' own identity providers, by configuration.
OIDC_APPS = identity.providers(optional("OIDC_PROVIDERS"))
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": OIDC_APPS}}
SOCIALACCOUNT_ADAPTER = "pluginnovation.core.identity.MunicipalIdentityAdapter"
# Accounts are given, not made: their addresses are known.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Editors stay as long as they work; who has a role is out after half an hour without a click.
SESSION_COOKIE_AGE = STAFF_SESSION_SECONDS = 8 * 60 * 60
STAFF_IDLE_SECONDS = 30 * 60
SESSION_COOKIE_SAMESITE = "Lax"

LANGUAGE_CODE = "sv"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("sv", "Svenska"), ("en", "English")]
WAGTAIL_I18N_ENABLED = True
# Swedish where the CMS and its film library have none.
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
# The prefix at which a proxy sends files that it is handed (deploy/); without, they are sent here.
MEDIA_ACCEL = optional("MEDIA_ACCEL").rstrip("/")
SENDFILE_BACKEND = "pluginnovation.site.accel"
STORAGES = {
    "default": media_storage(optional("MEDIA_BUCKET"), MEDIA_ACCEL),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Never by a redirect to where they lie: the view asks who may read them.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# Uploads are streamed to disk from this size on, and refused above the second.
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# The largest pictures of today's telephones; more would fill the memory when it is unpacked.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25 * 1024 * 1024

CACHES = shared_caches(optional("CACHE_URL"), VAR / "cache")
PAGE_CACHE = True
# For measurements alone: whoever sends X-Bypass-Page-Cache gets the page made anew.
PAGE_CACHE_BYPASS = flag("PAGE_CACHE_BYPASS")

# Files as they were sent in, encrypted: where, and for how many days (30 at most).
ORIGINALS_DIR = Path(optional("ORIGINALS_DIR", str(VAR / "originals")))
ORIGINALS_DAYS = int(optional("ORIGINALS_DAYS", "30"))
# Retention: how long an interruption is kept after it began, and a row in quarantine.
RECORDS_YEARS = int(optional("RECORDS_YEARS", "10"))
QUARANTINE_DAYS = int(optional("QUARANTINE_DAYS", "365"))
# The public figures change on this day of the month; what is sensitive in these months only.
PUBLICATION_DAY = int(optional("PUBLICATION_DAY", "15"))
PUBLICATION_HALF_YEAR_MONTHS = [
    int(month) for month in optional("PUBLICATION_HALF_YEAR_MONTHS", "3,10").split(",")
]
# Groups of records with fewer changes keep their old figures: as measured, docs/skydd.md.
PUBLICATION_THRESHOLDS = {
    "monthly": int(optional("PUBLICATION_THRESHOLD_MONTHLY", "40")),
    "half_yearly": int(optional("PUBLICATION_THRESHOLD_HALF_YEARLY", "15")),
}

# Blocks that rooms above give to every page (core/live_blocks).
LIVE_BLOCKS = {"figure": "statistics.figure_block.block.FigureBlock"}
# Who knows where a municipality's report may point for help (statistics/municipal_report/advice).
MUNICIPAL_REPORT_ADVICE = "pluginnovation.site.front.success_factors"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

SITE_URL = optional("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
WAGTAIL_SITE_NAME = "PlugInnovation"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "/konto/logga-in/"
# One way to a new password, too: the one whose tries are counted.
WAGTAIL_PASSWORD_RESET_ENABLED = False
# An address is given with the account (core.account_urls).
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = "/konto/logga-in/"
WAGTAILIMAGES_IMAGE_MODEL = "core.SiteImage"
WAGTAILDOCS_DOCUMENT_MODEL = "core.SiteDocument"
WAGTAILMEDIA = {
    "MEDIA_MODEL": "core.SiteMedia",
    "MEDIA_FORM_BASE": "pluginnovation.site.editors.upload_forms.MediaForm",
    "VIDEO_EXTENSIONS": ["webm", "mp4"],
    "AUDIO_EXTENSIONS": ["m4a", "mp3", "ogg"],
}
WAGTAILIMAGES_IMAGE_FORM_BASE = "pluginnovation.site.editors.upload_forms.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "pluginnovation.site.editors.upload_forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAIL_ENABLE_UPDATE_CHECK = False
# No pictures of editors from a service elsewhere.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"jpeg": "webp", "png": "webp", "gif": "webp", "avif": "avif"}
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp", "svg"]

# No page holds inline scripts or styles, so a cached page fits the policy without a nonce.
# What the CMS needs beside this is in pluginnovation.site.headers.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF, *identity.origins(OIDC_APPS)],
        "frame-ancestors": [NONE],
    },
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# A questionnaire to five groups, as the CMS sends it, has well over Django's thousand fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

RATE_LIMITS = optional("RATE_LIMITS", "on") != "off"
RATELIMIT_USE_CACHE = "limits"
# A store that does not answer must not shut people out.
RATELIMIT_FAIL_OPEN = True
# Ten wrong tries in a minute from one address, or five in a quarter of an hour for one account.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/15m/key"} if RATE_LIMITS else False
# How many proxies stand before the site and tell its visitors' addresses.
ALLAUTH_TRUSTED_PROXY_COUNT = int(optional("TRUSTED_PROXIES", "0"))

# Whoever bears this token may read /metrics; without one there is no such page.
METRICS_TOKEN = optional("METRICS_TOKEN")
# Set by gunicorn.conf.py, and read under this name by Prometheus's library.
METRICS_DIR = optional("PROMETHEUS_MULTIPROC_DIR")
# One line of log for each request (production turns it on).
REQUEST_LOG = False
