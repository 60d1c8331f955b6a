"""One timeline: what happened and what is to come, read by somebody who may not see everything."""

from datetime import timedelta

import pytest

from contacts.models import Person, RegistrationLink
from contacts.services.opening import opened
from contacts.services.timeline import PAGE, Kind, Known, Period, timeline
from events.models import Event, Registration
from outreach.mail.models import OutboxMessage
from tests.contacts.asking import ask_for
from tests.contacts.factories import (
    NOW,
    TODAY,
    AffiliationFactory,
    FollowUpFactory,
    OrganisationFactory,
    PersonFactory,
    RegistrationFactory,
    dialogue,
)
from tests.events.factories import EventFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def days_ago(days):
    return TODAY - timedelta(days=days)


def registered(person, *, starts_at=NOW + timedelta(days=9), **fields):
    registration = RegistrationFactory(event__starts_at=starts_at, **fields)
    return RegistrationLink.objects.create(registration=registration, person=person, linked_by=person.owner)


def read(contact, user, **more):
    ask_for(user)
    return timeline(contact, user=user, today=TODAY, **more)


def things(shown):
    return [entry.thing for _year, entries in shown.years for entry in entries]


def mailed(registration):
    return OutboxMessage.objects.create(
        kind="events.confirmed",
        to=registration.email,
        language="da",
        subject="You have a seat",
        about_label="events.Registration",
        about_pk=str(registration.pk),
        next_attempt_at=NOW,
        created_at=NOW,
    )


def test_what_is_coming_stands_first_soonest_first_and_then_the_years_newest_first(officer):
    person = PersonFactory()
    last_year = dialogue(officer, people=[person], day=days_ago(400))
    this_year = dialogue(officer, people=[person], day=days_ago(10))
    promise = FollowUpFactory(person=person, due_on=TODAY + timedelta(days=3))
    seat = registered(person)

    shown = read(person, officer)

    assert [entry.thing for entry in shown.coming] == [promise, seat]
    assert [(year, [entry.thing for entry in entries]) for year, entries in shown.years] == [
        (2026, [this_year]),
        (2025, [last_year]),
    ]


def test_counts_name_each_kind_and_the_filter_shows_one(officer):
    person = AffiliationFactory(started_on=days_ago(30)).person
    talk = dialogue(officer, people=[person], day=days_ago(1))
    FollowUpFactory(person=person)

    shown = read(person, officer, kind="dialogue")

    assert shown.counts == {Kind.DIALOGUE: 1, Kind.EVENT: 0, Kind.MAIL: 0, Kind.FOLLOW_UP: 1, Kind.ROLE: 1}
    assert shown.coming == []
    assert [entry.thing for _year, entries in shown.years for entry in entries] == [talk]


def test_an_unknown_kind_shows_everything(officer):
    assert read(PersonFactory(), officer, kind="drop table").kind is None


def test_a_cancelled_event_or_registration_is_not_coming(officer):
    person = PersonFactory()
    registered(person, event__status=Event.Status.CANCELLED)
    registered(person, status=Registration.Status.CANCELLED)

    assert read(person, officer).coming == []


def test_a_planned_conversation_that_was_logged_stands_there_once(officer):
    person = PersonFactory()
    talk = dialogue(officer, people=[person])
    FollowUpFactory(person=person, starts_at="09:00", done_at=NOW, held_as=talk)

    assert read(person, officer).counts[Kind.FOLLOW_UP] == 0


def test_an_organisations_timeline_has_the_registrations_of_its_people(officer):
    role = AffiliationFactory()
    seat = registered(role.person)

    assert [entry.thing for entry in read(role.organisation, officer).coming] == [seat]


@pytest.mark.parametrize("starts_at", [NOW + timedelta(days=9), NOW - timedelta(days=9)])
def test_an_event_stands_once_with_everybody_who_may_be_seen_from_the_organisation(officer, stranger, starts_at):
    club, event = OrganisationFactory(), EventFactory(starts_at=starts_at, owner=officer)
    people = [AffiliationFactory(organisation=club).person for _number in range(3)]
    people[2].restricted, people[2].owner = True, stranger
    people[2].save()
    for number, person in enumerate(people):
        registration = RegistrationFactory(event=event, email=f"a{number}@example.dk")
        RegistrationLink.objects.create(registration=registration, person=person, linked_by=officer)

    told = read(club, officer)

    (entry,) = [*told.coming, *(one for _year, entries in told.years for one in entries if one.kind == Kind.EVENT)]
    assert set(entry.named) == set(people[:2])


def test_another_answer_from_the_same_event_stands_apart(officer):
    club, event = OrganisationFactory(), EventFactory(starts_at=NOW - timedelta(days=9), owner=officer)
    for status in ("confirmed", "cancelled"):
        registration = RegistrationFactory(event=event, status=status, email=f"{status}@example.dk")
        person = AffiliationFactory(organisation=club).person
        RegistrationLink.objects.create(registration=registration, person=person, linked_by=officer)

    told = read(club, officer, kind="event")

    answers = [entry.thing.registration.status for _year, entries in told.years for entry in entries]
    assert sorted(answers) == ["cancelled", "confirmed"]


