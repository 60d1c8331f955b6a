"""Every kind of screen of the public site, and signing in."""

import pytest

from tests.browser.sound import look_at, ways

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.mark.parametrize(("screen", "language", "width"), list(ways(signed_in=False)))
def test_a_screen_is_sound_and_sets_no_cookie(site, visit, screen, language, width):
    page = visit(width=width, language=language)

    look_at(page, screen, site.samples, language, width)

    if "/account/" not in page.url:
        assert page.context.cookies() == []
