"""The frame around every page of both faces."""

import datetime as dt
from types import SimpleNamespace as Thing
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import path
from django.utils import translation

from outreach.accounts.models import Team, User
from outreach.design import menu
from outreach.design.context import demonstration_loaded
from outreach.design.models import Demonstration
from outreach.languages import Translation

pytestmark = pytest.mark.django_db
CPH = ZoneInfo("Europe/Copenhagen")
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=CPH)
OPEN = Thing(open=True, until=dt.datetime(2026, 11, 23, 22, tzinfo=CPH), opens=None, opens_on="")
SHUT = Thing(open=False, until=None, opens=dt.datetime(2026, 11, 24, 8, tzinfo=CPH), opens_on="")


@pytest.fixture
def menus(monkeypatch):
    """Empty menus for the test to fill."""
    monkeypatch.setattr(menu, "_public", [])
    monkeypatch.setattr(menu, "_workspace", [])


def page(template="public.html", address="/", user=None, **context):
    request = RequestFactory().get(address)
    if user:
        request.user = user
    return BeautifulSoup(render_to_string(template, context, request=request), "html.parser")


def hotline(state):
    return {"hotline": Thing(number="41 74 90 90", state=state)}


def words(element):
    return " ".join(element.get_text(" ").split())


def test_every_public_page_names_the_three_numbers_in_the_order_of_urgency():
    numbers = [link["href"] for link in page().select(".help a")]

    assert numbers == ["tel:112", "tel:114", "tel:+4541749090"]
    assert [link["href"] for link in page().select("footer dt a")] == numbers


@pytest.mark.parametrize(
    ("language", "state", "said"),
    [
        ("da", OPEN, "Åben nu · til kl. 22"),
        ("da", SHUT, "Lukket · åbner kl. 08"),
        ("en", OPEN, "Open now · until 22:00"),
        ("en", SHUT, "Closed · opens at 08:00"),
    ],
)
def test_the_strip_says_whether_the_hotline_answers_now(language, state, said):
    with translation.override(language):
        strip = page(help_channels=hotline(state)).select_one(".help")

    assert said in words(strip)
    assert bool(strip.select(".shut")) == (not state.open)


def test_a_demonstration_says_so_on_both_faces_and_nothing_else_does():
    assert not page().select(".demo")

    Demonstration.objects.create()

    for template in ("public.html", "workspace.html"):
        assert words(page(template).select_one(".demo")) == "Demonstration. Ikke en myndigheds hjemmeside."


def test_the_way_out_is_a_real_link_that_says_nothing_of_this_site(settings):
    settings.LEAVE_URL = "https://elsewhere.example/"

    leave = page().select_one("a.leave")

    assert leave["href"] == "https://elsewhere.example/"
    assert "noreferrer" in leave["rel"]


def test_the_menu_of_a_phone_stands_at_the_other_end_from_the_way_out(menus):
    menu.register_public(menu.PublicNavItem(1, "Vejledning", lambda request: "/vejledning/", "guidance"))

    parts = [element["class"][0] for element in page().select_one(".top").find_all(True, recursive=False)]

    assert parts == ["menu", "brand", "find", "leave"]  # on a phone the search box opens with the menu


def test_the_navigation_marks_where_one_is_and_leaves_out_what_is_not_there(menus):
    menu.register_public(menu.PublicNavItem(2, "Arrangementer", lambda request: "/arrangementer/", "events"))
    menu.register_public(menu.PublicNavItem(1, "Vejledning", lambda request: "/vejledning/", "guidance"))
    menu.register_public(menu.PublicNavItem(3, "Findes ikke", lambda request: menu.reverse("no:where"), "none"))

    links = page(nav_current="events").select(".site-nav a")

    assert [(words(link), link.get("aria-current")) for link in links] == [
        ("Vejledning", None),
        ("Arrangementer", "true"),
    ]


def test_the_language_switch_leads_to_the_same_page_and_names_its_language():
    switch = page(translations=[Translation("en", "/en/guidance/", is_same=True)]).select_one(".top .lang a")

    assert (words(switch), switch["href"], switch["lang"], switch["hreflang"]) == (
        "English",
        "/en/guidance/",
        "en",
        "en",
    )
    assert not page().select(".lang")


