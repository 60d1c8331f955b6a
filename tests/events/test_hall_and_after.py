"""Nobody is sent to an empty hall, and nobody is mailed about an event that is over."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events import tasks
from events.models import Event
from events.services import planning
from events.services.capacity import SeatPlan
from outreach.mail.models import OutboxMessage
from tests.events.factories import EventFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
HALL = {"venue_name": "Foreningshuset", "venue_address": "Åvej 1", "accessibility": "Trinfri"}


@pytest.fixture
def officer(client):
    officer = OfficerFactory()
    client.force_login(officer)
    return officer


def carry_out(started):
    for name, *keys in started:
        getattr(tasks, name.split(".", 1)[1]).func(*[key if isinstance(key, int) else str(key) for key in keys])


def sent(client, event):
    """The form of the event as a browser would send it."""
    form = client.get(reverse("events_workspace:edit", args=[event.pk])).context["form"]
    values = {field.html_name: field.value() for field in form}
    shown = {name: form[name].subwidgets[0].data["value"] for name in ("starts_at", "ends_at")}
    return {name: value for name, value in values.items() if value not in (None, "", False)} | shown


@pytest.mark.parametrize("language", ["da", "en"])
def test_an_event_moved_online_names_its_hall_nowhere(client, officer, started, language):
    event = EventFactory(owner=officer, language=language, **HALL)
    RegistrationFactory(event=event, confirmed=True, language=language)

    changed = planning.change(event, {"attendance": "online"}, officer=officer, now=timezone.now())
    carry_out(started)

    assert (changed.venue_name, changed.venue_address, changed.accessibility) == ("", "", "")
    assert "LOCATION:Online\r\n" in changed.ics_text and f"SEQUENCE:{event.sequence + 1}" in changed.ics_text
    [mail] = OutboxMessage.objects.all()
    pages = [client.get(reverse("events_workspace:event", args=[event.pk])).text, mail.text, changed.ics_text]
    assert all("online" in text.lower() for text in pages)
    assert not [word for word in HALL.values() for text in pages if word in text]


def test_the_form_says_that_online_only_leaves_the_hall_out_and_shows_the_mail_without_it(client, officer, started):
    event = EventFactory(owner=officer, **HALL)
    RegistrationFactory(event=event, confirmed=True)

    page = client.post(
        reverse("events_workspace:edit", args=[event.pk]), sent(client, event) | {"attendance": "online"}
    )

    assert "Kun online: så får ingen vist stedet, adressen og hvordan man kommer ind." in page.text
    [preview] = page.context["previews"]
    assert "Foreningshuset" not in preview["mail"].text


def test_an_event_planned_online_keeps_no_hall(officer):
    facts = {name: getattr(EventFactory.build(), name) for name in ("title", "public_title", "starts_at", "ends_at")}

    event = planning.plan(
        facts | HALL | {"attendance": "online"}, seats=SeatPlan(1), officer=officer, now=timezone.now()
    )

    assert event.venue_name == "" and event.attendance == Event.Attendance.ONLINE


def test_a_typo_mended_when_the_event_is_over_is_saved_at_once_and_mails_nobody(client, officer, started):
    started_at = (timezone.now() - timedelta(days=2)).replace(second=0, microsecond=0)
    event = EventFactory(starts_at=started_at, owner=officer)
    RegistrationFactory(event=event, confirmed=True)

    page = client.get(reverse("events_workspace:edit", args=[event.pk]))
    response = client.post(
        reverse("events_workspace:edit", args=[event.pk]), sent(client, event) | {"venue_name": "Kulturhuset Lygten"}
    )

    event.refresh_from_db()
    assert response.status_code == 302 and event.venue_name == "Kulturhuset Lygten"
    assert "events.event_changed" not in [name for name, *_keys in started]
    assert "Et nyt tidspunkt eller sted" not in page.text
    assert (
        "Kulturhuset Lygten" in event.ics_text
        and f"SEQUENCE:{event.sequence}" in event.ics_text
        and event.sequence == 1
    )


def test_an_event_that_is_over_is_not_called_off_and_a_sentence_says_so(client, officer, started):
    event = EventFactory(past=True, owner=officer)
    RegistrationFactory(event=event, confirmed=True)
    url = reverse("events_workspace:cancel", args=[event.pk])

    pages = [client.get(url, follow=True), client.post(url, follow=True)]

    event.refresh_from_db()
    assert event.status == Event.Status.PUBLISHED and started == []
    assert all("Arrangementet er slut. Det kan ikke længere aflyses." in page.text for page in pages)
    with pytest.raises(planning.IsOver):
        planning.cancel_event(event, officer=officer, now=event.ends_at + timedelta(minutes=1))
