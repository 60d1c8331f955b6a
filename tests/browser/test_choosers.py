"""Choosing somebody by typing: by keyboard, by mouse, and where no script runs."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from contacts.models import Affiliation, Dialogue
from tests.browser import axe
from tests.contacts.factories import AffiliationFactory, OrganisationFactory, PersonFactory, dialogue

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def officer(site):
    return site.samples.officer


@pytest.fixture
def person(officer):
    person = PersonFactory(owner=officer, name=f"Xerxes Vælger {timezone.now():%f}")
    house = OrganisationFactory(owner=officer, name=f"Vælgerhuset {timezone.now():%f}")
    return AffiliationFactory(person=person, organisation=house, role="formand").person


@pytest.fixture
def desk(visit, sign_in):
    def desk(address, **options):
        page = visit(**options)
        sign_in(page, "da")
        page.goto(address)
        return page

    return desk


def look_for(page, text):
    page.get_by_text("Søg en anden person eller organisation").click()
    field = page.locator("[name=find]")
    field.press_sequentially(text)
    return field


def test_a_person_is_chosen_by_keyboard_and_nothing_is_saved_by_surprise(desk, person):
    page = desk("/workspace/log/")
    field = look_for(page, person.name.lower())
    option = page.get_by_role("option", name=person.name)
    expect(option).to_be_visible()
    assert axe.violations(page) == []

    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    field.press("Enter")

    chosen = page.locator(f"[name=who][value='person:{person.pk}']")
    expect(chosen).to_be_checked()
    expect(chosen).to_be_focused()
    assert not Dialogue.objects.filter(people=person).exists()

    page.locator("[name=summary]").fill("Valgt med tastaturet")
    page.get_by_role("button", name="Gem dialog").click()
    page.wait_for_url(f"**/people/{person.pk}/")
    assert Dialogue.objects.get(people=person).summary == "Valgt med tastaturet"


def test_escape_closes_the_list_and_keeps_what_was_typed(desk, person):
    page = desk("/workspace/log/")
    field = look_for(page, person.name.lower())
    expect(page.get_by_role("listbox")).to_be_visible()

    field.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value(person.name.lower())
    expect(field).to_be_focused()


def test_enter_with_nothing_chosen_searches_as_without_script(desk, person):
    page = desk("/workspace/log/")
    field = look_for(page, person.name.lower())
    expect(page.get_by_role("listbox")).to_be_visible()

    with page.expect_navigation():
        field.press("Enter")

    expect(page.locator(f"[name=who][value='person:{person.pk}']")).to_be_visible()
    assert not Dialogue.objects.filter(people=person).exists()


def test_participants_are_added_with_the_mouse(desk, officer, person):
    talk = dialogue(officer, people=[PersonFactory(owner=officer)], day=timezone.localdate())
    page = desk(f"/workspace/dialogues/{talk.pk}/edit/", width=320)
    look_for(page, person.name.lower())

    page.get_by_role("option", name=person.name).click()
    expect(page.locator(f"[name=participants][value='person:{person.pk}']")).to_be_checked()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Gem dialog").click()
    page.wait_for_url(f"**/dialogues/{talk.pk}/")

    assert person in talk.people.all()
    assert talk.people.count() == 2


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_the_organisation_of_a_role_is_found(desk, officer, person, scripts):
    house = Affiliation.objects.get(person=person).organisation
    other = PersonFactory(owner=officer)
    page = desk(f"/workspace/people/{other.pk}/roles/new/", java_script_enabled=scripts)
    field = page.locator("main [name=q]")

    if scripts:
        field.press_sequentially(house.name.lower())
        page.get_by_role("option", name=house.name).click()
    else:
        field.fill(house.name)
        field.press("Enter")
        page.get_by_role("link", name=house.name).click()

    page.wait_for_url(f"**/roles/new/?organisation={house.pk}")
    expect(page.locator("main")).to_contain_text(house.name)


def test_the_other_end_of_a_relationship_is_chosen_while_typing(desk, officer, person):
    page = desk(f"/workspace/people/{PersonFactory(owner=officer).pk}/")
    page.goto(f"{page.url}relationships/new/")
    page.locator("main [name=q]").press_sequentially(person.name.lower())

    page.get_by_role("option", name=person.name).click()

    page.wait_for_url(f"**/relationships/new/?other=person%3A{person.pk}")
    expect(page.locator("main")).to_contain_text(person.name)


def test_the_umbrella_of_an_organisation_is_written_out_and_not_saved_by_enter(desk, officer, person):
    house = Affiliation.objects.get(person=person).organisation
    page = desk(f"/workspace/organisations/{OrganisationFactory(owner=officer).pk}/edit/")
    field = page.locator("[name=umbrella_name]")
    field.press_sequentially(house.name.lower())
    expect(page.get_by_role("option", name=house.name)).to_be_visible()

    field.press("ArrowDown")
    field.press("Enter")

    expect(field).to_have_value(house.name)
    assert page.url.endswith("/edit/")
