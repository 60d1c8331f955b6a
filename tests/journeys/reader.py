"""Somebody at a screen who knows only what the page says: follows links by their words, fills in, presses buttons.

The same reader walks through Django's test client and through a face that runs as a process (``Wire``).
"""

import http.cookiejar
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol
from urllib.parse import urljoin, urlsplit

import requests
from bs4 import BeautifulSoup, Tag
from django.test import Client

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
REDIRECTS = 5


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes
    address: str
    cookies: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        return self.headers.get("Content-Type", "").partition(";")[0]


def path_of(address: str) -> str:
    """The part of an address a server is asked for; whose it is, is the transport's to know."""
    return urlsplit(address)._replace(scheme="", netloc="", fragment="").geturl()


class Transport(Protocol):
    def get(self, address: str) -> Answer: ...

    def post(self, address: str, fields: list[tuple[str, str]]) -> Answer: ...


class InProcess:
    """Django's test client, with the check of CSRF tokens that people meet."""

    def __init__(self, language: str = "da"):
        self.client = Client(enforce_csrf_checks=True, headers={**SAME_ORIGIN, "Accept-Language": language})

    def get(self, address: str) -> Answer:
        return self._answer(address, self.client.get(path_of(address)))

    def post(self, address: str, fields: list[tuple[str, str]]) -> Answer:
        values: dict[str, list[str]] = {}
        for name, value in fields:
            values.setdefault(name, []).append(value)
        return self._answer(address, self.client.post(path_of(address), values))

    @staticmethod
    def _answer(address: str, response) -> Answer:
        return Answer(
            response.status_code, dict(response.headers), response.getvalue(), address, tuple(response.cookies)
        )


class Wire:
    """A face that runs as a process. Its cookies are for TLS, which stands in front of it elsewhere."""

    def __init__(self, base: str):
        self.base = base
        self.session = requests.Session()
        self.session.headers.update({**SAME_ORIGIN, "Accept-Language": "da"})
        self.session.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(secure_protocols=("http", "https")))

    def get(self, address: str) -> Answer:
        return self.send("GET", address)

    def post(self, address: str, fields: list[tuple[str, str]]) -> Answer:
        return self.send("POST", address, data=fields)

    def send(self, method: str, address: str, headers: dict[str, str] | None = None, **options) -> Answer:
        address = self.base + path_of(address)
        # Written out: requests keeps the policy for what it takes, and forgets it for what it sends.
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.session.cookies)
        sent = (headers or {}) | ({"Cookie": cookies} if cookies else {})
        response = self.session.request(method, address, headers=sent, allow_redirects=False, timeout=30, **options)
        return Answer(
            response.status_code, dict(response.headers), response.content, address, tuple(response.cookies.keys())
        )


