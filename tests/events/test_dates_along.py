"""An event moves to another day: when registration closes, and until when seats are held, is shown and moves along."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import HeldSeats
from tests.events.factories import EventFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
TIMES = ("starts_at", "ends_at", "registration_closes_at", "release_at")


def at_noon(days):
    day = timezone.localtime() + timedelta(days=days)
    return day.replace(hour=12, minute=0, second=0, microsecond=0)


def typed(moment):
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


@pytest.fixture
def event(client):
    officer = OfficerFactory()
    client.force_login(officer)
    event = EventFactory(
        owner=officer, seats=9, starts_at=at_noon(21), registration_closes_at=at_noon(19), venue_name="Salen"
    )
    HeldSeats.objects.create(event=event, kind="faith", seats=2, release_at=at_noon(14))
    event.seats.held = 2
    event.seats.save()
    return event


def edit(event):
    return reverse("events_workspace:edit", args=[event.pk])


def sent(form):
    """The form as a browser would send it."""
    values = {field.html_name: field.value() for field in form}
    shown = {name: form[name].subwidgets[0].data["value"] for name in TIMES}
    return {name: value for name, value in (values | shown).items() if value not in (None, "", False)}


def moved(client, event, days):
    form = client.get(edit(event)).context["form"]
    times = {"starts_at": typed(at_noon(days)), "ends_at": typed(at_noon(days) + timedelta(hours=2))}
    return client.post(edit(event), sent(form) | times)


def dates(event):
    event.refresh_from_db()
    return event.registration_closes_at, HeldSeats.objects.get(event=event).release_at


def test_the_dates_before_an_event_that_moves_are_shown_as_they_move_along_before_they_are_saved(client, event):
    shown = moved(client, event, 28)
    before = dates(event)

    saved = client.post(edit(event), sent(shown.context["form"]))

    assert shown.status_code == 422 and "Intet er gemt endnu. Arrangementet flytter til en anden dag" in shown.text
    assert shown.text.count("og flytter med. Gem det sådan") >= 2
    assert before == (at_noon(19), at_noon(14))
    assert saved.status_code == 302
    assert dates(event) == (at_noon(26), at_noon(21))


def test_the_old_dates_can_be_kept_or_others_written(client, event):
    form = sent(moved(client, event, 28).context["form"])

    saved = client.post(
        edit(event), form | {"registration_closes_at": typed(at_noon(19)), "release_at": typed(at_noon(20))}
    )

    assert saved.status_code == 302
    assert dates(event) == (at_noon(19), at_noon(20))


def test_moved_nearer_no_date_lies_behind_us_or_the_start(client, event):
    shown = moved(client, event, 5)

    client.post(edit(event), sent(shown.context["form"]))

    assert dates(event) == (at_noon(3), at_noon(5))


def test_another_hour_of_the_same_day_asks_for_no_other_date(client, event):
    form = sent(client.get(edit(event)).context["form"])

    saved = client.post(edit(event), form | {"starts_at": typed(at_noon(21) + timedelta(hours=1))})

    assert saved.status_code == 302
    assert dates(event) == (at_noon(19), at_noon(14))


def test_dates_that_moved_along_stand_when_the_mails_are_asked_about(client, event):
    RegistrationFactory(event=event, confirmed=True)
    shown = moved(client, event, 28)

    asked = client.post(edit(event), sent(shown.context["form"]))
    client.post(edit(event), sent(asked.context["form"]) | {"agreed": asked.context["agreed"]})

    assert "Du sender 1 mail" in asked.text
    assert dates(event) == (at_noon(26), at_noon(21))
