"""What every kind of screen must be: accessible, no wider than the window, in one language.

The page itself fails on a violation of its policy, a request to another host and an error in a script.
"""

import pytest

from tests.browser import axe
from tools.screens import LANGUAGES, SCREENS, WIDTHS

# Each screen once a day, in one of two ways; the other ways at night.
DAILY = [("da", 1280), ("en", 320)]
EVERY = [(language, width) for language in LANGUAGES for width in WIDTHS]


def ways(*, signed_in: bool):
    """The screens of the workspace or those of the public site, each in each language and width."""
    for number, screen in enumerate(screen for screen in SCREENS if screen.signed_in == signed_in):
        for way in EVERY:
            marks = [] if way == DAILY[number % 2] else [pytest.mark.night]
            yield pytest.param(screen, *way, marks=marks, id=f"{screen.name}-{way[0]}-{way[1]}")


def look_at(page, screen, samples, language, width):
    """Open the screen, do what brings it about, and look."""
    page.goto(screen.address(samples, language))
    if screen.act:
        screen.act(page)

    sound(page, language, width)


def sound(page, language, width):
    assert axe.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
