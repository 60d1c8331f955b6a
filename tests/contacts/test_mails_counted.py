"""Buttons that mail count those alone whom a mail would go to: who wants no e-mail is told by phone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.models import Channel, RegistrationLink
from contacts.services.channels import refuse
from events import tasks
from events.models import Registration
from events.services import coming, planning, reminders
from outreach.mail.models import OutboxMessage
from tests.contacts.factories import PersonFactory
from tests.events.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(officer):
    starts_at = timezone.now() + timedelta(days=4)
    return EventFactory(owner=officer, starts_at=starts_at, asks_days_before=5, releases_days_before=2)


@pytest.fixture
def seat(event, officer):
    """A seat that an officer took for somebody who wants no e-mail from us."""
    person = PersonFactory(owner=officer)
    refuse(person, Channel.EMAIL, since=timezone.localdate(), why="Sagde det i telefonen", actor=officer)
    long_ago = timezone.now() - timedelta(days=9)
    facts = {"confirmed": True, "created_at": long_ago, "registered_by": officer}
    seat = RegistrationFactory(event=event, name="Ana Ærø", email="ana@example.org", **facts)
    RegistrationLink.objects.create(registration=seat, person=person, linked_by=officer)
    RegistrationFactory(event=event, confirmed=True, email="bo@example.org", created_at=long_ago)
    return seat


def test_a_change_and_a_reminder_count_the_mails_that_go(event, seat):
    assert planning.mails_by_language(event, "changed") == {"da": 1}
    assert [row.email for row in reminders.getting(event)] == ["bo@example.org"]


def test_a_button_about_them_says_that_it_mails_nobody(desk, event, seat):
    page = desk.get(reverse("events_workspace:cancel_registration", args=[event.pk, seat.pk])).content.decode()

    assert "No mail is sent: mail to them comes back, or they want none. Tell them yourself." in page
    assert "ana@example.org" not in page


def test_they_keep_the_seat_they_were_never_asked_about_and_somebody_phones(desk, event, seat):
    tasks.ask_who_comes.func(str(event.pk))
    OutboxMessage.objects.filter(state="queued").update(state="sent", sent_at=timezone.now())

    assert coming.release_silent(event.releases_at + timedelta(hours=1)) == 1

    seat.refresh_from_db()
    assert seat.status == Registration.Status.CONFIRMED
    page = desk.get(reverse("events_workspace:event", args=[event.pk])).content.decode()
    assert "Phone Ana Ærø" in page
