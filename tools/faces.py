"""The environment of a production process with throw-away values: for checks and tests, never for a deployment."""

import os
from pathlib import Path

from outreach.sealing.key_files import REGISTERS, SPECIAL_NEEDS, VARIABLES, key_of, made

ROOT = Path(__file__).resolve().parents[1]
FACES = ("public", "internal", "worker")
KEPT = ("PATH", "HOME", "LANG", "TMPDIR")
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def environment(face: str, database_url: str, **overrides: str) -> dict[str, str]:
    """Local hosts, no TLS, mail printed; an override of "" leaves a variable out."""
    values = {
        **{name: os.environ[name] for name in KEPT if name in os.environ},
        "DJANGO_SETTINGS_MODULE": f"outreach.settings.{face}",
        "DATABASE_URL": database_url,
        "SECRET_KEY": f"throw-away-{face}-{LETTERS}",
        "TOKEN_KEY": f"throw-away-token-{LETTERS}",
        **{VARIABLES[register]: str(path) for register, path in key_files(face).items()},
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "PUBLIC_BASE_URL": "http://127.0.0.1",
        "INTERNAL_BASE_URL": "http://127.0.0.1",
        "SECURE_SSL_REDIRECT": "false",
        "EMAIL_URL": "consolemail://",
        "DEFAULT_FROM_EMAIL": "Center <no-reply@center.example>",
        "PYTHONUNBUFFERED": "1",
        **overrides,
    }
    return {name: value for name, value in values.items() if value}


def key_files(face: str = "worker") -> dict[str, Path]:
    """What seals texts at rest, the same in every run: the files of the registers that ``face`` has to do with."""
    keys = {register: key_of(f"throw-away {register} {LETTERS}") for register in REGISTERS}
    files = made(ROOT / "var" / "throw-away-keys", keys, "throw-away: for checks and tests")
    return {SPECIAL_NEEDS: files[SPECIAL_NEEDS]} if face == "public" else files
