"""The environment of a production process with throw-away values: for checks and tests, never for a deployment."""

import os

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
