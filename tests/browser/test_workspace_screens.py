"""Every kind of screen of the workspace."""

import pytest

from tests.browser.sound import look_at, ways

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.mark.parametrize(("screen", "language", "width"), list(ways(signed_in=True)))
def test_a_screen_is_sound(site, windows, sign_in, screen, language, width):
    with windows(width, language) as page:
        sign_in(page, language)

        look_at(page, screen, site.samples, language, width)
