"""A query built once and asked for many: the rules and the second lock hold for each who asks."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from contacts.models import ContactPoint, Organisation, OtherName, Person
from contacts.services.opening import opened
from outreach.accounts.models import Role
from outreach.gathering import Gathered, made
from outreach.prepared import prepared
from tests.contacts.factories import (
    TODAY,
    AffiliationFactory,
    OfficerFactory,
    OrganisationFactory,
    PersonFactory,
    grant,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@prepared
def seen(contact, user):
    return type(contact).objects.visible_to(user).filter(pk=contact.pk)


@prepared
def named(user, *, beginning):
    return Person.objects.visible_to(user).filter(name__startswith=beginning).order_by("name")


def test_each_reader_is_answered_by_their_own_rule(officer, stranger):
    hidden = PersonFactory(owner=officer, restricted=True)

    assert [seen(hidden, reader) for reader in (officer, stranger, officer)] == [[hidden], [], [hidden]]


def test_each_contact_is_found_by_its_own_key(officer):
    people = [PersonFactory(), PersonFactory()]

    assert [seen(person, officer) for person in people] == [[person] for person in people]
    assert seen(Organisation(pk=people[0].pk), officer) == []


@pytest.mark.parametrize("other", [{"role": Role.EDITOR}, {"is_active": False}])
def test_who_works_with_no_contacts_sees_none(officer, other):
    person = PersonFactory()

    assert seen(person, officer) == [person]
    assert seen(person, OfficerFactory(**other)) == []


def test_a_grant_that_ran_out_overnight_opens_nothing(officer, stranger):
    hidden = PersonFactory(owner=officer, restricted=True)
    grant(hidden, stranger, until=TODAY)

    assert seen(hidden, stranger) == [hidden]
    with time_machine.travel(TODAY + timedelta(days=1)):
        assert seen(hidden, stranger) == []


def test_plain_values_make_queries_of_their_own(officer):
    amina, yusuf = PersonFactory(name="Amina"), PersonFactory(name="Yusuf")

    assert (named(officer, beginning="A"), named(officer, beginning="Y")) == ([amina], [yusuf])


def test_a_rule_that_asks_for_more_than_is_known_fails_at_once(officer):
    @prepared
    def at_the_same_place(contact, user):
        return Person.objects.visible_to(user).filter(municipality=contact.municipality)

    with pytest.raises(Person.DoesNotExist):
        at_the_same_place(PersonFactory(), officer)


def test_it_is_counted_like_every_query(officer, django_assert_num_queries):
    person = PersonFactory()

    with django_assert_num_queries(1):
        seen(person, officer)


@pytest.mark.postgresql
def test_the_server_keeps_the_plan(officer):
    person = PersonFactory()

    for _time in range(2):
        seen(person, officer)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%contacts_person%'")
        assert cursor.fetchone()[0] >= 1


def test_what_is_gathered_stands_in_its_order_with_what_it_is_related_to():
    club = OrganisationFactory(name='The "Open" Doors', restricted=True)
    role = AffiliationFactory(organisation=club, started_on=TODAY, primary=True)
    rows = club.affiliations.values(
        "id", "primary", "started_on", "organisation_id", "organisation__name", "organisation__restricted"
    )

    found = Organisation.objects.annotate(told=Gathered(rows), nothing=Gathered(rows.filter(role="x"))).get()
    (again,) = made(type(role), found.told)

    assert (again, again.started_on, again.primary) == (role, TODAY, True)
    assert (again.organisation, again.organisation.name, again.organisation.restricted) == (club, club.name, True)
    assert found.nothing == []


def test_everything_beside_a_timeline_is_read_in_one_query(officer, django_assert_num_queries):
    person = AffiliationFactory(person__email="amina@example.dk", person__owner=officer).person
    OtherName.objects.create(person=person, name="أمينة", kind=OtherName.Kind.OWN_SCRIPT)
    opened(Person, person.pk, user=officer)  # what every reader shares is read once a minute

    with django_assert_num_queries(1):
        shown = opened(Person, person.pk, user=officer)

    assert [point.value for point in shown.points] == ["amina@example.dk"]
    assert isinstance(shown.points[0], ContactPoint)
    assert [other.name for other in shown.other_names] == ["أمينة"]
    assert [role.organisation.name for role in shown.held] == [person.affiliations.get().organisation.name]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_first_question_of_a_request_is_answered_though_the_database_restarted(officer, postgresql_server):
    PersonFactory(owner=officer, name="Ana")
    assert len(named(officer, beginning="A")) == 1

    postgresql_server.execute(f"SELECT pg_terminate_backend({connection.connection.info.backend_pid}, 5000)")
    connection.close_if_unusable_or_obsolete()  # as every request begins

    assert len(named(officer, beginning="A")) == 1
