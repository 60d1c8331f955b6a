"""Every address of a URLconf: what tests walk so that a new one cannot be forgotten."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize


class Route(NamedTuple):
    path: str  # as written, with its converters or its regular expression
    name: str | None
    pattern: URLPattern


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[Route]:
    """All patterns below ``resolver`` (the running URLconf), in the active language."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, path)
        else:
            yield Route(path, entry.name, entry)


SAMPLES = {
    "int": "1",
    "path": "a/b",
    "slug": "a-slug",
    "str": "text",
    "uuid": "8b0f2f0e-6a0e-4c76-9d6e-0d7f5b7f3a11",
}


def sample_path(route: Route) -> str:
    """An address the route answers to: each converter or group filled in with something that fits."""
    plain, _, regex = route.path.partition("^")
    filled = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found[1] or "str", "text"), plain)
    if regex:
        ((template, names), *_) = normalize(regex)
        filled += template % dict.fromkeys(names, "1")
    return "/" + filled
