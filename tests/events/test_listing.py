"""The officer's side of the list participants see of each other."""

import pytest

from events.models import Event
from outreach.audit.models import Entry
from tests.events.factories import EventFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    officer = OfficerFactory()
    client.force_login(officer)
    return officer


def page_of(event):
    return f"/workspace/events/{event.pk}/participants/"


def test_an_officer_sees_the_list_as_participants_will_and_that_is_recorded(client, officer):
    event = EventFactory(owner=officer)
    row = RegistrationFactory(event=event, confirmed=True, name="Fie Fuld", organisation="Æble", shown="full")
    RegistrationFactory(event=event, confirmed=True, name="Hans Gemt")

    page = client.get(page_of(event)).content.decode()

    assert "Fie Fuld, Æble" in page
    assert "Hans Gemt" not in page
    assert str(row.pk) in str(Entry.objects.order_by("-pk").values().first())


def test_the_list_is_shown_from_the_day_that_was_set_and_hidden_at_once(client, officer):
    event = EventFactory(owner=officer)
    assert event.list_from is None

    assert client.post(page_of(event), {"list_days_before": "3"}).status_code == 302
    event.refresh_from_db()
    assert event.list_days_before == 3

    assert client.post(page_of(event), {"hide": "1"}).status_code == 302
    event.refresh_from_db()
    assert event.list_days_before is None


@pytest.mark.parametrize("days", ["-1", "61", "99999999999", "x"])
def test_a_day_that_is_none_is_told_at_the_field(client, officer, days):
    event = EventFactory(owner=officer, list_days_before=2)

    assert client.post(page_of(event), {"list_days_before": days}).status_code == 422
    event.refresh_from_db()
    assert event.list_days_before == 2


def test_a_cancelled_event_keeps_what_it_was(client, officer):
    event = EventFactory(owner=officer, cancelled=True, list_days_before=2)

    assert client.post(page_of(event), {"list_days_before": "5"}).status_code == 200
    assert Event.objects.get().list_days_before == 2


def test_nobody_is_told_of_a_change_to_the_list(client, officer, started):
    event = EventFactory(owner=officer, registered=1)

    client.post(page_of(event), {"list_days_before": "3"})

    assert started == []
