"""The words dialogues are sorted by: kept by team leads and administrators, offered in the form, never lost."""

import importlib

import pytest
from django.apps import apps
from django.urls import reverse

from contacts import vocabulary
from contacts.models import Initiative, OrganisationKind, RelationshipKind, Topic
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


def test_a_new_topic_and_initiative_narrow_lists_at_once(lead, django_capture_on_commit_callbacks):
    vocabulary.topics(), vocabulary.initiatives()  # kept for a minute
    plan = {"number": 98, "priority": 4, "name_da": "Skolerne med", "name_en": "Schools involved", "on_offer": "on"}

    with django_capture_on_commit_callbacks(execute=True):
        lead.post(reverse("workspace:new_topic"), {"name_da": "Skole", "name_en": "School", "on_offer": "on"})
        lead.post(reverse("workspace:new_initiative"), plan)

    assert str(Topic.objects.get(name_da="Skole").pk) in dict(vocabulary.topics())
    assert str(Initiative.objects.get(number=98).pk) in dict(vocabulary.initiatives())


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


WORDS = {"label_da": "er vært for", "label_en": "hosts", "reverse_da": "er gæst hos", "reverse_en": "is hosted by"}


@pytest.fixture
def hosts():
    return RelationshipKind.objects.create(ends="organisations", **WORDS)


def test_a_new_kind_of_relationship_is_kept_with_both_languages_and_its_branches(lead):
    typed = WORDS | {"ends": "mixed", "branches": ["association", "school"], "used": "on"}

    response = lead.post(reverse("workspace:new_relationship_kind"), typed, follow=True)

    kind = RelationshipKind.objects.get(label_en="hosts")
    assert {branch.slug for branch in kind.branches.all()} == {"association", "school"}
    assert "hosts / is hosted by" in response.content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reverse_en": ""}, "Write both languages, or leave both empty where it reads alike."),
        ({"reverse_da": "", "reverse_en": ""}, "Between a person and an organisation it needs words from both sides."),
        ({"ends": "people", "branches": ["school"]}, "It is between people. Choose no kinds here."),
        ({"branches": ["made-up"]}, "Choose among the kinds of organisations."),
    ],
)
def test_a_kind_of_relationship_that_cannot_be_is_refused_with_a_sentence(lead, changed, sentence):
    response = lead.post(reverse("workspace:new_relationship_kind"), {**WORDS, "ends": "mixed", **changed})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not RelationshipKind.objects.filter(label_en="hosts").exists()


def test_a_kind_of_relationship_is_renamed_and_no_longer_used(lead, hosts):
    renamed = WORDS | {"label_da": "huser", "label_en": "houses", "ends": "people"}

    lead.post(reverse("workspace:relationship_kind", args=[hosts.pk]), renamed)

    hosts.refresh_from_db()
    assert (hosts.label_da, hosts.label_en, hosts.used, hosts.ends) == ("huser", "houses", False, "organisations")


def test_whether_a_kind_reads_alike_from_both_ends_stays(lead, hosts):
    typed = WORDS | {"reverse_da": "", "reverse_en": ""}

    response = lead.post(reverse("workspace:relationship_kind", args=[hosts.pk]), typed)

    assert "Whether it reads alike from both ends cannot be changed." in response.content.decode()


def test_a_retired_branch_stays_on_the_kind_that_has_it(lead, hosts):
    hosts.branches.set(OrganisationKind.objects.filter(slug="school"))
    OrganisationKind.objects.filter(slug="school").update(retired=True)

    lead.post(reverse("workspace:relationship_kind", args=[hosts.pk]), WORDS | {"branches": ["school"], "used": "on"})

    assert [branch.slug for branch in hosts.branches.all()] == ["school"]
