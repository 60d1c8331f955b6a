"""What the three production processes share: no defaults for secrets, hosts or the database."""

from . import required
from .base import *  # noqa: F403
from .base import env

DEBUG = required.no_debugging()
SECRET_KEY = required.secret("SECRET_KEY")
ALLOWED_HOSTS = required.hosts()
PUBLIC_BASE_URL = required.base_url("PUBLIC_BASE_URL")
INTERNAL_BASE_URL = WAGTAILADMIN_BASE_URL = required.base_url("INTERNAL_BASE_URL")
DATABASES = {"default": required.database()}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)  # exactly one, which writes X-Forwarded-Proto and -For anew
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SECURE_HSTS_SECONDS = 63072000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True

# Django by itself tells nobody of an error when DEBUG is off.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"sober": {"()": "outreach.audit.logs.SoberFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "level": "WARNING", "formatter": "sober"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},  # a page that is not there is no fault
    },
}
