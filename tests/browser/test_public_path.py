"""A worried reader in Chromium: from the front page to guidance, to whom to call, to local help, and out."""

import pytest

from tests.browser.hands import VISITORS, Keyboard, Way

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.mark.parametrize("way", VISITORS)
def test_a_reader_finds_what_to_look_for_whom_to_call_and_where_to_turn(walk, way):
    hands, says = walk(way)

    hands.open(says.front)
    hands.heading(says.worried)
    hands.follow(says.signs)
    hands.heading(says.signs)
    hands.page.go_back()
    for answer in (says.guide, says.family, says.changed, says.soon):
        hands.follow(answer)
    hands.heading(says.call_hotline)
    hands.shows("41 74 90 90")
    hands.follow(says.local_help)
    hands.look_up("q", "Hoje Tastrop", says.find)
    hands.shows(says.did_you_mean)
    hands.follow("Høje-Taastrup")

    hands.heading(says.help_in + "Høje-Taastrup")
    hands.shows("Københavns Vestegns Politi")


@pytest.mark.parametrize("way", VISITORS)
def test_the_way_out_leaves_and_back_does_not_return(site, walk, way):
    hands, says = walk(way)
    hands.open(says.front)
    hands.follow(says.signs)
    read = hands.page.url

    with hands.page.expect_request(lambda request: "localhost" in request.url) as left:
        hands.follow(says.leave)
    hands.page.wait_for_url("http://localhost:*/**")

    assert "referer" not in left.value.all_headers()
    hands.page.go_back()
    assert (hands.page.url == read) is not way.scripts  # a page can take itself out of the history only by script


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_menu_of_a_phone_opens_by_keyboard_and_lists_where_one_can_go(walk, scripts):
    hands, says = walk(Way(Keyboard, "da", scripts), width=320, height=640)
    hands.open(says.front)

    hands.unfold(says.menu)
    if scripts:
        hands.page.keyboard.press("Escape")
        assert hands.page.locator("details.menu").get_attribute("open") is None
        hands.page.keyboard.press("Enter")
    hands.follow(says.guidance)

    hands.heading(says.guidance)


def test_the_skip_link_leads_past_the_header(walk):
    hands, says = walk(Way(Keyboard, "en"))
    hands.open(says.front)

    hands.jump(says.skip)

    assert hands.page.evaluate("document.activeElement.id") == "content"
    hands.page.keyboard.press("Tab")
    assert hands.page.evaluate("document.activeElement.closest('main') !== null")
