"""Both faces in one process for the test suite: fast hashing, mail in memory, nothing shared with development."""

from tools import faces

from .base import ROOT
from .development import *  # noqa: F403

DEBUG = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = ROOT / "var" / "test-media"
ATTACHMENTS_ROOT = ROOT / "var" / "test-attachments"
MATERIALS_ROOT = ROOT / "var" / "test-materials"
SEALING_KEY_FILES = faces.key_files()  # those of the production processes that tests start
