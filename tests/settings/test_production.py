"""The three production processes under the settings they really run with."""

import json
import subprocess
import sys

import pytest

from outreach.sealing.key_files import REGISTERS, SIGN_IN, SPECIAL_NEEDS, VARIABLES
from tools import faces

pytestmark = pytest.mark.once  # these processes reach no database
INSIDE = ("internal", "worker")
NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"
START = """import django, json, sys
from importlib import import_module
from django.conf import settings
django.setup()
"""
# One question a line, one answer a line.
LISTEN = START + "for line in sys.stdin: print(json.dumps(eval(json.loads(line))), flush=True)"


def command(code: str, face: str, **overrides: str) -> dict:
    """How ``face`` is started without a database to run ``code``; an override of "" leaves a variable out."""
    env = faces.environment(face, **{"database_url": NOWHERE} | overrides)
    return {"args": [sys.executable, "-c", code], "env": env, "text": True}


class Process:
    """A face that has started and answers questions, so that not every test has to start one."""

    def __init__(self, face, log, **environment):
        self.log = log
        with log.open("w") as errors:
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": errors}
            self.process = subprocess.Popen(**command(LISTEN, face, **environment), **pipes)

    def answer(self, expression: str):
        self.process.stdin.write(json.dumps(expression) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, self.log.read_text()
        return json.loads(answer)

    def stop(self):
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    """``process("public")`` is that face under production settings, started when it is first asked for."""
    folder, started = tmp_path_factory.mktemp("production"), {}
    less = {"public": {"TOKEN_KEY": ""}}  # what a face needs not be given

    def process(face: str) -> Process:
        if face not in started:
            started[face] = Process(face, folder / face, **less.get(face, {}))
        return started[face]

    yield process
    for one in started.values():
        one.stop()


def setting(face: str, name: str, **environment: str):
    """What the setting is in another environment, read by a process of its own."""
    code = f"import json; from django.conf import settings; print(json.dumps(settings.{name}))"
    done = subprocess.run(**command(code, face, **environment), capture_output=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("face", faces.FACES)
def test_a_process_starts_with_what_it_needs(process, face):
    assert process(face).answer("[settings.FACE, settings.DEBUG]") == [face, False]


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
        *[(face, {VARIABLES[name]: ""}, VARIABLES[name]) for face in INSIDE for name in REGISTERS],
        ("public", {VARIABLES[SPECIAL_NEEDS]: ""}, VARIABLES[SPECIAL_NEEDS]),
        ("public", {VARIABLES[SPECIAL_NEEDS]: "/nowhere/at/all"}, "SPECIAL_NEEDS_KEY_FILE: the file cannot be read"),
        ("internal", {VARIABLES[SIGN_IN]: str(faces.key_files()[SPECIAL_NEEDS])}, "the same key"),
    ],
)
def test_a_process_refuses_to_start(face, environment, named):
    done = subprocess.run(**command(START, face, **environment), capture_output=True)

    assert done.returncode != 0
    assert named in done.stderr
    assert "ImproperlyConfigured" in done.stderr


@pytest.mark.parametrize("face", faces.FACES)
def test_a_process_says_what_went_wrong_and_quotes_nobody(process, face):
    logger = "import_module('logging').getLogger('django.request')"
    process(face).answer(f"{logger}.warning('Not Found: /nothing/')")
    process(face).answer(f"{logger}.error('Error: /s3cret-link/', exc_info=ValueError('ana@example.org'))")

    (line,) = process(face).log.read_text().splitlines()

    assert json.loads(line)["error"][0]["type"] == "builtins.ValueError"
    assert "ana@example.org" not in line
    assert "s3cret-link" not in line


@pytest.mark.parametrize("face", faces.FACES)
def test_no_process_writes_what_it_asks_the_database(process, face):
    logger = "import_module('logging').getLogger('django.db.backends')"
    assert process(face).answer(f"{logger}.getEffectiveLevel()") == 30
    assert process(face).answer("import_module('logging').raiseExceptions") is False


def test_a_secret_can_stand_in_a_file(tmp_path):
    (tmp_path / "key").write_text(f"from-a-file-{faces.LETTERS}\n")

    key = setting("public", "SECRET_KEY", SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "key"))

    assert key == f"from-a-file-{faces.LETTERS}"


def test_the_public_process_needs_and_has_no_key_to_personal_links(process):
    assert process("public").answer("hasattr(settings, 'TOKEN_KEY')") is False


def test_the_public_process_holds_the_key_for_special_needs_and_no_other(process):
    """Even where the environment names the others: what a visitor's page can be made to read is not more."""
    held = "sorted(settings.SEALING_KEY_FILES)"
    given = {VARIABLES[name]: str(path) for name, path in faces.key_files().items()}

    assert setting("public", "SEALING_KEY_FILES.keys().__len__()", **given) == 1
    assert process("public").answer(held) == [SPECIAL_NEEDS]
    assert process("internal").answer(held) == process("worker").answer(held) == sorted(REGISTERS)


def test_the_public_process_installs_nothing_that_knows_a_person(process):
    installed = process("public").answer("settings.INSTALLED_APPS")

    kept_out = ["contacts", "allauth", "wagtail.admin", "django.contrib.sessions", "django.contrib.messages"]
    assert "events" in installed
    assert [app for app in installed for name in kept_out if app.startswith(name)] == []


def test_the_public_process_has_nothing_that_could_set_a_cookie(process):
    middleware = process("public").answer("settings.MIDDLEWARE")

    words = ("session", "auth", "message", "csrf", "account")
    assert "django.middleware.security.SecurityMiddleware" in middleware
    assert [path for path in middleware for word in words if word in path.lower()] == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_public_address_leads_inside(process, language):
    """Every pattern of the URLconf the process really has."""
    translation = "import_module('django.utils.translation')"
    routes = "import_module('tests.routes').routes"
    found = process("public").answer(f"{translation}.activate({language!r}) or [one.path for one in {routes}()]")

    assert len(found) > 10
    assert any(route.startswith("en/") for route in found) == (language == "en")
    assert [r for r in found if r.removeprefix("en/").startswith(("admin", "workspace", "account"))] == []


@pytest.mark.parametrize("face", ["internal", "worker"])
def test_only_development_lets_a_password_alone_in(face):
    switched = {"SECOND_FACTOR_REQUIRED": "false", "MFA_REQUIRED": "0", "DJANGO_DEBUG": ""}

    assert setting(face, "SECOND_FACTOR_REQUIRED", **switched) is True


def test_passwords_are_kept_as_argon2id(process):
    kept = process("internal").answer("import_module('django.contrib.auth.hashers').make_password('x')")

    assert kept.startswith("argon2$argon2id$")


def test_cookies_of_the_internal_face_are_bound_to_its_host(process):
    names = "[settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME]"
    flags = "[settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY, settings.CSRF_COOKIE_SECURE]"

    assert process("internal").answer(names) == ["__Host-session", "__Host-csrf"]
    assert process("internal").answer(flags) == [True, True, True]
    assert process("internal").answer("settings.SESSION_COOKIE_SAMESITE") == "Lax"
    assert process("internal").answer("settings.CSRF_COOKIE_SAMESITE") == "Lax"


def test_a_session_inside_ends_after_half_an_hour_alone_and_ten_hours_in_all(process):
    assert process("internal").answer("[settings.SESSION_COOKIE_AGE, settings.SESSION_LONGEST]") == [1800, 36000]
    assert process("internal").answer("settings.SESSION_ENGINE") == "outreach.accounts.sessions"
