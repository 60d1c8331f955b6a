"""What a production process must be told, and what it refuses to start with."""

from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from outreach.sealing import key_files

from .base import env
from .databases import tuned

SHORTEST_SECRET = 50
HERE = {"127.0.0.1", "localhost"}


def secret(name: str) -> str:
    """A long random text from ``NAME`` or the file ``NAME_FILE``; a short, dull or borrowed one is refused."""
    value = env.str(name).strip()
    if len(value) < SHORTEST_SECRET or len(set(value)) < 20 or "development" in value or "insecure" in value:
        raise ImproperlyConfigured(f"{name} is weak: give it {SHORTEST_SECRET} random characters or more.")
    return value


def hosts() -> list[str]:
    """The names this process answers to, each spelt out."""
    names = [name.strip() for name in env.list("ALLOWED_HOSTS") if name.strip()]
    if not names or any("*" in name or name.startswith(".") for name in names):
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts; a wildcard is refused.")
    return names


def base_url(name: str) -> str:
    """Where a face is found, for links: https, or http on this very machine; no path, no slash at the end."""
    value = env.str(name).strip()
    parts = urlsplit(value)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE)
    if not (safe and parts.hostname) or value != f"{parts.scheme}://{parts.netloc}":
        raise ImproperlyConfigured(f"{name} must be an address such as https://example.dk, and nothing after it.")
    return value


def sender() -> str:
    """Whom mails and calendar files are from: an address, with or without a name."""
    value = env.str("DEFAULT_FROM_EMAIL").strip()
    if "@" not in parseaddr(value)[1]:
        raise ImproperlyConfigured("DEFAULT_FROM_EMAIL must be an address such as Name <address@example.org>.")
    return value


def database() -> dict:
    """PostgreSQL: SQLite has no roles, so there the wall between the faces would be missing."""
    config = env.db_url_config(env.str("DATABASE_URL").strip())
    if not config["ENGINE"].endswith("postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database.")
    return tuned(config)


def sealing_keys(*registers: str) -> dict[str, Path]:
    """The files of keys for those registers, each named by a variable of its own, and no key in two of them."""
    files = {register: _key_file(key_files.VARIABLES[register]) for register in registers}
    if key_files.shared(files.values()):
        raise ImproperlyConfigured("Two key files hold the same key: give each register keys of its own.")
    return files


def _key_file(name: str) -> Path:
    path = Path(env.str(name).strip())
    try:
        key_files.sound_keys_in(path)
    except key_files.BadKeyFile as fault:
        raise ImproperlyConfigured(f"{name}: {fault}") from None
    return path


def no_debugging() -> bool:
    """Always False; refuses a leftover DEBUG from somebody's shell instead of passing it over."""
    if env.bool("DEBUG", default=False):
        raise ImproperlyConfigured("DEBUG is on. Outside development it shows secrets to whoever meets an error.")
    return False
