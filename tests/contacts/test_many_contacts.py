"""Lists of 100,000 people: an index has each in the order it is shown in, so that a page reads 25 of them."""

import pytest

from contacts.models import Organisation, Person
from contacts.tables import OrganisationsTable, PeopleTable
from tests.contacts.factories import TODAY, OrganisationFactory
from tests.contacts.test_many_dialogues import plan


def sorted_by(table, contacts, order):
    return table(contacts, order_by=order, today=TODAY).data.data[:25]


@pytest.mark.parametrize("order", ["rhythm", "last"])
@pytest.mark.parametrize(("table", "model"), [(PeopleTable, Person), (OrganisationsTable, Organisation)])
def test_a_list_by_date_is_read_in_the_order_of_its_index(db, officer, table, model, order):
    read = plan(sorted_by(table, model.objects.visible_to(officer).lasting(), order))

    assert {"rhythm": "_by_rhythm", "last": "_by_last_talk"}[order] in read
    assert "ORDER BY" not in read  # SQLite: USE TEMP B-TREE FOR ORDER BY
    assert "Sort" not in read  # PostgreSQL


@pytest.mark.once  # PostgreSQL plans by what it last counted
def test_the_people_of_a_place_are_read_in_the_order_of_their_names(db, officer):
    of_place = Person.objects.visible_to(officer).filter(municipality=1, owner=officer)

    read = plan(sorted_by(PeopleTable, of_place, "name"))

    assert "person_of_place" in read
    assert "ORDER BY" not in read
    assert "Sort" not in read


@pytest.mark.once  # PostgreSQL decides by what it last counted
def test_people_of_a_place_are_counted_without_a_look_at_their_rows(db, officer):
    of_place = Person.objects.visible_to(officer).lasting().filter(municipality=1, owner=officer)

    assert "COVERING INDEX person_of_place" in of_place.order_by().values("pk").explain()


def test_the_members_of_an_umbrella_are_read_in_the_order_of_their_names(db, officer):
    umbrella = OrganisationFactory()

    read = plan(Organisation.objects.visible_to(officer).filter(umbrella=umbrella).order_by("name", "pk")[:31])

    assert "organisation_members" in read
    assert "ORDER BY" not in read
    assert "Sort" not in read


def test_whom_one_has_not_talked_with_yet_is_found_by_whose_they_are(db, officer):
    mine = Person.objects.owned_by(officer).never_talked().order_by("created_at")

    assert "person_my_untalked" in plan(mine[:3])
