"""Addresses from which mail comes back, and those that said no: what a colleague sees, and what follows for a seat."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import Registration
from events.services import coming, planning, reminders
from events.services.reach import put_reach
from outreach.audit.models import Entry
from outreach.mail.models import Mailbox, Suppression
from tests.events.factories import EventFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    officer = OfficerFactory()
    client.force_login(officer)
    return officer


@pytest.fixture
def event(officer):
    return EventFactory(owner=officer)


@pytest.fixture
def guest(event):
    return RegistrationFactory(event=event, confirmed=True, email="Ana@example.org", name="Ana")


def mark(address="ana@example.org", status="5.1.1", reason="bounced"):
    Suppression.objects.create(address=address, reason=reason, status=status, since=timezone.now())


def decline(*groups, address="ana@example.org"):
    Mailbox.objects.create(address=address, unwanted=list(groups), chosen_at=timezone.now())


def page(client, event):
    return client.get(reverse("events_workspace:event", args=[event.pk])).content.decode()


def works(client, registration, event=None):
    event = event or registration.event
    return client.post(reverse("events_workspace:address_works", args=[event.pk, registration.pk]), follow=True)


def test_an_officer_reads_that_mail_comes_back_and_why(client, event, guest):
    assert "Mails kommer retur" not in page(client, event)

    mark()

    assert "Mails kommer retur" in page(client, event)
    assert "Adressen findes ikke." in page(client, event)


def test_an_officer_reads_what_an_address_does_not_want(client, event, guest):
    decline("events.reminders", "no.such.group")

    assert "Vil ikke have: påmindelser" in page(client, event)


def test_lifting_the_mark_lets_mail_through_again_and_stands_in_the_trail(client, work, officer, event, guest):
    mark()

    first = works(client, guest).content.decode()
    work()

    assert "går der mails til Ana@example.org igen" in first
    assert not Suppression.objects.exists()
    entry = Entry.objects.filter(object_id=guest.pk, verb="change").get()
    assert (entry.actor_id, entry.reason) == (officer.pk, "mail to the address works again")
    assert "Mails kommer retur" not in page(client, event)


def test_an_officer_lifts_no_mark_that_the_owner_of_the_address_made(client, work, event, guest):
    mark(reason="unwanted")

    assert "Adressen virker igen" not in page(client, event)
    works(client, guest)
    work()

    assert Suppression.objects.get().reason == "unwanted"


def test_a_registration_of_another_event_and_one_without_an_address_are_not_there(client, event, guest):
    elsewhere = RegistrationFactory(confirmed=True, email="bo@example.org")
    phoned = RegistrationFactory(event=event, confirmed=True, email="")

    assert works(client, elsewhere).status_code == 404
    assert works(client, elsewhere, event).status_code == 404
    assert works(client, phoned).status_code == 404


def test_a_reminder_counts_only_those_who_get_it_and_says_how_many_do_not(client, event, guest):
    RegistrationFactory(event=event, confirmed=True, email="bo@example.org", language="en")
    RegistrationFactory(event=event, confirmed=True, email="eva@example.org")
    mark()
    decline("events.reminders", address="eva@example.org")
    decline("events.invitations", address="bo@example.org")

    response = client.get(reverse("events_workspace:reminders", args=[event.pk]))

    assert response.context["mails"] == {"en": 1}
    assert "2 flere har en plads og får ingen" in response.content.decode()
    assert reminders.recipients(event).count() == 3


def test_the_mails_a_change_sends_are_counted_without_those_that_come_back(event, guest):
    assert planning.mails_to_send(event) == 1
    mark()
    assert planning.mails_to_send(event) == 0


def test_who_is_not_reached_is_named_for_the_phone_where_a_change_is_told(client, event, guest):
    mark()

    assert list(Registration.objects.unreachable()) == [guest]
    asked = client.get(reverse("events_workspace:cancel", args=[event.pk])).content.decode()
    assert "Ana" in asked


def test_a_seat_held_for_an_address_that_gives_mail_back_is_one_to_phone_about(client, event):
    RegistrationFactory(event=event, offered=True, email="ana@example.org", name="Ana")
    assert "Ring til Ana" not in page(client, event)

    mark()

    assert "Ring til Ana" in page(client, event)
    assert "Ring til Ana" in client.get(reverse("events_workspace:list")).content.decode()


def test_nobody_loses_a_seat_to_a_question_that_came_back(event, guest, started):
    asked = timezone.now() - timedelta(days=30)
    Registration.objects.update(asked_at=asked)
    assert list(Registration.objects.silent(event, asked_by=timezone.now())) == [guest]

    mark()

    assert not Registration.objects.silent(event, asked_by=timezone.now()).exists()
    Registration.objects.update(asked_at=None)
    assert coming.ask_where_it_is_time(timezone.now()) in (0, None)
    assert started == []


def test_what_is_known_of_addresses_takes_two_questions_however_many(event, django_assert_num_queries):
    for number in range(5):
        RegistrationFactory(event=event, confirmed=True)
        mark(f"x{number}@example.org")
    rows = list(Registration.objects.of(event))

    with django_assert_num_queries(2):
        put_reach(rows)

    assert not any(row.reach.comes_back for row in rows)


def test_an_address_that_wants_no_invitations_is_not_put_on_the_list_to_invite(client, event):
    decline("events.invitations")
    decline("events.reminders", address="bo@example.org")
    written = {"addresses": "ana@example.org\nbo@example.org", "language": "da"}

    page = client.post(reverse("events_workspace:invite", args=[event.pk]), written, follow=True).content.decode()

    assert [invited.email for invited in event.invitations.all()] == ["bo@example.org"]
    assert "ana@example.org" in page
