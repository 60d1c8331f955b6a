"""The data-protection officer begins with what is kept, for whom and how long; and nobody stands there."""

import pytest
from django.urls import reverse
from django.utils import translation

from outreach.accounts.models import Role
from outreach.privacy.inventory import INVENTORY
from outreach.privacy.registers import parts
from outreach.privacy.retention import RULES
from tests.contacts.factories import OfficerFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def dpo(client):
    client.force_login(OfficerFactory(role=Role.DATA_PROTECTION_OFFICER, language="en"))
    return client


def test_every_register_stands_in_one_part():
    rows = [row for part in parts() for row in part.rows]

    assert len(rows) == len(INVENTORY)
    assert all(part.rows for part in parts())


def test_signing_in_leads_the_officer_to_the_registers_and_the_menu_names_them(dpo):
    page = dpo.get(reverse("account_start"), follow=True)

    assert page.redirect_chain == [(reverse("registers:list"), 302)]
    assert f'href="{reverse("registers:list")}"' in page.text


def test_periods_are_told_as_they_are_set_here(dpo, settings):
    settings.RETENTION_DAYS = {"events.names": 4321}

    text = dpo.get(reverse("registers:list")).text

    assert "4321" in text.replace(",", "")
    assert all(name in text for name in RULES)


def test_the_page_names_nobody(dpo):
    person = PersonFactory(name="Kanariqa Zyx")

    assert person.name not in dpo.get(reverse("registers:list")).text


@pytest.mark.once
def test_no_part_falls_apart_in_another_language():
    with translation.override("da"):
        danish = [len(part.rows) for part in parts()]

    assert danish == [len(part.rows) for part in parts()]
