"""The public face: no session, no sign-in, no messages, no cookie, no contacts."""

from outreach.sealing.key_files import SPECIAL_NEEDS

from . import required
from .base import PUBLIC_MIDDLEWARE, SHARED_APPS
from .production import *  # noqa: F403

FACE = "public"
INSTALLED_APPS = SHARED_APPS
MIDDLEWARE = PUBLIC_MIDDLEWARE
ROOT_URLCONF = "outreach.urls.public"
SEALING_KEY_FILES = required.sealing_keys(SPECIAL_NEEDS)  # a visitor writes what they need, reads and corrects it
# W003: public forms carry a signed, dated token and a same-origin check instead of a CSRF cookie
# (architecture.md, decision 16).
SILENCED_SYSTEM_CHECKS = ["security.W003"]
