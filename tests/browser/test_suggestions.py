"""The search box suggests while one types: by keyboard, by mouse, and not at all where no script runs."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import axe
from tests.contacts.factories import PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def person(site):
    return PersonFactory(owner=site.samples.officer, name=f"Zenobia Søgelund {timezone.now():%f}")


@pytest.fixture
def desk(visit, sign_in):
    def desk(**options):
        page = visit(**options)
        sign_in(page, "da")
        page.goto("/workspace/people/")
        return page

    return desk


def typed(page, text):
    page.keyboard.press("/")
    page.keyboard.type(text)
    return page.locator("[data-find]")


def test_a_suggestion_is_opened_by_keyboard(desk, person):
    page = desk()
    field = typed(page, "zenobja")
    option = page.get_by_role("option", name=person.name)
    expect(option).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    assert axe.violations(page) == []

    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    field.press("Enter")

    expect(page.locator("h1")).to_contain_text(person.name)


def test_escape_closes_the_suggestions_and_enter_searches_everything(desk, person):
    page = desk()
    field = typed(page, "zenobia")
    expect(page.get_by_role("option", name=person.name)).to_be_visible()

    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("zenobia")
    field.press("Enter")

    expect(page.get_by_role("link", name=person.name, exact=True)).to_be_visible()


def test_a_suggestion_is_opened_by_mouse(desk, person):
    page = desk()
    typed(page, "søgelund")

    page.get_by_role("option", name=person.name).click()

    expect(page.locator("h1")).to_contain_text(person.name)


def test_without_script_the_box_is_a_form(desk, person):
    page = desk(java_script_enabled=False)
    field = page.locator("[data-find]")
    field.fill("zenobia")

    field.press("Enter")

    expect(page.get_by_role("link", name=person.name, exact=True)).to_be_visible()
