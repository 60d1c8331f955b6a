"""What cannot be recorded is not shown."""

import pytest
from django.db import DatabaseError
from django.urls import reverse

from outreach.audit import trail
from tests.contacts.factories import OfficerFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["workspace:person", "workspace:people"])
def test_a_page_whose_reading_cannot_be_written_is_an_error_and_tells_nothing(client, monkeypatch, page):
    officer = OfficerFactory()
    person = PersonFactory(owner=officer, name="Amina Rahbek")
    client.force_login(officer)
    client.raise_request_exception = False
    address = reverse(page, args=[person.pk] if page == "workspace:person" else [])
    assert "Amina Rahbek" in client.get(address).text

    def broken(entries):
        raise DatabaseError

    monkeypatch.setattr(trail, "_write", broken)
    response = client.get(address)

    assert response.status_code == 500
    assert "Amina" not in response.text
