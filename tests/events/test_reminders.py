"""Reminders go out once, at their time, and move along with the event."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from events import tasks
from events.models import Registration, Reminder
from events.services import copying, planning, reminders
from outreach.mail.models import OutboxMessage
from tests.events.factories import EventFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(officer):
    return EventFactory(owner=officer, starts_at=timezone.now() + timedelta(days=10))


@pytest.fixture
def officer(client):
    officer = OfficerFactory()
    client.force_login(officer)
    return officer


def planned(event, **facts):
    return Reminder.objects.create(event=event, **{"days": 2, **facts})


def send(started, now):
    """What the worker does at ``now``; returns who was written to."""
    started.clear()
    reminders.send_due(now)
    for name, reminder_id in started:
        assert name == "events.remind"
        tasks.remind.func(str(reminder_id))
    return sorted(OutboxMessage.objects.filter(kind="events.reminder").values_list("to", flat=True))


def plan(client, page, typed):
    """Look, then plan, as a browser does."""
    seen = client.post(page, typed | {"look": ""})
    return client.post(page, typed | {"read": seen.context["form"].shown, "plan": "1"})


def test_a_reminder_is_read_to_how_many_and_when_before_it_is_planned(client, officer, event):
    RegistrationFactory(event=event, confirmed=True)
    RegistrationFactory(event=event, confirmed=True, language="en")
    page = reverse("events_workspace:reminders", args=[event.pk])
    typed = {"days": "3", "anchor": "start", "words": "Husk billed-id."}

    first = client.post(page, typed | {"plan": "1"})

    html = first.content.decode()
    assert not Reminder.objects.exists()
    assert "2 får den, som det ser ud nu: 1 på dansk, 1 på engelsk." in html
    assert [read["language"] for read in first.context["previews"]] == ["da", "en"]
    assert all("Husk billed-id." in read["mail"].text for read in first.context["previews"])
    assert "Den sendes" in html


def test_words_changed_after_they_were_read_are_read_again_first(client, officer, event):
    page = reverse("events_workspace:reminders", args=[event.pk])
    typed = {"days": "3", "anchor": "start", "words": "Husk billed-id."}
    read = client.post(page, typed | {"look": ""}).context["form"].shown

    for other in ({"words": "Husk pas."}, {"days": "4"}):
        client.post(page, typed | other | {"read": read, "plan": "1"})

    assert not Reminder.objects.exists()


def test_those_with_a_seat_are_reminded_once(event, started):
    guest = RegistrationFactory(event=event, confirmed=True)
    RegistrationFactory(event=event, confirmed=True, email="")
    RegistrationFactory(event=event, waiting=True)
    RegistrationFactory(event=event)
    planned(event)

    assert send(started, event.starts_at - timedelta(days=3)) == []
    assert send(started, event.starts_at - timedelta(days=2)) == [guest.email]
    assert send(started, event.starts_at - timedelta(days=1)) == [guest.email]


def test_a_reminder_after_the_event_thanks(event, started):
    RegistrationFactory(event=event, confirmed=True, language="en")
    planned(event, anchor="end", days=1, words="Slides are on their way.")

    send(started, event.ends_at + timedelta(days=1))

    mail = OutboxMessage.objects.get()
    assert mail.subject.startswith("Thank you for coming")
    assert "Slides are on their way." in mail.text


def test_a_reminder_that_comes_too_late_is_of_no_use(event, started):
    RegistrationFactory(event=event, confirmed=True)
    planned(event)

    assert send(started, event.starts_at + timedelta(hours=1)) == []


def test_a_cancelled_event_reminds_nobody(event, started):
    RegistrationFactory(event=event, confirmed=True)
    planned(event)
    planning.cancel_event(event, officer=event.owner, now=timezone.now())

    assert send(started, event.starts_at - timedelta(days=1)) == []


def test_a_moved_event_reminds_again_in_its_own_time(event, started):
    guest = RegistrationFactory(event=event, confirmed=True)
    reminder = planned(event)
    send(started, event.starts_at - timedelta(days=1))
    later = timezone.now() + timedelta(days=40)

    facts = {"starts_at": later, "ends_at": later + timedelta(hours=2)}
    planning.change(event, facts, officer=event.owner, now=timezone.now())

    reminder.refresh_from_db()
    assert reminder.sent_at is None
    assert send(started, later - timedelta(days=1)) == [guest.email, guest.email]


def test_one_reminder_a_day_is_enough(event):
    planned(event)

    with pytest.raises(IntegrityError), transaction.atomic():
        planned(event)


def test_an_officer_plans_reads_and_drops_one(client, officer, event):
    RegistrationFactory(event=event, confirmed=True)
    Registration.objects.update(name="Åse Kær")
    page = reverse("events_workspace:reminders", args=[event.pk])

    plan(client, page, {"days": "3", "anchor": "start", "words": "Husk billed-id."})
    reminder = Reminder.objects.get()
    read = client.get(reverse("events_workspace:reminder", args=[event.pk, reminder.pk])).content.decode()

    assert "Husk billed-id." in read
    assert "1 på dansk" in read
    assert "Åse Kær" not in read
    for _ in range(2):
        client.post(reverse("events_workspace:drop_reminder", args=[event.pk, reminder.pk]))
    assert not Reminder.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"days": "0"}, "days"),
        ({"days": "91"}, "days"),
        ({"days": "11"}, "days"),
        ({"days": "2"}, "days"),
        ({"days": "x"}, "days"),
        ({"anchor": "never"}, "anchor"),
        ({"words": "Ring til 010190-1234"}, "words"),
        ({"words": "x" * 2001}, "words"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(client, officer, event, typed, field):
    planned(event)

    response = client.post(
        reverse("events_workspace:reminders", args=[event.pk]), {"days": "4", "anchor": "start", **typed}
    )

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert Reminder.objects.count() == 1


def test_a_copy_reminds_as_the_event_did(event):
    planned(event, words="Husk billed-id.", sent_at=timezone.now())
    day = timezone.localdate() + timedelta(days=60)

    made = copying.copy(event, day=day, officer=event.owner, now=timezone.now())

    assert list(made.reminders.values_list("days", "words", "sent_at")) == [(2, "Husk billed-id.", None)]
