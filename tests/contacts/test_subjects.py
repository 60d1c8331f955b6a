"""What an event is about: topics and an initiative, chosen while it is planned and taken along by a copy."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.models import EventSubject, Initiative, Topic
from contacts.services import subjects
from events.models import Event
from events.services import copying
from tests.events.factories import EventFactory, OfficerFactory
from tests.events.test_officer_screens import facts

pytestmark = pytest.mark.django_db

FAR_TOO_LARGE = "9" * 40


@pytest.fixture
def topics():
    return [Topic.objects.create(name_da=da, name_en=en) for da, en in (("Net", "Online"), ("Skole", "School"))]


@pytest.fixture
def initiative():
    return Initiative.objects.create(number=91, priority=4, name_da="Netværk", name_en="Networks")


@pytest.fixture
def officer(client):
    officer = OfficerFactory()
    client.force_login(officer)
    return officer


def plan(client, **changes):
    return client.post(reverse("events_workspace:plan"), facts(**changes))


def about(event):
    subject = EventSubject.objects.get(event=event)
    return set(subject.topics.all()), subject.initiative


def test_an_event_is_planned_about_topics_and_an_initiative(client, officer, topics, initiative):
    plan(client, topics=[topic.pk for topic in topics], initiative=initiative.pk)

    assert about(Event.objects.get()) == (set(topics), initiative)


def test_both_can_be_changed_and_taken_back(client, officer, topics, initiative):
    event = EventFactory(owner=officer)
    subjects.keep(event, {"topics": topics, "initiative": initiative})

    client.post(reverse("events_workspace:edit", args=[event.pk]), facts(topics=[topics[1].pk]))

    assert about(event) == ({topics[1]}, None)


def test_what_was_chosen_stays_when_it_is_offered_no_more(client, officer, topics, initiative):
    event = EventFactory(owner=officer)
    subjects.keep(event, {"topics": topics, "initiative": initiative})
    Topic.objects.update(on_offer=False)
    Initiative.objects.update(on_offer=False)

    edit = reverse("events_workspace:edit", args=[event.pk])
    page = client.get(edit).content.decode()
    client.post(edit, facts(topics=[topic.pk for topic in topics], initiative=initiative.pk))

    assert all(str(one) in page for one in [*topics, initiative])
    assert about(event) == (set(topics), initiative)


def test_what_is_offered_no_more_cannot_be_chosen_anew(client, officer, topics):
    Topic.objects.update(on_offer=False)

    assert "topics" in plan(client, topics=[topics[0].pk]).context["form"].errors


@pytest.mark.parametrize("field", ["topics", "initiative"])
@pytest.mark.parametrize("value", ["0", "x", FAR_TOO_LARGE])
def test_what_is_none_of_them_is_refused_at_its_field(client, officer, field, value):
    answer = plan(client, **{field: value})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Event.objects.exists()


def test_colleagues_read_it_and_visitors_do_not(client, officer, topics, initiative):
    event = EventFactory(owner=officer)
    subjects.keep(event, {"topics": topics, "initiative": initiative})

    inside = client.get(reverse("events_workspace:event", args=[event.pk])).content.decode()
    outside = client.get(reverse("events:event", args=[event.slug])).content.decode()

    assert "Net, Skole" in inside
    assert "91. Netværk" in inside
    assert "91. Netværk" not in outside


def test_a_copy_is_about_the_same(officer, topics, initiative):
    event = EventFactory()
    subjects.keep(event, {"topics": topics, "initiative": initiative})

    made = copying.copy(event, day=date.today() + timedelta(days=90), officer=officer, now=timezone.now())

    assert about(made) == (set(topics), initiative)


def test_a_copy_of_an_event_about_nothing_is_about_nothing(officer):
    made = copying.copy(EventFactory(), day=date.today() + timedelta(days=90), officer=officer, now=timezone.now())

    assert subjects.told(made) == []
