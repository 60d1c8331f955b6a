"""The worker and the migrations: every app and no URL. Only this process writes the outbox."""

from outreach.sealing.key_files import REGISTERS

from . import required
from .base import INTERNAL_CONTEXT_PROCESSORS, INTERNAL_MIDDLEWARE, TEMPLATES, env
from .databases import named
from .production import *  # noqa: F403
from .production import DATABASES
from .sign_in import *  # noqa: F403

FACE = "worker"
DATABASES["default"] = named("worker", DATABASES["default"])
MIDDLEWARE = INTERNAL_MIDDLEWARE
ROOT_URLCONF = "outreach.urls.worker"
TEMPLATES[0]["OPTIONS"]["context_processors"] += INTERNAL_CONTEXT_PROCESSORS
TOKEN_KEY = required.secret("TOKEN_KEY")
SEALING_KEY_FILES = required.sealing_keys(*REGISTERS)
DEFAULT_FROM_EMAIL = required.sender()
SECOND_FACTOR_REQUIRED = True
vars().update(env.email("EMAIL_URL"))  # the one process that sends
