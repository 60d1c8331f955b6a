"""What a list shows beside its contacts is what its reader may see, read in one query whoever and however many."""

from datetime import timedelta

import pytest

from contacts.lexicon import forget, lexicon
from contacts.models import Language, Person
from contacts.services.beside import MainRole, put_beside
from outreach.accounts.models import User
from tests.contacts.factories import (
    TODAY,
    AffiliationFactory,
    FollowUpFactory,
    OrganisationFactory,
    PersonFactory,
    grant,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def beside(contact, user):
    put_beside([contact], user)
    return contact


def test_a_person_stands_with_main_role_first_promise_and_languages(officer):
    person = PersonFactory()
    AffiliationFactory(person=person, role="member", started_on=TODAY, primary=False)
    AffiliationFactory(person=person, role="chair", organisation__name="Åbne Døre")
    for days in (9, 3):
        FollowUpFactory(person=person, due_on=TODAY + timedelta(days=days))
    person.languages.set(Language.objects.filter(code__in=["so", "ar"]))

    shown = beside(person, officer)

    assert shown.role == MainRole("chair", "Åbne Døre")
    assert shown.next_due == TODAY + timedelta(days=3)
    assert shown.spoken == ["Arabic", "Somali"]


def test_of_whom_nothing_is_known_nothing_is_told(officer):
    shown = beside(PersonFactory(), officer)

    assert (shown.role, shown.next_due, shown.spoken) == (None, None, [])


def test_an_organisation_stands_with_its_first_promise(officer):
    house = OrganisationFactory()
    FollowUpFactory(organisation=house, due_on=TODAY)

    assert beside(house, officer).next_due == TODAY


def test_a_role_and_a_promise_with_one_that_is_hidden_stand_beside_nobody(officer, stranger):
    person, hidden = PersonFactory(), OrganisationFactory(restricted=True, owner=officer)
    AffiliationFactory(person=person, organisation=hidden, role="chair")
    FollowUpFactory(person=person, organisation=hidden, owner=officer, due_on=TODAY)

    assert (beside(person, stranger).role, person.next_due) == (None, None)
    assert (beside(person, officer).role.role, person.next_due) == ("chair", TODAY)
    grant(hidden, stranger, until=TODAY)
    assert (beside(person, stranger).role.role, person.next_due) == ("chair", TODAY)


def test_any_number_of_people_are_one_query(officer, django_assert_num_queries):
    people = [AffiliationFactory().person for _number in range(40)]
    lexicon()

    with django_assert_num_queries(1):
        put_beside(people, officer)

    assert all(person.role for person in people)


def test_all_words_are_read_at_once(officer, django_assert_num_queries):
    forget()

    with django_assert_num_queries(1):
        colleagues = lexicon().every(User)

    assert officer in colleagues
    assert [one.name for one in colleagues if one == officer] == [officer.name]


def test_words_forgotten_by_another_thread_while_they_are_asked_for_are_still_told(officer, monkeypatch):
    words = lexicon()
    monkeypatch.setattr(type(words), "is_old", property(lambda words: forget()))

    assert lexicon() is words


def test_a_list_asks_no_more_when_the_minute_of_its_words_is_over(desk, django_assert_max_num_queries):
    AffiliationFactory()
    forget()

    with django_assert_max_num_queries(12):
        page = desk.get("/workspace/people/")

    assert list(Person.objects.all()) == page.context["rows"]
