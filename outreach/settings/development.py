"""Both faces in one process, on SQLite, for a laptop. The only settings where a password alone signs in."""

from outreach.sealing import key_files

from .base import *  # noqa: F403
from .base import INTERNAL_CONTEXT_PROCESSORS, INTERNAL_MIDDLEWARE, ROOT, TEMPLATES, env
from .sign_in import *  # noqa: F403

FACE = "both"
DEBUG = True
SECRET_KEY = "development-only-and-never-anywhere-else"  # noqa: S105
TOKEN_KEY = "development-only-token-key"  # noqa: S105
SEALING_KEY_FILES = key_files.made(
    ROOT / "var" / "keys", {name: key_files.development_key(name) for name in key_files.REGISTERS}, "development only"
)
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "outreach.urls.development"
MIDDLEWARE = [*INTERNAL_MIDDLEWARE, "content.middleware.published_languages", "content.middleware.old_addresses"]
TEMPLATES[0]["OPTIONS"]["context_processors"] += INTERNAL_CONTEXT_PROCESSORS
SECOND_FACTOR_REQUIRED = False

PORT = env.int("PORT", default=8000)
PUBLIC_BASE_URL = INTERNAL_BASE_URL = WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{PORT}"
EMAIL_BACKEND = env("EMAIL_BACKEND", default="django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = env("EMAIL_FILE_PATH", default="var/mail")
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024  # 2 MB of letters written as six each
