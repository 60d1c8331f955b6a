"""What an officer types is kept, whatever becomes of the tab, the network and the sign-in."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from contacts.demonstration.accounts import PASSWORD
from contacts.models import Dialogue, Draft
from outreach.accounts.ending import end_sessions_of
from tests.contacts.factories import PersonFactory, dialogue

pytestmark = [pytest.mark.browser, pytest.mark.once]

STORED = "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]"
SAVED = "Kladde gemt kl."


@pytest.fixture
def officer(site):
    Draft.objects.filter(user=site.samples.officer).delete()
    return site.samples.officer


@pytest.fixture
def person(officer):
    return PersonFactory(owner=officer, name=f"Zenia Kladde {timezone.now():%f}")


@pytest.fixture
def desk(visit, sign_in, person):
    """``desk()`` opens the log form about that person in a tab of its own."""

    def desk(page=None, **options):
        if page is None:
            page = visit(**options)
            sign_in(page, "da")
        page.goto(f"/workspace/log/?person={person.pk}")
        return page

    return desk


def write(page, text):
    page.locator("[name=summary]").press_sequentially(text)


def state(page):
    return page.locator("[data-draft-state]")


def texts(officer):
    return sorted(draft.typed["summary"] for draft in Draft.objects.filter(user=officer))


def nothing_in_the_browser(page):
    assert page.evaluate(STORED) == [0, 0, 0]


def end_sessions(officer):
    end_sessions_of(officer, actor=None, reason="test")


def test_what_is_typed_is_there_after_the_tab_was_closed_without_saving(desk, officer, person):
    page = desk()
    write(page, "Vi talte om lokaler")
    expect(state(page)).to_contain_text(SAVED)
    write(page, " og unge")
    nothing_in_the_browser(page)
    browser = page.context
    page.close()

    page = desk(browser.new_page())
    expect(page.locator(".begun")).to_contain_text(person.name)
    page.get_by_role("link", name="Skriv videre").click()

    expect(page.locator("[name=summary]")).to_have_value("Vi talte om lokaler og unge")
    expect(page.locator(f"[name=who][value='person:{person.pk}']")).to_be_checked()


def test_two_tabs_keep_a_draft_each_and_saving_one_leaves_the_other(desk, officer, person):
    first = desk()
    second = desk(first.context.new_page())
    write(first, "I den første")
    write(second, "I den anden")
    expect(state(first)).to_contain_text(SAVED)
    expect(state(second)).to_contain_text(SAVED)
    assert texts(officer) == ["I den anden", "I den første"]

    second.get_by_role("button", name="Gem dialog").click()
    second.wait_for_url("**/people/**")

    assert texts(officer) == ["I den første"]
    assert Dialogue.objects.get(people=person).summary == "I den anden"


def test_text_typed_after_the_sign_in_ran_out_is_saved_after_signing_in_in_another_tab(desk, officer, person):
    page = desk()
    end_sessions(officer)
    write(page, "Skrevet uden at være logget ind")

    out = page.locator("[data-draft-out]")
    expect(out).to_contain_text("Du er logget ud. Din tekst er her stadig.")
    assert texts(officer) == []
    with page.context.expect_page() as opened:
        out.get_by_role("link").click()
    other = opened.value
    other.locator("[name=login]").fill(officer.email)
    other.locator("[name=password]").fill(PASSWORD)
    other.get_by_role("button", name="Log ind", exact=True).click()
    expect(other.locator("h1")).to_have_text("Du er logget ind")
    other.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")

    expect(page.locator("[data-draft-trouble]")).to_have_text("Du er logget ind igen. Din tekst er gemt.")
    expect(out).to_be_hidden()
    assert texts(officer) == ["Skrevet uden at være logget ind"]
    nothing_in_the_browser(page)

    page.get_by_role("button", name="Gem dialog").click()
    page.wait_for_url("**/people/**")
    assert Dialogue.objects.get(people=person).summary == "Skrevet uden at være logget ind"
    assert texts(officer) == []


def test_saving_after_the_sign_in_ran_out_stays_on_the_page_with_the_text(desk, officer, person):
    page = desk()
    end_sessions(officer)
    page.locator("[name=summary]").fill("Gemt i sidste øjeblik")

    page.get_by_role("button", name="Gem dialog").click()

    expect(page.locator("[data-draft-out]")).to_be_visible()
    expect(page.locator("[name=summary]")).to_have_value("Gemt i sidste øjeblik")
    assert not Dialogue.objects.filter(people=person).exists()


def test_text_is_not_kept_in_the_name_of_a_colleague_who_signs_in_on_the_same_machine(desk, officer, sign_in, site):
    page = desk()
    colleague = type(officer).objects.exclude(pk=officer.pk).filter(role="officer", is_active=True)[0]
    sign_in(page, "da", colleague)
    write(page, "Mettes ord")

    expect(page.locator("[data-draft-trouble]")).to_contain_text("En anden er logget ind i mellemtiden")
    page.get_by_role("button", name="Gem dialog").click()
    expect(page.locator("[name=summary]")).to_have_value("Mettes ord")
    assert texts(officer) == texts(colleague) == []


def test_without_a_connection_the_page_says_so_and_saves_when_it_is_back(desk, officer):
    page = desk()
    page.context.set_offline(True)
    write(page, "I kælderen")
    expect(page.locator("[data-draft-trouble]")).to_have_text("Ikke gemt: ingen forbindelse. Vi prøver igen.")

    page.context.set_offline(False)

    expect(state(page)).to_contain_text(SAVED)
    expect(page.locator("[data-draft-trouble]")).to_have_text("")
    assert texts(officer) == ["I kælderen"]


def test_a_civil_registration_number_stays_in_the_tab_and_goes_nowhere(desk, officer):
    page = desk()
    write(page, "Han hedder 010190-1234")

    expect(page.locator("[data-draft-trouble]")).to_contain_text("CPR")
    expect(page.locator("[name=summary]")).to_have_value("Han hedder 010190-1234")
    assert texts(officer) == []

    page.locator("[name=summary]").fill("Uden nummer")
    expect(state(page)).to_contain_text(SAVED)


def test_a_correction_is_kept_and_gone_on_with(desk, officer, person):
    talk = dialogue(officer, people=[person], day=timezone.localdate())
    page = desk()
    page.goto(f"/workspace/dialogues/{talk.pk}/edit/")
    page.locator("[name=summary]").fill("Rettet")
    expect(state(page)).to_contain_text(SAVED)

    page.goto(f"/workspace/dialogues/{talk.pk}/edit/")
    page.get_by_role("link", name="Skriv videre").click()
    expect(page.locator("[name=summary]")).to_have_value("Rettet")
    page.locator("[name=place]").evaluate("one => { one.closest('details').open = true; }")
    page.locator("[name=place]").fill("Aarhus")
    expect(state(page)).to_contain_text(SAVED)
    assert Draft.objects.get(user=officer).typed["place"] == "Aarhus"

    page.get_by_role("button", name="Gem dialog").click()
    page.wait_for_url(f"**/dialogues/{talk.pk}/")
    assert not Draft.objects.filter(user=officer).exists()


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_form_sent_after_the_sign_in_ran_out_is_shown_and_sent_again(desk, sign_in, officer, person, scripts):
    page = desk(java_script_enabled=scripts)
    if scripts:  # as if it had been sent before the script was there
        page.route("**/js/draft.js", lambda route: route.abort())
        page.reload()
    page.locator("[name=summary]").fill("En linje,\ndelt i to")
    end_sessions(officer)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Gem dialog").click()

    expect(page.locator("h1")).to_have_text("Du er logget ud. Din tekst er her stadig.")
    expect(page.locator("main")).to_contain_text("delt i to")
    sign_in(page, "da")
    page.get_by_role("button", name="Send igen").click()

    page.wait_for_url("**/people/**")
    assert Dialogue.objects.get(people=person).summary.splitlines() == ["En linje,", "delt i to"]


def test_a_promise_is_kept_while_it_is_typed(desk, officer, person):
    page = desk()
    page.goto(f"/workspace/people/{person.pk}/follow-ups/new/")
    page.locator("[name=title]").press_sequentially("Sende dagsordenen")
    expect(state(page)).to_contain_text(SAVED)

    page.get_by_role("button", name="Gem").click()
    page.wait_for_url(f"**/people/{person.pk}/")

    assert person.follow_ups.get().title == "Sende dagsordenen"
    assert not Draft.objects.filter(user=officer).exists()
