"""What a field suggests while somebody types: only whom they may see, and it is noted."""

import pytest
from django.urls import reverse

from outreach.audit.models import Entry
from tests.contacts.factories import AffiliationFactory, OrganisationFactory, PersonFactory

URL = reverse("workspace:choices")


@pytest.fixture
def amina(officer):
    person, organisation = PersonFactory(name="Amina Rahbek"), OrganisationFactory(name="Amina-huset")
    AffiliationFactory(person=person, organisation=organisation, role="chair")
    return person


def suggested(desk, **query):
    return desk.get(URL, query).json()


def test_people_with_their_role_and_organisations_are_suggested(desk, amina):
    answer = suggested(desk, q="amin")

    assert [one["title"] for one in answer["choices"]] == ["Amina Rahbek", "Amina-huset"]
    assert answer["choices"][0] == {
        "value": f"person:{amina.pk}",
        "title": "Amina Rahbek",
        "detail": "chair, Amina-huset",
    }
    assert answer["said"] == "2 suggestions"


def test_a_field_may_ask_for_one_kind(desk, amina):
    assert [one["title"] for one in suggested(desk, q="amin", kind="organisation")["choices"]] == ["Amina-huset"]


def test_whom_one_may_not_see_is_not_suggested_and_not_counted(desk, stranger):
    PersonFactory(name="Amina Rahbek", owner=stranger, restricted=True)

    assert suggested(desk, q="amina") == {"choices": [], "said": "No suggestions"}


@pytest.mark.parametrize("query", [{}, {"q": "a"}, {"q": " a "}, {"q": "\x00"}, {"q": "amina", "kind": "x"}])
def test_too_little_suggests_nobody(desk, amina, query):
    assert suggested(desk, **query)["choices"] == []


def test_whom_a_suggestion_named_is_noted(desk, amina):
    suggested(desk, q="rahbek")

    entry = Entry.objects.get(object_label="contacts.Person")
    assert (entry.verb, entry.ids) == ("search", [str(amina.pk)])


def test_suggestions_cost_no_more_queries_when_there_are_many(desk, django_assert_max_num_queries):
    for number in range(20):
        AffiliationFactory(person=PersonFactory(name=f"Amina {number}"), organisation=OrganisationFactory())

    with django_assert_max_num_queries(12):
        suggested(desk, q="amina")
