"""What every process shares. Each face adds its own middleware, apps and URLconf on top."""

from pathlib import Path
from typing import Any

import environ
from django.utils.translation import gettext_lazy as _

from .databases import tuned

ROOT = Path(__file__).resolve().parents[2]
env = environ.FileAwareEnv()

DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
PUBLIC_BASE_URL = env("PUBLIC_BASE_URL", default="http://127.0.0.1:8000")
# Every entry in a calendar is known by it for ever; a site that moves keeps its old host here.
CALENDAR_DOMAIN = env("CALENDAR_DOMAIN", default="")
INTERNAL_BASE_URL = env("INTERNAL_BASE_URL", default="http://127.0.0.1:8000")
WAGTAILADMIN_BASE_URL = INTERNAL_BASE_URL
BEHIND_PROXY = False
# Days that a register's owner has set for a retention rule, by its name; the rules say the defaults.
RETENTION_DAYS: dict[str, int] = env.json("RETENTION_DAYS", default={})
# How long we may keep somebody's details before we tell them: a month at most (GDPR art. 14(3)(a)), told in days.
INFORM_WITHIN_DAYS = env.int("INFORM_WITHIN_DAYS", default=30)
# What signs how far the trail goes (manage.py audit key), and the folder it is signed into, to be copied elsewhere.
AUDIT_SIGNING_KEY_FILE = env.str("AUDIT_SIGNING_KEY_FILE", default="")
AUDIT_CHECKPOINT_FOLDER = env.str("AUDIT_CHECKPOINT_FOLDER", default="")
LEAVE_URL = env("LEAVE_URL", default="https://www.dmi.dk/")

GROUND_APPS = [
    "outreach.accounts",
    "outreach.audit",
    "outreach.mail",
    "outreach.privacy",
    "outreach.places",
    "outreach.design",
    "outreach.queue",
    "outreach.sealing",
    "outreach.wall",
]
SHARED_APPS = [
    *GROUND_APPS,
    "content",
    "events",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.contrib.redirects",
    "wagtail",
    "modelcluster",
    "taggit",
    "crispy_forms",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
]
# Everything with a table or an administration screen: migrations and the worker need them all.
INTERNAL_APPS = [
    "contacts",
    "outreach.doctor",
    *SHARED_APPS,
    "wagtail.snippets",
    "wagtail.contrib.simple_translation",
    "wagtail.admin",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    "django_tables2",
    "django.contrib.sessions",
    "django.contrib.messages",
]
INSTALLED_APPS = INTERNAL_APPS

# Public pages know no visitor: nothing here may set a cookie.
PUBLIC_MIDDLEWARE = [
    "outreach.audit.middleware.request_id",
    "outreach.design.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "outreach.design.middleware.language_by_path",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "outreach.privacy.middleware.PostsOnlyToPublicForms",
    "content.middleware.published_languages",
    "content.middleware.old_addresses",
    "content.middleware.kept_pages",
]
INTERNAL_MIDDLEWARE = [
    "outreach.audit.middleware.request_id",
    "outreach.design.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "outreach.accounts.middleware.never_stored",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "outreach.design.middleware.language_by_path",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "outreach.accounts.middleware.second_factor",
    "outreach.accounts.middleware.language_of_user",
    "outreach.wall.middleware.asked_by_the_reader",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "outreach.design.context.surroundings",
                "content.context.addresses",
                "content.context.menus",
                "content.context.help_channels",
                "content.context.search",
                "content.notices.notices",
            ],
        },
    },
]
INTERNAL_CONTEXT_PROCESSORS = [
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "fds"
FORM_RENDERER = "outreach.design.renderer.QuickRenderer"

# SQLite unless DATABASE_URL names PostgreSQL.
DATABASES = {"default": tuned(env.db("DATABASE_URL", default=f"sqlite:///{ROOT / 'var' / 'outreach.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "da"
# Languages beside Danish and English, "ar": one shows itself to the public when its front page is published.
FURTHER_LANGUAGES = {"ar": _("Arabic")}
LANGUAGES = [
    ("da", _("Danish")),
    ("en", _("English")),
    *((code, FURTHER_LANGUAGES[code]) for code in env.list("EXTRA_LANGUAGES", default=[])),
]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(ROOT / "var" / "static"))
STATICFILES_DIRS = [ROOT / "build" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(ROOT / "var" / "media"))
MATERIALS_ROOT = env.path("MATERIALS_ROOT", default=str(ROOT / "var" / "materials"))  # served by no server either
ATTACHMENTS_ROOT = env.path("ATTACHMENTS_ROOT", default=str(ROOT / "var" / "attachments"))  # served by no server

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20  # seconds; well below the lease of a mail in sending (outreach/mail/models.py)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Center for Forebyggelse <svar-ikke@center.example>")

INCOMING_MAILDIR = env("INCOMING_MAILDIR", default="")  # where mail to that address arrives; "": nothing is read

WAGTAIL_SITE_NAME = "Center for Forebyggelse"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["docx", "odp", "ods", "odt", "pdf", "pptx", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "content.admin.uploads.DocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "content.admin.uploads.PictureForm"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # every one is a download
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "content.publishing.publish_reviewed"
WAGTAILADMIN_COMMENTS_ENABLED = False  # a reviewer's words go with the review
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Six hundred colleagues in a form that takes ten are shown again, with a sentence (events/forms/colleagues.py).
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# A message names whom it is about: it lies with the session, not in a cookie of its own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "outreach.accounts.sent_again.csrf_failure"
SILENCED_SYSTEM_CHECKS: list[str] = []