@dataclass
class Reader:
    transport: Transport = field(default_factory=InProcess)
    answer: Answer | None = None
    visited: list[Answer] = field(default_factory=list)

    # What one does

    def open(self, address: str) -> "Reader":
        return self._arrive(self.transport.get(address))

    def follow(self, words: str) -> "Reader":
        """Follow the link whose words are, or contain, these; inside the main part of the page if it stands there."""
        return self.open(urljoin(self.answer.address, self.link(words)["href"]))

    def press(self, button: str = "", **fields) -> "Reader":
        """Fill in ``fields`` by name (True ticks a box) and press ``button``, or the only one on the page."""
        form, pressed = self._form(button)
        values = [
            *filled(form, fields),
            *([(pressed["name"], pressed.get("value", ""))] if pressed.get("name") else []),
        ]
        address = urljoin(self.answer.address, form.get("action") or self.answer.address)
        if form.get("method", "get").lower() == "post":
            return self._arrive(self.transport.post(address, values))
        query = requests.models.RequestEncodingMixin._encode_params(values)
        return self.open(f"{urlsplit(address)._replace(query='', fragment='').geturl()}?{query}")

    # What one sees

    @property
    def status(self) -> int:
        return self.answer.status

    @property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.answer.body, "html.parser")

    @property
    def main(self) -> Tag:
        return self.soup.find("main") or self.soup

    @property
    def text(self) -> str:
        """The words of the main part, as one line."""
        return words_of(self.main)

    @property
    def page(self) -> str:
        """The words of the whole page, as one line."""
        return words_of(self.soup.body or self.soup)

    @property
    def heading(self) -> str:
        return words_of(self.main.find("h1") or self.soup.find("h1"))

    @property
    def language(self) -> str:
        return self.soup.html["lang"]

    @property
    def mistakes(self) -> dict[str, str]:
        """The error summary: name of the field -> what it says. Every link must lead to a field."""
        found = {}
        for link in self.main.select(".summary a"):
            target = self.main.find(id=link["href"].removeprefix("#"))
            assert target is not None, f"{link} leads nowhere"
            found[target.get("name", target.get("id"))] = words_of(link)
        return found

    @property
    def typed(self) -> dict[str, str]:
        """What stands in the fields of the form."""
        return {name: value for name, value in filled(self._form("")[0], {}) if not name.startswith("_")}

    def link(self, words: str) -> Tag:
        for place in (self.main, self.soup):
            links = place.find_all("a", href=True)
            exact = [link for link in links if words_of(link) == words]
            if found := exact or [link for link in links if words in words_of(link)]:
                return found[0]
        raise AssertionError(
            f"No link says {words!r}; there are {[words_of(link) for link in self.main.find_all('a')]}"
        )

    def _form(self, button: str) -> tuple[Tag, Tag]:
        """The form with this button, and the button; without words the one form of the main part."""
        buttons = [
            (form, one)
            for form in self.main.find_all("form")
            for one in form.find_all("button")
            if one.get("type", "submit") == "submit" and button in words_of(one)
        ]
        assert buttons, f"No button says {button!r} on {self.heading!r}: {self.text[:300]}"
        return buttons[0]

    def _arrive(self, answer: Answer) -> "Reader":
        self.visited.append(answer)
        for _ in range(REDIRECTS):
            if answer.status not in (301, 302, 303, 307, 308):
                self.answer = answer
                return self
            answer = self.transport.get(urljoin(answer.address, answer.headers["Location"]))
            self.visited.append(answer)
        raise AssertionError(f"Led in a circle to {answer.address}")


def words_of(tag: Tag | None) -> str:
    return " ".join(tag.get_text(" ", strip=True).split()) if tag else ""


def filled(form: Tag, fields: dict) -> list[tuple[str, str]]:
    """What a browser sends: what stands in the fields, with ``fields`` typed over it."""
    names = {control.get("name") for control in form.find_all(["input", "select", "textarea"])}
    assert set(fields) <= names, (
        f"No such field: {sorted(set(fields) - names)}; there are {sorted(filter(None, names))}"
    )
    sent = [pair for control in form.find_all(["input", "select", "textarea"]) for pair in standing(control, fields)]
    for name, value in fields.items():
        sent += [(name, text) for text in typed_in(form.find_all(attrs={"name": name}), value)]
    return sent


def standing(control: Tag, fields: dict) -> Iterable[tuple[str, str]]:
    """The values a control sends when nobody touches it."""
    name, kind = control.get("name"), control.get("type")
    if not name or name in fields or kind in ("submit", "button"):
        return
    if control.name == "textarea":
        yield name, control.get_text().removeprefix("\n")
    elif control.name == "select":
        chosen = control.find_all("option", selected=True) or control.find_all("option")[:1]
        yield from ((name, option.get("value", words_of(option))) for option in chosen)
    elif kind not in ("checkbox", "radio") or control.has_attr("checked"):
        yield name, control.get("value", "on" if kind in ("checkbox", "radio") else "")


def typed_in(controls: list[Tag], value) -> list[str]:
    """What is sent for ``value``: True is a ticked box, False an empty one."""
    if value is True:
        return [controls[0].get("value", "on")]
    if value is False:
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
