"""The words dialogues are sorted by: kept by team leads and administrators, offered in the form, never lost."""

import importlib

import pytest
from django.apps import apps
from django.urls import reverse

from contacts.models import Initiative, Topic
from outreach.accounts.models import Role
from tests.contacts.factories import OfficerFactory, PersonFactory, dialogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client, monday):
    client.force_login(OfficerFactory(role=Role.TEAM_LEAD))
    return client


@pytest.fixture
def initiative():
    words = {"name_da": "Forældrene med", "name_en": "Parents involved"}
    return Initiative.objects.update_or_create(number=11, defaults={"priority": 4, **words})[0]


def test_a_new_topic_is_offered_in_the_log_form(lead):
    lead.post(reverse("workspace:new_topic"), {"name_da": "Skole", "name_en": "School", "on_offer": "on"})

    assert "School" in lead.get(reverse("workspace:log")).content.decode()


def test_a_topic_off_offer_is_offered_no_longer(lead, topics):
    lead.post(reverse("workspace:topic", args=[topics[0].pk]), {"name_da": "Forældre", "name_en": "Parents"})

    assert topics[0] not in lead.get(reverse("workspace:log")).context["form"].fields["topics"].queryset


def test_two_topics_of_one_name_are_refused_at_the_field(lead, topics):
    response = lead.post(reverse("workspace:new_topic"), {"name_da": "Forældre", "name_en": "New", "on_offer": "on"})

    assert response.status_code == 422
    assert Topic.objects.count() == len(topics)


def test_an_officer_changes_no_words(desk, topics):
    assert desk.get(reverse("workspace:vocabulary")).status_code == 403
    assert desk.post(reverse("workspace:topic", args=[topics[0].pk]), {}).status_code == 403


def test_a_dialogue_carries_an_initiative_of_the_plan(desk, officer, initiative):
    person = PersonFactory()
    typed = {"who": f"person:{person.pk}", "kind": "call", "summary": "A line.", "note_readers": "me"}
    typed |= {"date": "2026-11-23", "initiative": initiative.pk}

    desk.post(reverse("workspace:log"), typed)

    talk = person.dialogues.get()
    assert talk.initiative == initiative
    assert "11. Parents involved" in desk.get(reverse("workspace:dialogue", args=[talk.pk])).content.decode()


@pytest.mark.parametrize("value", ["x", "9" * 25, "-1"])
def test_a_made_up_initiative_is_no_choice(desk, value):
    response = desk.post(reverse("workspace:log"), {"initiative": value})

    assert "Choose among the initiatives." in response.content.decode()


def test_the_plan_has_twelve_initiatives_under_four_priorities():
    plan = importlib.import_module("contacts.migrations.0010_first_initiatives")

    plan.add(apps, None)

    assert list(Initiative.objects.values_list("number", flat=True)) == list(range(1, 13))
    assert set(Initiative.objects.values_list("priority", flat=True)) == {1, 2, 3, 4}


def test_taking_the_plan_away_leaves_what_is_in_use(officer):
    plan = importlib.import_module("contacts.migrations.0010_first_initiatives")
    plan.add(apps, None)
    dialogue(officer, people=[PersonFactory()], initiative=Initiative.objects.get(number=12))

    plan.take_away(apps, None)

    assert [one.number for one in Initiative.objects.all()] == [12]