def test_an_organisation_keeps_the_registrations_from_while_a_role_was_held(officer):
    role = AffiliationFactory(started_on=TODAY - timedelta(days=30), ended_on=TODAY - timedelta(days=10))
    _before, during, _after = (
        registered(role.person, starts_at=NOW - timedelta(days=ago), event__owner=officer) for ago in (40, 20, 5)
    )

    told = timeline(role.organisation, user=officer, today=TODAY, kind="event")

    assert [entry.thing for _year, entries in told.years for entry in entries] == [during]
    assert told.counts["event"] == 1


def test_a_hidden_person_leaves_no_registration_role_or_promise_on_the_organisation(officer, stranger):
    organisation = OrganisationFactory()
    hidden = PersonFactory(owner=officer, restricted=True)
    AffiliationFactory(person=hidden, organisation=organisation, started_on=days_ago(30))
    registered(hidden)
    FollowUpFactory(person=hidden, organisation=organisation, owner=officer)
    dialogue(officer, people=[hidden])

    assert read(organisation, officer).total == 3
    assert read(organisation, stranger).total == 0


def test_a_long_history_is_read_page_by_page_and_nothing_is_lost_between_them(officer):
    person = PersonFactory()
    talks = [dialogue(officer, people=[person], day=days_ago(number)) for number in range(PAGE + 3)]

    first, second = read(person, officer), read(person, officer, page=2)

    assert (first.older, second.older) == (True, False)
    assert things(first) + things(second) == talks
    assert first.counts[Kind.DIALOGUE] == PAGE + 3


def test_a_period_shows_what_fell_in_it_and_counts_that(officer):
    person = PersonFactory()
    old, new = (dialogue(officer, people=[person], day=days_ago(days)) for days in (400, 10))
    done = FollowUpFactory(person=person, done_at=NOW - timedelta(days=390))

    shown = read(person, officer, period=Period(last=days_ago(365)))

    assert set(things(shown)) == {old, done}
    assert (shown.total, things(read(person, officer, period=Period(first=days_ago(20))))) == (2, [new])


def test_a_mail_about_a_registration_is_on_the_timeline_of_its_person_only(officer):
    person, other = PersonFactory(), PersonFactory()
    mail = mailed(registered(person).registration)
    registered(other)

    assert mail in things(read(person, officer))
    assert read(other, officer).counts[Kind.MAIL] == 0


def test_a_mail_about_an_event_one_may_not_know_of_leaves_no_trace(officer, stranger):
    person = PersonFactory()
    seat = registered(person, event__owner=officer, event__visibility=Event.Visibility.INVITATION)
    mailed(seat.registration)

    assert read(person, officer).counts[Kind.MAIL] == 1
    assert read(person, stranger).total == 0


@pytest.mark.parametrize(
    "query",
    [
        *("page=0", "page=²", "page=99999", "kind=x"),
        *("from=yesterday", "from=0001-01-01", "until=0001-01-01", "until=2026-02-31", "until=9999-12-31"),
    ],
)
def test_a_mangled_address_of_a_timeline_opens_it(desk, query):
    assert desk.get(f"{PersonFactory().get_absolute_url()}?{query}").status_code == 200


@pytest.mark.parametrize("end", ["person", "organisation"])
def test_a_page_that_opens_shows_what_a_timeline_read_in_full_shows(officer, end):
    role = AffiliationFactory(started_on=days_ago(90))
    for number in range(PAGE // 2):
        dialogue(officer, people=[role.person], organisations=[role.organisation], day=days_ago(3 * number + 1))
        registered(role.person, starts_at=NOW - timedelta(days=3 * number + 2), event__owner=officer)
        FollowUpFactory(person=role.person, organisation=role.organisation, done_at=NOW - timedelta(days=3 * number))
    registered(role.person)
    registered(role.person, event__status=Event.Status.CANCELLED)
    contact = getattr(role, end)
    ask_for(officer)

    shown = opened(type(contact), contact.pk, user=officer)
    known = Known(shown.held, shown.counts, talks=shown.talks, registered=shown.registered)

    assert read(contact, officer, known=known) == read(contact, officer)


def test_what_is_gone_since_the_page_opened_is_left_out(officer):
    person = PersonFactory()
    talk, gone = (dialogue(officer, people=[person], day=days_ago(days)) for days in (1, 2))
    ask_for(officer)
    shown = opened(Person, person.pk, user=officer)

    gone.delete()

    assert things(read(person, officer, known=Known(counts=shown.counts, talks=shown.talks))) == [talk]


def test_a_longer_history_costs_no_more_queries(officer, django_assert_num_queries):
    person = PersonFactory()

    def grow(by):
        for number in range(by):
            talk = dialogue(officer, people=[person], organisations=[OrganisationFactory()], day=days_ago(number))
            FollowUpFactory(person=person, dialogue=talk, owner=officer)
            registered(person)

    grow(2)
    read(person, officer)  # what every reader shares is read once a minute
    with django_assert_num_queries(7):
        read(person, officer)
    grow(5)
    with django_assert_num_queries(7):
        read(person, officer)


def test_an_event_one_may_not_know_of_is_on_no_timeline(officer, stranger):
    person = PersonFactory()
    registered(person, event__owner=officer, event__visibility=Event.Visibility.INVITATION)

    assert read(person, officer).counts[Kind.EVENT] == 1
    assert read(person, stranger).counts[Kind.EVENT] == 0


def test_only_those_who_run_an_event_are_led_to_its_desk(officer, stranger):
    person = PersonFactory()
    registered(person, event__owner=officer)

    assert [entry.thing.opens for entry in read(person, officer).coming] == [True]
    assert [entry.thing.opens for entry in read(person, stranger).coming] == [False]
