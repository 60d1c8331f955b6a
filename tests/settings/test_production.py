"""The three production processes under the settings they really run with: each test is a process of its own."""

import json
import subprocess
import sys

import pytest

from tools import faces

pytestmark = pytest.mark.once  # these processes reach no database
NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"


def run(face: str, code: str, **overrides: str) -> subprocess.CompletedProcess:
    """Start ``face`` without a database and run ``code`` in it; an override of "" leaves a variable out."""
    start = "import django, json; from django.conf import settings; django.setup(); "
    return subprocess.run(
        [sys.executable, "-c", start + code],
        env=faces.environment(face, **{"database_url": NOWHERE} | overrides),
        capture_output=True,
        text=True,
    )


def answer(face: str, expression: str, **overrides: str):
    done = run(face, f"print(json.dumps({expression}))", **overrides)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("face", faces.FACES)
def test_a_process_starts_with_what_it_needs(face):
    assert answer(face, "[settings.FACE, settings.DEBUG]") == [face, False]


@pytest.mark.parametrize("settings", ["development", "testing"])
def test_a_laptop_needs_to_be_told_nothing(settings):
    code = "import django; django.setup(); from django.conf import settings; print(settings.FACE)"
    env = {"DJANGO_SETTINGS_MODULE": f"outreach.settings.{settings}"}

    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)

    assert (done.stdout, done.stderr) == ("both\n", "")


@pytest.mark.parametrize(
    ("face", "environment", "named"),
    [
        *[(face, {"SECRET_KEY": ""}, "SECRET_KEY") for face in faces.FACES],
        ("public", {"SECRET_KEY": "short"}, "SECRET_KEY is weak"),
        ("public", {"SECRET_KEY": "a" * 80}, "SECRET_KEY is weak"),
        ("internal", {"SECRET_KEY": f"django-insecure-{faces.LETTERS}"}, "SECRET_KEY is weak"),
        ("internal", {"TOKEN_KEY": ""}, "TOKEN_KEY"),
        ("worker", {"TOKEN_KEY": ""}, "TOKEN_KEY"),
        ("worker", {"TOKEN_KEY": f"development-{faces.LETTERS}"}, "TOKEN_KEY is weak"),
        ("worker", {"EMAIL_URL": ""}, "EMAIL_URL"),
        ("worker", {"DEFAULT_FROM_EMAIL": ""}, "DEFAULT_FROM_EMAIL"),
        ("worker", {"DEFAULT_FROM_EMAIL": "Center"}, "DEFAULT_FROM_EMAIL must be"),
        ("internal", {"DEFAULT_FROM_EMAIL": ""}, "DEFAULT_FROM_EMAIL"),
        ("public", {"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ("public", {"ALLOWED_HOSTS": "*"}, "wildcard"),
        ("internal", {"ALLOWED_HOSTS": "inside.example.dk,.example.dk"}, "wildcard"),
        ("public", {"PUBLIC_BASE_URL": ""}, "PUBLIC_BASE_URL"),
        ("public", {"PUBLIC_BASE_URL": "http://example.dk"}, "PUBLIC_BASE_URL must be"),
        ("worker", {"INTERNAL_BASE_URL": "https://example.dk/"}, "INTERNAL_BASE_URL must be"),
        ("worker", {"INTERNAL_BASE_URL": "example.dk"}, "INTERNAL_BASE_URL must be"),
        ("public", {"database_url": "sqlite:///tmp/rows.sqlite3"}, "PostgreSQL"),
        ("internal", {"database_url": ""}, "DATABASE_URL"),
        ("public", {"DEBUG": "true"}, "DEBUG is on"),
    ],
)
def test_a_process_refuses_to_start(face, environment, named):
    done = run(face, "pass", **environment)

    assert done.returncode != 0
    assert named in done.stderr
    assert "ImproperlyConfigured" in done.stderr


@pytest.mark.parametrize("face", faces.FACES)
def test_a_process_says_what_went_wrong_and_quotes_nobody(face):
    fail = """import logging
request = logging.getLogger("django.request")
request.warning("Not Found: /nothing/")
try:
    raise ValueError("ana@example.org")
except ValueError:
    request.error("Error: /s3cret-link/", exc_info=True)
"""

    (line,) = run(face, fail).stderr.splitlines()

    assert json.loads(line)["error"][0]["type"] == "builtins.ValueError"
    assert "ana@example.org" not in line
    assert "s3cret-link" not in line


def test_a_secret_can_stand_in_a_file(tmp_path):
    (tmp_path / "key").write_text(f"from-a-file-{faces.LETTERS}\n")

    key = answer("public", "settings.SECRET_KEY", SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "key"))

    assert key == f"from-a-file-{faces.LETTERS}"


def test_the_public_process_needs_and_has_no_key_to_personal_links():
    assert answer("public", "hasattr(settings, 'TOKEN_KEY')", TOKEN_KEY="") is False


def test_the_public_process_installs_nothing_that_knows_a_person():
    installed = answer("public", "settings.INSTALLED_APPS")

    kept_out = ["contacts", "allauth", "wagtail.admin", "django.contrib.sessions", "django.contrib.messages"]
    assert "events" in installed
    assert [app for app in installed for name in kept_out if app.startswith(name)] == []


def test_the_public_process_has_nothing_that_could_set_a_cookie():
    middleware = answer("public", "settings.MIDDLEWARE")

    words = ("session", "auth", "message", "csrf", "account")
    assert "django.middleware.security.SecurityMiddleware" in middleware
    assert [path for path in middleware for word in words if word in path.lower()] == []


def test_no_public_address_leads_inside():
    """Every pattern of the URLconf the process really has, in both languages."""
    walk = "from tests.routes import routes; from django.utils.translation import override\n"
    for language in ("da", "en"):
        walk += f"with override({language!r}): print(*(route.path for route in routes()), sep='\\n')\n"

    found = run("public", walk).stdout.split()

    assert any(route.startswith("en/") for route in found)
    assert [r for r in found if r.removeprefix("en/").startswith(("admin", "workspace", "account"))] == []


@pytest.mark.parametrize("face", ["internal", "worker"])
def test_only_development_lets_a_password_alone_in(face):
    switched = {"SECOND_FACTOR_REQUIRED": "false", "MFA_REQUIRED": "0", "DJANGO_DEBUG": ""}

    assert answer(face, "settings.SECOND_FACTOR_REQUIRED", **switched) is True


def test_passwords_are_kept_as_argon2id():
    code = "from django.contrib.auth.hashers import make_password; print(make_password('x'))"

    assert run("internal", code).stdout.startswith("argon2$argon2id$")


def test_cookies_of_the_internal_face_are_bound_to_its_host():
    names = "[settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME]"
    flags = "[settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY, settings.CSRF_COOKIE_SECURE]"

    assert answer("internal", names) == ["__Host-session", "__Host-csrf"]
    assert answer("internal", flags) == [True, True, True]
