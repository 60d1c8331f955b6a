"""The internal face: Wagtail admin for editors, the workspace for officers; password plus a code, or a passkey."""

from outreach.sealing.key_files import REGISTERS

from . import required
from .base import INTERNAL_CONTEXT_PROCESSORS, INTERNAL_MIDDLEWARE, TEMPLATES
from .production import *  # noqa: F403
from .sign_in import *  # noqa: F403

FACE = "internal"
MIDDLEWARE = list(INTERNAL_MIDDLEWARE)
MIDDLEWARE.insert(
    MIDDLEWARE.index("django.contrib.sessions.middleware.SessionMiddleware") + 1,
    "outreach.accounts.middleware.renewed_session",
)
ROOT_URLCONF = "outreach.urls.internal"
TEMPLATES[0]["OPTIONS"]["context_processors"] += INTERNAL_CONTEXT_PROCESSORS
TOKEN_KEY = required.secret("TOKEN_KEY")
SEALING_KEY_FILES = required.sealing_keys(*REGISTERS)
DEFAULT_FROM_EMAIL = required.sender()  # calendar files name it as the organiser
SECOND_FACTOR_REQUIRED = True
# One memory for all processes.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "accounts_cacheentry"},
    # For short lists of words that rarely change and are about nobody: each process reads them once a minute.
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "TIMEOUT": 60},
}

SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 60  # idle: renewed_session counts it anew
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024  # 2 MB of letters written as six each
