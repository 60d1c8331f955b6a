"""The matrix of roles × pages (outreach/wall/matrix.yaml), and the addresses it must name."""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from django.urls import URLPattern, get_resolver

from outreach.accounts.models import Role

FILE = Path(__file__).resolve().parents[1] / "outreach" / "wall" / "matrix.yaml"
READ = yaml.safe_load(FILE.read_text(encoding="utf-8"))
PAGES: dict[str, dict] = READ["pages"]
AREAS: dict[str, dict] = READ["areas"]
GROUPS: dict[str, list[str]] = READ["groups"]
HYPHENS = {"data protection officer": "data-protection officer", "check in helper": "check-in helper"}
ROLES = {HYPHENS.get(words, words): role for role in Role if (words := role.value.replace("_", " "))}
SIGNED_OUT = "signed out"
SITUATIONS = ("own", "other team", "restricted")
KEYS = {"page", "for", "by", "fresh proof", "sends", "about", "without a phone", *SITUATIONS}
KEYS_OF_AREA = {"page", "for"}
INSIDE = ("workspace/", "account/")


def addresses(resolver=None, before: str = "", names: str = "") -> Iterator[tuple[str, str]]:
    """Each address of the internal face that colleagues open outside the Wagtail admin: full name, and path."""
    for entry in (resolver or get_resolver("outreach.urls.internal")).url_patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            if path.startswith(INSIDE):
                yield names + (entry.name or ""), path
        else:
            yield from addresses(entry, path, f"{names}{entry.namespace}:" if entry.namespace else names)


def wanted(name: str, path: str) -> str:
    """What to add for an address without a row."""
    about = ""
    if "<" in path and not name.startswith("account"):
        about = ", about: person, own: opens, other team: opens, restricted: not there"
    return f"  {name}: {{page: Say in words what it is, for: officers{about}}}"


def area_of(path: str) -> str:
    """The area of an address outside the pages: the longest beginning that fits; "" for none."""
    told = re.sub(r"\d+", "#", path)
    return max((area for area in AREAS if told.startswith(area)), key=len, default="")
