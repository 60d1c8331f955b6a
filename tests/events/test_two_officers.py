"""Of two officers who change one event at once, the second does not undo the first."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.models import Topic
from contacts.services import subjects
from events.models import SeatCounter
from outreach.design.templatetags.design_tags import clock, longdate
from tests.events.factories import EventFactory, OfficerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(client):
    officer = OfficerFactory()
    client.force_login(officer)
    starts_at = (timezone.now() + timedelta(days=21)).replace(second=0, microsecond=0)
    return EventFactory(owner=officer, seats=1, starts_at=starts_at, audiences=["faith"])


def edit(event):
    return reverse("events_workspace:edit", args=[event.pk])


def sent(form):
    """The form as a browser would send it."""
    values = {field.html_name: field.value() for field in form}
    shown = {name: form[name].subwidgets[0].data["value"] for name in ("starts_at", "ends_at")}
    return {name: value for name, value in values.items() if value not in (None, "", False)} | shown


def opened(client, event):
    page = client.get(edit(event))
    assert f'name="version" value="{page.context["form"]["version"].value()}"' in page.text
    return sent(page.context["form"])


def test_what_a_colleague_saved_meanwhile_is_shown_and_kept_when_saved_again(client, event):
    anna, bo = opened(client, event), opened(client, event)
    changed = {"capacity": "40", "text_before": "Bo skrev dette.", "audiences": ["schools"], "needs_approval": "on"}
    client.post(edit(event), bo | changed)

    refused = client.post(edit(event), anna | {"summary": "Anna skrev dette."})
    event.refresh_from_db()
    form = refused.context["form"]
    marked = set(form.errors) - {"__all__"}
    client.post(edit(event), sent(form))

    assert refused.status_code == 422 and "En kollega har rettet det, mens du havde det åbent." in refused.text
    assert marked == set(changed)
    assert refused.text.count("Det har en kollega skrevet imens.") >= len(changed)
    assert event.summary != "Anna skrev dette."
    event.refresh_from_db()
    assert (event.summary, event.text_before) == ("Anna skrev dette.", "Bo skrev dette.")
    assert (event.audiences, event.needs_approval) == (["schools"], True)
    assert SeatCounter.objects.get(event=event).capacity == 40


def test_where_both_changed_a_field_what_was_typed_stands_and_beside_it_what_was_saved(client, event):
    anna, bo = opened(client, event), opened(client, event)
    later = timezone.localtime(event.starts_at + timedelta(minutes=15))
    client.post(edit(event), bo | {"capacity": "40", "starts_at": f"{later:%Y-%m-%dT%H:%M}"})

    typed = {"capacity": "7", "starts_at": f"{later + timedelta(minutes=5):%Y-%m-%dT%H:%M}"}
    refused = client.post(edit(event), anna | typed)
    form = refused.context["form"]

    assert form["capacity"].value() == "7" and [*form.errors["capacity"]] == ["Gemt imens: 40"]
    assert f"{longdate(later)} {clock(later)}" in form.errors["starts_at"][0]
    client.post(edit(event), sent(form) | {"starts_at": anna["starts_at"]})
    assert SeatCounter.objects.get(event=event).capacity == 7


def test_a_form_that_shows_the_event_as_it_is_is_saved_at_once(client, event):
    response = client.post(edit(event), opened(client, event) | {"summary": "Vi mødes."})

    assert response.status_code == 302


def test_topics_a_colleague_chose_meanwhile_stay(client, event):
    topic, other = (Topic.objects.create(name_da=da, name_en=da) for da in ("Net", "Skole"))
    anna, bo = opened(client, event), opened(client, event)
    client.post(edit(event), bo | {"topics": [str(topic.pk), str(other.pk)]})

    refused = client.post(edit(event), anna | {"summary": "Anna skrev dette."})
    client.post(edit(event), sent(refused.context["form"]))

    assert set(refused.context["form"].errors) == {"__all__", "topics"}
    assert {one.pk for one in subjects.topics_of(event)} == {topic.pk, other.pk}
