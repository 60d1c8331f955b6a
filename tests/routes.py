"""Every address of a URLconf: what tests walk so that a new one cannot be forgotten."""

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver


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
