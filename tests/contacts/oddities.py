"""What no form expects, sent to every address of the workspace: the names of parameters and fields are read off the
pages and their views, so that a new one is sent odd things as well."""

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from tests.contacts.factories import TODAY
from tests.matrix import PAGES

Fields = dict[str, Any]  # a text, a list of texts, or a file

FILE = object()  # a file where a text was asked for, and a text where a file was: the form tells
LONG = "x" * 2_000_000
ODD: tuple[Any, ...] = (
    *("", " \t\r\n ", "\x00", "Ana\x00Ben", "\ud800", "%", "\\", "_", "a\r\nSet-Cookie: a=b"),
    *("-1", "0", "9" * 40, "9" * 5000, str(2**31), str(2**63), "1e9999", "nan", "٣", "1.5", "on"),
    *("0000-00-00", "0001-01-01", "9999-12-31", "2026-02-31", "25:61", "23:59:59.999999"),
    *("not-a-uuid", "8b0f2f0e-6a0e-4c76-9d6e-0d7f5b7f3a11", "person:", "person:\x00", "meeting:x", "organisation:1:2"),
    *(
        "🙂" * 50,
        "\u202eabc\u200f\u2066",
        "'; DROP TABLE contacts_person; --",
        "<script>alert(1)</script>{{ 7|add:7 }}",
    ),
    *("../../etc/passwd", "//evil.example/", "{}", "010190-1234", "bekymret for ham", ["a", "\x00", "1"], FILE, LONG),
)
FORGED: Fields = {
    **{f"{form}-TOTAL_FORMS": "99999" for form in ("form", "points")},
    **{"form-INITIAL_FORMS": "-1", "form-MAX_NUM_FORMS": "x", "email_99": "a@b.dk", "street_0": "x", "phone_-1": "1"},
    **{"team__members__password__startswith": "a", "owner__password__contains": "a", "pk": "1", "pk__in": "1,2"},
}
NAMED = re.compile(
    r"""(?:GET|POST|data|writing)(?:\.get(?:list)?\(|\[)\s*["'](\w+)["']|["'](\w+)["'] in request\.(?:GET|POST)"""
)
TAKEN = {200, 302, 400, 403, 404, 405, 409, 413, 422, 429}


class Form(NamedTuple):
    """A form that is sent by POST: where to, and with what as the page shows it, filled in where it must be."""

    address: str
    fields: Fields
    files: frozenset[str]

    @property
    def view(self) -> str:
        return resolve(urlsplit(self.address).path).view_name


class Answer(NamedTuple):
    status: int
    text: str
    fault: str  # where an exception was raised, and which
    signed_out: bool = False


class Sender:
    """Somebody's browser. Whatever is sent is undone."""

    def __init__(self, client: Client):
        self.client = client
        client.raise_request_exception = False

    def get(self, address: str, asked: Fields) -> Answer:
        texts = {name: value[:4000] if isinstance(value, str) else value for name, value in asked.items()}
        query = _encoded({name: value for name, value in texts.items() if value is not FILE})
        return self._ask(lambda: self.client.get(f"{address}{'&' if '?' in address else '?'}{query}"))

    def post(self, form: Form, changed: Fields) -> Answer:
        fields = form.fields | changed
        if FILE in fields.values():
            sent = {name: _in_parts(value, text=name in form.files) for name, value in fields.items()}
            return self._ask(lambda: self.client.post(form.address, sent))
        urlencoded = "application/x-www-form-urlencoded"
        return self._ask(lambda: self.client.post(form.address, _encoded(fields), content_type=urlencoded))

    def _ask(self, ask: Callable[[], Any]) -> Answer:
        raised: list[str] = []

        def note(**signal: Any) -> None:
            lines = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in inspect.trace()[-5:]]
            raised.append(f"{sys.exc_info()[1]!r:.200} {' > '.join(lines)}")

        got_request_exception.connect(note)
        try:
            with transaction.atomic():
                response = ask()
                text = response.getvalue().decode(errors="replace")
                transaction.set_rollback(True)
        finally:
            got_request_exception.disconnect(note)
            self.client.cookies.pop("messages", None)  # a sentence for the next page
        signed_out = response.headers.get("Location", "").startswith("/account/login")
        return Answer(response.status_code, text, "; ".join(raised), signed_out)


def _encoded(fields: Fields) -> str:
    return urlencode(fields, doseq=True, errors="surrogatepass")


def _in_parts(value: Any, *, text: bool) -> Any:
    if value is FILE:
        return "a text" if text else SimpleUploadedFile("odd\u202e.txt", b"what is this", content_type="text/plain")
    return value.encode(errors="replace").decode() if isinstance(value, str) else value


def addresses(known: Callable[[str], list], also: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every page of the workspace by its name, about what is ``known``; and with the query it needs to show a form."""
    for name, row in PAGES.items():
        if name.partition(":")[0] in ("workspace", "events_workspace"):
            address = reverse(name, args=known(row["about"]) if "about" in row else [])
            yield name, address
            if name in also:
                yield name, f"{address}?{also[name]}"


def read(page: str, address: str) -> tuple[list[Form], set[str]]:
    """The forms of a page that are posted, and the parameters it understands."""
    soup, forms, asked = BeautifulSoup(page, "html.parser"), [], set()
    for form in soup.find_all("form"):
        if form.get("method", "").lower() == "post":
            forms.append(_form(form, address))
        else:
            asked |= {tag["name"] for tag in form.find_all(["input", "select"]) if tag.get("name")}
    here = urlsplit(address).path
    for link in soup.find_all("a", href=True):
        parts = urlsplit(link["href"])
        if parts.path in ("", here):
            asked |= {name for name, _value in parse_qsl(parts.query)}
    return forms, asked


def _form(form: Tag, address: str) -> Form:
    fields: Fields = {}
    for tag in form.find_all(["input", "select", "textarea", "button"]):
        if name := tag.get("name"):
            value = _value(tag)
            if value is None or (tag.get("type") in ("radio", "checkbox") and not _chosen(tag, fields)):
                continue
            fields[name] = value
    files = frozenset(tag["name"] for tag in form.find_all("input", type="file"))
    return Form(form.get("action") or address, fields, files)


def _chosen(tag: Tag, fields: Fields) -> bool:
    """What is ticked; of a choice where nothing is, the first."""
    return tag.has_attr("checked") or (tag["type"] == "radio" and tag["name"] not in fields)


def _value(tag: Tag) -> str | None:
    """What a tag sends; where a form would miss it, something it takes."""
    kind = tag.get("type", "text" if tag.name == "input" else tag.name)
    if tag.name == "select":
        options = tag.find_all("option")
        chosen = [one for one in options if one.has_attr("selected")] + [one for one in options if one.get("value")]
        return chosen[0].get("value", "") if chosen else ""
    if kind == "textarea":
        return tag.text.strip() or "Text"
    usual = {"text": "Text", "search": "", "email": "a@example.dk", "date": TODAY.isoformat(), "file": ""}
    hidden = tag.has_attr("hidden") or kind == "hidden"
    return tag.get("value") or ("" if hidden else usual.get(kind, ""))


def named_in_view(address: str) -> set[str]:
    """The parameters and fields that the module behind an address names."""
    view = inspect.unwrap(resolve(urlsplit(address).path).func)
    source = inspect.getsource(sys.modules[view.__module__])
    return {first or second for first, second in NAMED.findall(source)}


def turned(names: list[str], turn: int) -> Fields:
    """Something odd for each name, each another; in as many turns as there are odd things each name has had each."""
    return {name: ODD[(place + turn) % len(ODD)] for place, name in enumerate(sorted(names))}
