"""Every kind of screen of the public site, and signing in."""

from uuid import uuid4

import pytest
from django.template.loader import render_to_string

from tests.browser.sound import look_at, sound, ways

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.mark.parametrize(("screen", "language", "width"), list(ways(signed_in=False)))
def test_a_screen_is_sound_and_sets_no_cookie(site, windows, screen, language, width):
    with windows(width, language) as page:
        look_at(page, screen, site.samples, language, width)

        if "/account/" not in page.url:
            assert page.context.cookies() == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_a_page_that_says_what_went_wrong_is_sound(site, visit, name, width):
    page = visit(width=width)
    fault = render_to_string(name, {"request_id": uuid4().hex})
    page.route(f"{site.url}/fault", lambda route: route.fulfill(body=fault, content_type="text/html"))
    page.goto("/fault")

    sound(page, "da", width)
