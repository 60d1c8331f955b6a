"""Every process starts under its own settings, and none starts half configured."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools.faces import FACES, environment

ROOT = Path(__file__).resolve().parents[2]
READ = "from django.conf import settings; print(settings.FACE, settings.DEBUG)"
START = f"import django; django.setup(); {READ}"


def python(code, face, **overrides):
    """Run ``code`` under one face's settings; an override of "" leaves that variable out."""
    env = environment(face, overrides.pop("DATABASE_URL", "sqlite://:memory:"), **overrides)
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("public", "public False"),
        ("internal", "internal False"),
        ("worker", "worker False"),
        ("development", "both True"),
        ("testing", "both False"),
    ],
)
def test_each_settings_module_starts(settings, expected):
    started = python(START, settings)

    assert started.stdout.strip() == expected, started.stderr


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "x" * 60),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", ".example.dk"),
        ("DATABASE_URL", ""),
        ("PUBLIC_BASE_URL", ""),
        ("INTERNAL_BASE_URL", ""),
    ],
)
def test_a_production_process_refuses_what_is_missing_or_weak(face, name, value):
    started = python(READ, face, **{name: value})

    assert started.returncode != 0
    assert "ImproperlyConfigured" in started.stderr
    assert name in started.stderr


@pytest.mark.parametrize("face", ["internal", "worker"])
@pytest.mark.parametrize("value", ["", "short"])
def test_a_process_that_derives_personal_links_refuses_a_weak_key(face, value):
    started = python(READ, face, TOKEN_KEY=value)

    assert started.returncode != 0
    assert "TOKEN_KEY" in started.stderr


@pytest.mark.parametrize("face", FACES)
def test_no_variable_turns_debugging_on_in_production(face):
    assert python(READ, face, DEBUG="true", DJANGO_DEBUG="1").stdout.strip() == f"{face} False"


def test_a_secret_is_read_from_a_file(tmp_path):
    (tmp_path / "key").write_text("abcdefghijklmnopqrstuvwxyz" * 3)

    started = python(READ, "public", SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "key"))

    assert started.stdout.strip() == "public False", started.stderr


def test_the_public_process_has_no_sign_in_no_session_and_no_contacts():
    code = "from django.conf import settings; print(*settings.INSTALLED_APPS, *settings.MIDDLEWARE)"
    forbidden = ("contacts", "allauth", "session", "csrf", "message", "authentication", "wagtail.admin")

    listed = python(code, "public").stdout.split()

    assert "content" in listed
    assert [part for part in listed if any(word in part.lower() for word in forbidden)] == []


def test_the_public_process_cannot_derive_personal_links():
    code = "from django.conf import settings; print(hasattr(settings, 'TOKEN_KEY'))"

    assert python(code, "public").stdout.strip() == "False"
