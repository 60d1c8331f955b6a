"""How somebody uses a page: with a mouse or a finger, or by keyboard alone. The same paths are walked by both.

What one goes to is named by its words on the page, a field by its name in the form.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Download, Locator, Page, expect

# What has the focus: its words, its name in the form, and whether one sees it: a ring around it or its label, inside
# the window and not behind something else.
FOCUSED = """async () => {
  await Promise.allSettled(document.getAnimations().map(animation => animation.finished));
  const one = document.activeElement;
  const labels = [...(one.labels ?? [])];
  const part = one.tagName === 'INPUT' && !one.matches(':focus');  // a button the browser has in its field, and rings
  const ringed = part ? one : [one, ...labels].find(element => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  });
  const box = ringed?.getClientRects()[0];
  const top = box && document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 12));
  const said = element => element.textContent.replace(/\\s+/g, ' ').trim();
  return {
    tag: one.tagName, name: one.closest('main') ? one.name ?? '' : '',  // the search has a field in the header
    value: one.value ?? '', type: one.type ?? '',
    words: one.getAttribute('aria-label') ?? (labels.length ? labels.map(said).join(' ') : said(one)),
    ringed: Boolean(ringed), seen: Boolean(top) && (ringed.contains(top) || top.contains(ringed)),
  };
}"""
FAR = 150  # stops of the Tab key: more than any page of the paths has


class Hands:
    """What both have in common; ``page`` is where they are."""

    def __init__(self, page: Page):
        self.page = page

    def open(self, address: str) -> None:
        self.page.goto(address)

    def search(self, text: str) -> None:
        """The search of the workspace, on every one of its pages: "/" and Enter."""
        self.page.keyboard.press("/")
        self.page.keyboard.insert_text(text)
        with self.arriving():
            self.page.keyboard.press("Enter")

    def heading(self, words: str) -> None:
        expect(self.page.locator("h1")).to_have_text(words)

    def shows(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    @contextmanager
    def arriving(self) -> Iterator[None]:
        """What is done inside leads to another page."""
        with self.page.expect_navigation():
            yield

    def fetched(self, download: Download) -> bytes:
        return Path(download.path()).read_bytes()


class Mouse(Hands):
    def follow(self, words: str) -> None:
        with self.arriving():
            self._one("a", words).click()

    def press(self, words: str) -> None:
        with self.arriving():
            self._one("button", words).click()

    def unfold(self, words: str) -> None:
        self._one("summary", words).click()

    def download(self, words: str) -> bytes:
        with self.page.expect_download() as started:
            self._one("a", words).click()
        return self.fetched(started.value)

    def jump(self, words: str) -> None:
        """Follow a link to a place on this page."""
        self._one("a", words).click()

    def write(self, **fields: str) -> None:
        for name, text in fields.items():
            self._field(name).fill(text)

    def choose(self, name: str, words: str) -> None:
        """One of several, or a box to tick, by its label."""
        self._field(name).and_(self.page.get_by_label(words)).check()

    def moment(self, name: str, when: datetime) -> None:
        self._field(name).fill(when.strftime("%Y-%m-%dT%H:%M"))

    def look_up(self, name: str, text: str, button: str) -> None:
        self.write(**{name: text})
        self.press(button)

    def _one(self, tag: str, words: str) -> Locator:
        return self.page.locator(f"{tag}:visible").filter(has_text=re.compile(rf"^\s*{re.escape(words)}\s*$")).first

    def _field(self, name: str) -> Locator:
        return self.page.locator(f"main [name={name}]:not([type=hidden])")


class Keyboard(Hands):
    """Tab, Enter, Space and typing; wherever the Tab key stops, one must see where one is."""

    def follow(self, words: str) -> None:
        self.to(words=words)
        with self.arriving():
            self.page.keyboard.press("Enter")

    press = follow

    def unfold(self, words: str) -> None:
        self.to(words=words)
        self.page.keyboard.press("Space")

    def download(self, words: str) -> bytes:
        self.to(words=words)
        with self.page.expect_download() as started:
            self.page.keyboard.press("Enter")
        return self.fetched(started.value)

    def jump(self, words: str) -> None:
        self.to(words=words)
        self.page.keyboard.press("Enter")

    def write(self, **fields: str) -> None:
        for name, text in fields.items():
            self.to(name=name)
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(text)

    def choose(self, name: str, words: str) -> None:
        """Tab reaches a box, or the group of radio buttons; the arrows walk on from one of these to the next."""
        focused = self.to(name=name, words=None if self._is_group(name) else words)
        for _ in range(FAR):
            if words in focused["words"]:
                return self.page.keyboard.press("Space")
            self.page.keyboard.press("ArrowDown")
            focused = self._look()
        raise AssertionError(f"No choice {words!r} in {name} on {self.page.url}")

    def moment(self, name: str, when: datetime) -> None:
        """The browser's own field, in its own language (``tools/chromium.py``): the day, and on to the time."""
        self.to(name=name)
        self.page.keyboard.type(when.strftime("%m%d%Y"))
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(when.strftime("%I%M%p"))

    def look_up(self, name: str, text: str, button: str) -> None:
        """Enter in the field does what the button beside it does."""
        self.enter(**{name: text})

    def enter(self, **fields: str) -> None:
        """Write, and press Enter in the last field."""
        self.write(**fields)
        with self.arriving():
            self.page.keyboard.press("Enter")

    def to(self, *, words: str | None = None, name: str | None = None) -> dict:
        """Tab until the focus is on what says exactly these words, or on the field of this name."""
        for _ in range(FAR):
            self.page.keyboard.press("Tab")
            focused = self._look()
            if name is not None and focused["name"] == name and (words is None or words in focused["words"]):
                return focused
            if name is None and focused["words"] == words:
                return focused
        raise AssertionError(f"No way by Tab to {name or words!r} on {self.page.url}")

    def _look(self) -> dict:
        focused = self.page.evaluate(FOCUSED)
        if focused["tag"] != "BODY":  # after the last stop, and when a page has just opened
            assert focused["ringed"], f"The focus does not show on {focused}"
            assert focused["seen"], f"The focus is out of sight on {focused}"
        return focused

    def _is_group(self, name: str) -> bool:
        return self.page.locator(f"[name={name}][type=radio]").count() > 0


class Way(NamedTuple):
    """How a path is walked."""

    hands: type[Mouse] | type[Keyboard]
    language: str
    scripts: bool = True
    signs_in: bool = False


def ways(*daily: Way) -> list:
    """Those walked every day, and at night the same in the other language."""
    other = {"da": "en", "en": "da"}
    nightly = [_named(way._replace(language=other[way.language]), pytest.mark.night) for way in daily]
    return [*map(_named, daily), *nightly]


def _named(way: Way, *marks) -> Any:
    name = f"{way.hands.__name__.lower()}-{way.language}{'' if way.scripts else '-without-scripts'}"
    return pytest.param(way, id=name, marks=marks)


VISITORS = ways(Way(Mouse, "da"), Way(Keyboard, "en"), Way(Mouse, "en", scripts=False))
OFFICERS = ways(Way(Mouse, "da", signs_in=True), Way(Keyboard, "en", signs_in=True))