def test_the_workspace_shows_a_user_the_tabs_of_the_role_with_what_waits(menus, settings):
    settings.ROOT_URLCONF = __name__
    for name in ("Nord", "Syd"):
        Team.objects.create(name=name)
    rows = [Team.objects.all(), Team.objects.exclude(name="Syd")]
    menu.register(menu.MenuItem(2, "Forslag", "proposals", "send", waiting=lambda request: rows))
    menu.register(menu.MenuItem(1, "I dag", "today", "home"))
    menu.register(menu.MenuItem(3, "Spor", "today", "visibility", roles=frozenset({"auditor"})))
    officer = User.objects.create_user("mette@center.example", name="Mette Lund", role="officer")

    tabs = page("workspace.html", "/workspace/", officer, nav_current="today").select(".ws-nav a")

    assert [words(tab) for tab in tabs] == ["I dag", "Forslag 3 venter"]
    assert tabs[0]["aria-current"] == "true"


@pytest.mark.parametrize(("count", "shown"), [(4, "4"), (99, "99"), (100, "99+")])
def test_a_tab_does_not_claim_to_have_counted_further_than_it_did(count, shown):
    assert menu.Entry("key", "Forslag", "/forslag/", count=count).waiting == shown


def test_bar_and_thumb_lead_nowhere_that_the_role_does_not_open(menus, settings):
    settings.ROOT_URLCONF = __name__
    officers, places = frozenset({"officer"}), frozenset({"tabbar", "search"})
    menu.register(menu.MenuItem(1, "Søg", "today", "search", roles=officers, places=places))

    def frame(role):
        user = Thing(is_authenticated=True, role=role, name="Mette Lund", initials="ML")
        found = page("workspace.html", "/workspace/", user)
        return len(found.select(".tabbar a")), [form["action"] for form in found.select("form.find")]

    assert frame("officer") == (1, ["/today/"])
    assert frame("auditor") == (0, [])


def test_the_workspace_repeats_the_boundary_on_every_page():
    footer = words(page("workspace.html", "/workspace/").select_one(".ws-foot"))

    assert "relationer" in footer
    assert {"112", "114"} <= set(footer.replace(",", " ").replace(".", " ").split())


def test_a_page_that_is_not_there_keeps_the_frame_of_its_face():
    assert page("404.html", "/ukendt/", frame="public.html").select(".site-header")
    assert page("404.html", "/workspace/ukendt/", frame="workspace.html").select(".ws-bar")


@pytest.mark.parametrize("template", ["403.html", "403_csrf.html", "404.html"])
def test_a_refusal_says_what_happened_and_leads_on(template):
    refusal = page(template, frame="public.html").main

    assert words(refusal.h1)
    assert refusal.a["href"] == "/"


@pytest.mark.parametrize(
    ("template", "danish", "english"),
    [
        ("400.html", "Vi kunne ikke læse det, du sendte", "We could not read what you sent"),
        ("500.html", "Noget gik galt hos os", "Something went wrong on our side"),
    ],
)
def test_an_error_page_needs_no_context_and_speaks_both_languages(template, danish, english):
    error = BeautifulSoup(render_to_string(template), "html.parser")

    assert words(error.h1) == danish
    assert words(error.select_one("[lang=en] h2")) == english
    assert {"tel:112", "tel:+4541749090"} <= {link["href"] for link in error.select("a")}


@pytest.mark.parametrize("template", ["public.html", "workspace.html", "404.html", "400.html", "500.html"])
def test_no_page_carries_script_or_style_of_its_own_or_a_file_from_elsewhere(template):
    frame = page(template, demonstration=True, translations=[Translation("en", "/en/", is_same=True)])

    assert not frame.select("style, [style], script:not([src]), [onclick]")
    files = [tag.get("src") or tag.get("href") for tag in frame.select("script, link, img")]
    assert files and all(name.startswith("/static/") for name in files)


urlpatterns = [
    path("today/", lambda request: None, name="today"),
    path("proposals/", lambda request: None, name="proposals"),
]


def test_where_a_process_remembers_the_demonstration_is_asked_for_once_a_minute(settings, time_machine):
    settings.CACHES = settings.CACHES | {
        "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "one", "TIMEOUT": 60}
    }
    time_machine.move_to(NOON, tick=False)
    assert not demonstration_loaded()
    Demonstration.objects.create()

    time_machine.move_to(NOON + dt.timedelta(seconds=59), tick=False)
    assert not demonstration_loaded()
    time_machine.move_to(NOON + dt.timedelta(seconds=61), tick=False)

    assert demonstration_loaded()
