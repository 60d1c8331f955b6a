"""How often we agreed to talk, held against how long ago we did."""

from datetime import timedelta

import pytest
from django.utils import translation

from contacts.models import Person, Rhythm
from tests.contacts.factories import TODAY, PersonFactory


def talked(days_ago, weeks=8):
    return Rhythm(weeks=weeks, last_on=TODAY - timedelta(days=days_ago), today=TODAY)


@pytest.mark.parametrize(
    ("days_ago", "state"),
    [(0, "fresh"), (45, "soon"), (50, "due"), (56, "due"), (57, "over")],
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


@pytest.mark.django_db
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
