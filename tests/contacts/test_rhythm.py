"""How often we agreed to talk, held against how long ago we did."""

import importlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from contacts.models import Organisation, Person, Rhythm
from contacts.services.rhythm import gone_quiet
from tests.contacts.factories import TODAY, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


def talked(days_ago, weeks=8):
    return Rhythm(weeks=weeks, last_on=TODAY - timedelta(days=days_ago), today=TODAY)


@pytest.mark.parametrize(
    ("days_ago", "state"),
    [(0, "fresh"), (45, "soon"), (50, "due"), (55, "due"), (56, "over"), (57, "over")],
)
def test_the_state_follows_the_days_since_we_talked(days_ago, state):
    assert talked(days_ago).state == state


def test_without_an_agreement_there_is_no_rhythm():
    rhythm = Rhythm(weeks=None, last_on=TODAY, today=TODAY)

    assert (rhythm.state, rhythm.agreed, rhythm.left) == ("none", "", "")


def test_one_we_never_talked_with_has_not_begun():
    rhythm = Rhythm(weeks=12, last_on=None, today=TODAY)

    assert (rhythm.state, rhythm.days_since) == ("never", None)


@pytest.mark.parametrize(
    ("days_ago", "left", "since"),
    [
        (0, "in 8 weeks", "today"),
        (1, "in 7 weeks", "1 day ago"),
        (52, "within a week", "7 weeks ago"),
        (56, "today", "8 weeks ago"),
        (59, "3 days past", "8 weeks ago"),
        (98, "6 weeks past", "14 weeks ago"),
        (250, "27 weeks past", "8 months ago"),
    ],
)
def test_the_words_say_what_the_gauge_shows(days_ago, left, since):
    with translation.override("en"):
        assert (talked(days_ago).left, talked(days_ago).since) == (left, since)


@pytest.mark.parametrize(
    ("weeks", "words"), [(1, "every week"), (8, "every 8 weeks"), (26, "every six months"), (52, "once a year")]
)
def test_the_agreement_is_said_in_the_words_people_use(weeks, words):
    with translation.override("en"):
        assert talked(0, weeks=weeks).agreed == words


def test_the_longest_past_the_rhythm_comes_first_and_the_never_talked_stand_apart():
    def person(name, weeks, last):
        return PersonFactory(name=name, rhythm_weeks=weeks, last_dialogue_on=last)

    three_weeks = person("three weeks past", 8, TODAY - timedelta(weeks=11))
    six_weeks = person("six weeks past", 8, TODAY - timedelta(weeks=14))
    today = person("due today", 12, TODAY - timedelta(weeks=12))
    never = person("never", 12, None)
    person("fresh", 12, TODAY - timedelta(weeks=2))
    person("no rhythm", None, TODAY - timedelta(weeks=200))

    assert list(Person.objects.quiet(TODAY)) == [six_weeks, three_weeks, today]
    assert list(Person.objects.never_talked()) == [never]
    assert Person.objects.without_rhythm().count() == 1


@pytest.mark.parametrize("status", ["resting", "ended"])
def test_one_that_rests_or_has_ended_has_not_gone_quiet(desk, officer, status):
    more = {"status": status, "ended_on": TODAY if status == "ended" else None, "owner": officer}
    kept = [
        PersonFactory(rhythm_weeks=4, last_dialogue_on=last, **more) for last in (TODAY - timedelta(days=90), None)
    ]

    quiet = gone_quiet([Person.objects.all()], user=officer, today=TODAY)

    assert (quiet.past, quiet.never) == ([], [])
    assert {person.rhythm(TODAY).state for person in kept} == {"none"}
    assert "every 4 weeks" in desk.get(kept[0].get_absolute_url()).content.decode().lower()


def test_who_was_resting_before_has_no_day_to_talk_by(officer):
    resting, active = (
        PersonFactory(rhythm_weeks=4, last_dialogue_on=TODAY, status=status) for status in ("resting", "active")
    )
    Person.objects.update(talk_by=TODAY)

    importlib.import_module("contacts.migrations.0031_wait_for_nobody_who_rests").stop(apps, None)

    assert list(Person.objects.filter(talk_by=None)) == [resting]
    assert active.is_waited_for


def test_the_furthest_past_their_own_rhythm_come_first(officer):
    def person(name, weeks, ago):
        return PersonFactory(
            name=name, owner=officer, rhythm_weeks=weeks, last_dialogue_on=TODAY - timedelta(weeks=ago)
        )

    yearly, monthly, weekly = person("yearly", 52, 60), person("monthly", 4, 8), person("weekly", 1, 3)
    person("fresh", 52, 10)
    club = OrganisationFactory(owner=officer, rhythm_weeks=4, last_dialogue_on=TODAY - timedelta(weeks=10))
    never = PersonFactory(owner=officer, rhythm_weeks=4)

    quiet = gone_quiet([Person.objects.all(), Organisation.objects.all()], user=officer, today=TODAY)

    assert list(Person.objects.most_past_first(TODAY)) == [weekly, monthly, yearly]
    assert quiet.past == [weekly, club, monthly, yearly]
    assert quiet.never == [never]


def test_the_page_of_the_quiet_costs_the_same_with_more_on_it(desk, officer, django_assert_max_num_queries):
    for _round in range(2):
        for _number in range(4):
            PersonFactory(owner=officer, rhythm_weeks=1, last_dialogue_on=TODAY - timedelta(weeks=3))
            OrganisationFactory(owner=officer, rhythm_weeks=1)
        with django_assert_max_num_queries(14):
            page = desk.get(reverse("workspace:quiet"))
    assert len(page.context["quiet"].past) == 8


@pytest.mark.parametrize(
    ("kind", "counts", "talked"), [("email", "", False), ("email", "yes", True), ("call", "no", False)]
)
def test_the_officer_says_whether_a_dialogue_counts(desk, kind, counts, talked):
    person = PersonFactory(rhythm_weeks=8)
    typed = {"who": f"person:{person.pk}", "kind": kind, "summary": "A line.", "note_readers": "me", "date": TODAY}

    desk.post(reverse("workspace:log"), {**typed, "counts": counts})

    person.refresh_from_db()
    assert (person.dialogues.count(), person.last_dialogue_on) == (1, TODAY if talked else None)
