"""The four screens officers live in, by keyboard alone: every stop in order, in sight and ringed; no surprise."""

import pytest
from playwright.sync_api import expect

from contacts.models import Dialogue, Person
from tests.browser.hands import FAR, FOCUSED
from tools.contact_screens import the_person
from tools.screen import Inside, mine, unfold

pytestmark = [pytest.mark.browser, pytest.mark.once]

# Each place one can stand with the Tab key, in the order of the page; of radio buttons with one name, one.
STOPS = """() => {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')];
  window.stops = all.filter(one => {
    const group = one.type === 'radio'
      ? [...document.getElementsByName(one.name)].filter(other => other.form === one.form) : [];
    const chosen = group.find(other => other.checked);
    return one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true })
      && (!group.length || (chosen ? one === chosen : one === group[0]));
  });
  return window.stops.map(one => `${one.tagName} ${one.name ?? ''} ${one.textContent.trim().slice(0, 30)}`);
}"""
PLACE = "() => window.stops.indexOf(document.activeElement)"

SCREENS = {
    "today": Inside("workspace:today"),
    "person": Inside("workspace:person", the_person),
    "log": Inside("workspace:log"),
    "correction": Inside("workspace:edit_dialogue", mine(Dialogue)),
    "people": Inside("workspace:people"),
    "search": Inside("workspace:search", query="?q=aarhus"),
}
REFUSED = {
    "log": Inside("workspace:log"),
    "person": Inside("workspace:new_person"),
    "promise": Inside("workspace:new_person_followup", the_person),
    "told": Inside("workspace:uninformed", query="?whose=all"),
}


@pytest.fixture
def opened(site, visit, sign_in):
    def opened(screen, **surroundings):
        page = visit(**surroundings)
        sign_in(page, "da")
        page.goto(SCREENS[screen](site.samples, "da"))
        return page

    return opened


def walked(page):
    """Where the Tab key stops, from the start of the page to its end, each looked at."""
    places = []
    for _ in range(2 * FAR):
        page.keyboard.press("Tab")
        place = page.evaluate(PLACE)
        if place < 0:
            return places
        focused = page.evaluate(FOCUSED)
        assert focused["ringed"], f"The focus does not show on {focused}"
        assert focused["seen"], f"The focus is out of sight on {focused}"
        places.append(place)
    raise AssertionError("The Tab key does not come to an end.")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("screen", SCREENS)
def test_the_tab_key_reaches_everything_once_in_the_order_of_the_page(opened, screen, width):
    page = opened(screen, width=width)
    unfold(page)
    stops = page.evaluate(STOPS)

    places = walked(page)

    assert places == sorted(places), "the order of the page"
    assert [stops[place] for place in set(range(len(stops))) - set(places)] == []


@pytest.mark.parametrize("screen", SCREENS)
def test_the_first_stop_skips_to_the_content(opened, screen):
    page = opened(screen)

    page.keyboard.press("Tab")
    expect(page.locator(".skipnav")).to_be_focused()
    expect(page.locator(".skipnav")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("screen", ["today", "person", "people"])
def test_a_slash_goes_to_the_search_but_not_while_something_is_typed(opened, screen):
    page = opened(screen)

    page.keyboard.press("/")
    expect(page.locator("[data-find]")).to_be_focused()
    page.keyboard.type("a/b")

    expect(page.locator("[data-find]")).to_have_value("a/b")


def test_a_slash_in_the_text_of_a_dialogue_is_a_slash(opened):
    page = opened("log")
    page.locator("[name=summary]").press_sequentially("og/eller")

    expect(page.locator("[name=summary]")).to_have_value("og/eller")


@pytest.mark.parametrize("screen", ["today", "person", "people"])
def test_escape_closes_the_menu_and_leads_back_to_its_button(opened, screen):
    page = opened(screen)
    button = page.locator(".me > summary")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".me")).to_have_attribute("open", "")
    page.keyboard.press("Tab")

    page.keyboard.press("Escape")

    expect(page.locator(".me")).not_to_have_attribute("open", "")
    expect(button).to_be_focused()


def test_enter_in_the_text_of_a_dialogue_is_a_new_line(opened):
    page = opened("log")
    before = Dialogue.objects.count()

    page.locator("[name=summary]").focus()
    page.keyboard.type("Første linje")
    page.keyboard.press("Enter")
    page.keyboard.type("anden linje")

    expect(page.locator("[name=summary]")).to_have_value("Første linje\nanden linje")
    assert Dialogue.objects.count() == before


def test_enter_on_a_choice_saves_nothing_that_is_not_whole(opened):
    page = opened("log")
    before = Dialogue.objects.count()

    page.locator("[name=who]").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.locator("main .summary, main [role=alert]").first).to_be_visible()
    assert Dialogue.objects.count() == before


def test_enter_in_a_filter_of_the_list_filters_it(opened, site):
    page = opened("people")
    name = Person.objects.visible_to(site.samples.officer).order_by("name")[0].name

    page.locator("main [name=q]").fill(name)
    with page.expect_navigation():
        page.locator("main [name=q]").press("Enter")

    expect(page.locator("main")).to_contain_text(name)


@pytest.mark.parametrize("screen", REFUSED)
def test_a_refused_form_leads_from_the_list_of_mistakes_to_the_first_field(site, visit, sign_in, screen):
    page = visit(width=320)
    sign_in(page, "da")
    page.goto(REFUSED[screen](site.samples, "da"))
    page.locator("main form[method=post] .button-primary").last.press("Enter")

    mistakes = page.locator("main .summary")
    expect(mistakes).to_be_focused()
    page.keyboard.press("Tab")
    first = mistakes.locator("a").first
    expect(first).to_be_focused()
    page.keyboard.press("Enter")

    field = page.locator(first.get_attribute("href"))
    expect(field).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate(
        "field => field.contains(document.activeElement) || field.compareDocumentPosition("
        "document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING",
        field.element_handle(),
    )
