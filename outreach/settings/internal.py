"""The internal face: Wagtail admin for editors, the workspace for officers; password plus TOTP."""

from .base import INTERNAL_CONTEXT_PROCESSORS, INTERNAL_MIDDLEWARE, TEMPLATES, env
from .production import *  # noqa: F403
from .sign_in import *  # noqa: F403

FACE = "internal"
MIDDLEWARE = INTERNAL_MIDDLEWARE
ROOT_URLCONF = "outreach.urls.internal"
TEMPLATES[0]["OPTIONS"]["context_processors"] += INTERNAL_CONTEXT_PROCESSORS
TOKEN_KEY = env("TOKEN_KEY")
SECOND_FACTOR_REQUIRED = True

SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
