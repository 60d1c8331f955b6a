"""Every kind of screen: accessible, no wider than the window, in one language, without cookies where it is public.

The page itself fails on a violation of its policy, a request to another host and an error in a script.
"""

import pytest

from tests.browser import axe
from tools.screens import LANGUAGES, SCREENS, WIDTHS

pytestmark = [pytest.mark.browser, pytest.mark.once]

# Each screen once a day, in one of two ways; the other ways at night.
DAILY = [("da", 1280), ("en", 320)]
EVERY = [(language, width) for language in LANGUAGES for width in WIDTHS]


def ways():
    """Each screen, in each language and width."""
    for number, screen in enumerate(SCREENS):
        for way in EVERY:
            marks = [] if way == DAILY[number % 2] else [pytest.mark.night]
            yield pytest.param(screen, *way, marks=marks, id=f"{screen.name}-{way[0]}-{way[1]}")


@pytest.mark.parametrize(("screen", "language", "width"), list(ways()))
def test_a_screen_is_sound(site, visit, sign_in, screen, language, width):
    page = visit(width=width, language=language)
    if screen.signed_in:
        sign_in(page, language)
    page.goto(screen.address(site.samples, language))
    if screen.act:
        screen.act(page)

    assert axe.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    if not screen.signed_in and "/account/" not in page.url:
        assert page.context.cookies() == []
