"""What was said at an event: logged from its day, with the people who were there to choose from."""

import pytest
from django.urls import reverse

from contacts.models import RegistrationLink
from outreach.accounts.models import Role
from tests.contacts.factories import NOW, TODAY, EventFactory, OfficerFactory, PersonFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(officer):
    times = {"starts_at": NOW.replace(hour=6), "ends_at": NOW.replace(hour=7)}
    return EventFactory(title="Breakfast meeting", owner=officer, **times)


@pytest.fixture
def guest(officer, event):
    person = PersonFactory(name="Amina Rahbek")
    registration = RegistrationFactory(event=event)
    RegistrationLink.objects.create(registration=registration, person=person, linked_by=officer)
    return person


def page(desk, event):
    return desk.get(reverse("workspace:log"), {"event": event.pk})


def test_the_form_offers_who_was_at_the_event_and_chooses_it(desk, event, guest):
    form = page(desk, event).context["form"]

    assert f"person:{guest.pk}" in form.options
    assert (str(form["event"].value()), form["kind"].value()) == (str(event.pk), "event")


def test_the_dialogue_belongs_to_the_event(desk, event, guest):
    typed = {"who": f"person:{guest.pk}", "kind": "event", "summary": "A line.", "note_readers": "me"}
    desk.post(reverse("workspace:log"), typed | {"date": TODAY, "event": event.pk})

    talk = guest.dialogues.get()
    assert talk.event == event
    assert "Breakfast meeting" in desk.get(reverse("workspace:dialogue", args=[talk.pk])).content.decode()


def test_todays_events_lead_to_the_form(desk, event):
    assert f"?event={event.pk}" in desk.get(reverse("workspace:today")).content.decode()


def leads_to_the_form(client, event):
    address = reverse("events_workspace:event", args=[event.pk])
    return f'href="{reverse("workspace:log")}?event={event.pk}">Log a dialogue' in client.get(address).content.decode()


def test_the_page_of_an_event_leads_to_the_form_once_it_has_begun(desk, officer, event):
    assert leads_to_the_form(desk, event)
    assert not leads_to_the_form(desk, EventFactory(owner=officer))
    assert not leads_to_the_form(desk, EventFactory(owner=officer, starts_at=event.starts_at, status="cancelled"))


def test_the_page_leads_nobody_to_a_form_their_role_does_not_open(client, monday):
    administrator = OfficerFactory(role=Role.ADMINISTRATOR)
    client.force_login(administrator)

    assert not leads_to_the_form(client, EventFactory(owner=administrator, starts_at=NOW))


def test_an_event_one_may_not_know_of_is_no_choice(client, stranger, event, guest, monday):
    event.visibility = "invitation"
    event.save()
    client.force_login(stranger)

    assert "Breakfast" not in page(client, event).content.decode()
    response = client.post(reverse("workspace:log"), {"event": event.pk})
    assert "Choose among the events." in response.content.decode()


def test_a_hidden_guest_is_not_offered(client, stranger, officer, event, guest, monday):
    guest.restricted, guest.owner = True, officer
    guest.save()
    client.force_login(stranger)

    assert "Amina" not in page(client, event).content.decode()


def test_an_event_that_is_still_to_come_is_refused_at_its_field(desk, officer):
    event = EventFactory(owner=officer)

    response = desk.post(reverse("workspace:log"), {"event": event.pk})

    assert "The event has not been held yet." in response.content.decode()


@pytest.mark.parametrize("value", ["x", "%00", "1" * 400])
def test_a_mangled_event_chooses_none(desk, value):
    assert desk.get(reverse("workspace:log") + f"?event={value}").status_code == 200
