"""Logging a dialogue: one transaction, and everything that follows from it."""

from datetime import timedelta

import pytest
from django.db import transaction

from contacts.models import Dialogue, FollowUp
from contacts.services import logging
from contacts.services.correcting import Correction, correct_dialogue
from contacts.services.followups import keep, reopen, usual_due
from contacts.services.logging import NotADialogue, Present, Promise, log_dialogue
from contacts.services.rhythm import keep_rhythm
from outreach.audit.models import Entry
from tests.contacts.factories import NOW, TODAY, FollowUpFactory, OrganisationFactory, PersonFactory, dialogue

pytestmark = pytest.mark.django_db


def log(author, present, **more):
    talk = Dialogue(author=author, date=more.pop("date", TODAY), summary="Agreed on an evening for parents.")
    return log_dialogue(talk, present, today=TODAY, now=NOW, **more)


def test_logging_keeps_who_was_there_what_it_was_about_and_who_wrote_it(officer, colleague, topics):
    person, organisation = PersonFactory(), OrganisationFactory()

    talk = log(officer, Present([person], [organisation], [colleague]), topics=topics[:1])

    assert list(talk.people.all()) == [person]
    assert list(talk.organisations.all()) == [organisation]
    assert set(talk.officers.all()) == {officer, colleague}
    assert list(talk.topics.all()) == topics[:1]


def test_logging_moves_the_rhythm_of_everyone_who_was_there(officer):
    person = PersonFactory(rhythm_weeks=8, last_dialogue_on=TODAY - timedelta(weeks=10))
    organisation = OrganisationFactory(rhythm_weeks=12)

    log(officer, Present([person], [organisation]))

    person.refresh_from_db()
    organisation.refresh_from_db()
    assert (person.last_dialogue_on, person.talk_by) == (TODAY, TODAY + timedelta(weeks=8))
    assert (organisation.last_dialogue_on, organisation.talk_by) == (TODAY, TODAY + timedelta(weeks=12))


def test_an_older_dialogue_logged_late_does_not_turn_the_rhythm_back(officer):
    person = PersonFactory(rhythm_weeks=8)
    log(officer, Present([person]))

    log(officer, Present([person]), date=TODAY - timedelta(weeks=5))

    person.refresh_from_db()
    assert person.last_dialogue_on == TODAY


def test_what_was_promised_becomes_a_follow_up_of_the_one_who_wrote(officer):
    person = PersonFactory()

    talk = log(officer, Present([person]), promised=[Promise("Send the material", TODAY + timedelta(days=7), person)])

    made = FollowUp.objects.get()
    assert (made.owner, made.person, made.dialogue) == (officer, person, talk)
    assert (made.title, made.promised_on) == ("Send the material", TODAY)


def test_a_planned_conversation_is_done_when_it_is_logged(officer):
    meeting = FollowUpFactory(owner=officer, starts_at="13:00", person=PersonFactory())

    talk = log(officer, Present([meeting.person]), meeting=meeting)

    meeting.refresh_from_db()
    assert (meeting.done_at, meeting.held_as) == (NOW, talk)


def test_logging_is_recorded_as_the_authors_deed(officer):
    talk = log(officer, Present([PersonFactory()]))

    entry = Entry.objects.get(object_label="contacts.Dialogue")
    assert (entry.verb, entry.object_id, entry.actor_id) == ("create", str(talk.pk), officer.pk)


@pytest.mark.parametrize("days", [1, 30])
def test_a_dialogue_in_the_future_is_refused(officer, days):
    with pytest.raises(NotADialogue):
        log(officer, Present([PersonFactory()]), date=TODAY + timedelta(days=days))


def test_a_dialogue_with_nobody_is_refused(officer, colleague):
    with pytest.raises(NotADialogue):
        log(officer, Present(officers=[colleague]))


def test_nothing_is_kept_when_the_trail_cannot_be_written(officer, monkeypatch):
    person = PersonFactory()

    def unwritable(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(logging, "record", unwritable)
    with pytest.raises(OSError), transaction.atomic():
        log(officer, Present([person]), promised=[Promise("Call back", TODAY, person)])

    assert not Dialogue.objects.exists()
    assert not FollowUp.objects.exists()


def test_correcting_moves_the_rhythm_of_those_who_came_and_those_who_went(officer):
    wrong, right = PersonFactory(), PersonFactory()
    talk = log(officer, Present([wrong]))

    correct_dialogue(talk, Correction(Present([right])), actor=officer, today=TODAY, now=NOW)

    wrong.refresh_from_db()
    right.refresh_from_db()
    assert (wrong.last_dialogue_on, right.last_dialogue_on) == (None, TODAY)


def test_correcting_keeps_the_participants_one_may_not_see(officer, stranger):
    hidden, known = PersonFactory(restricted=True), PersonFactory()
    talk = dialogue(stranger, people=[hidden, known])

    correct_dialogue(talk, Correction(Present([known])), actor=stranger, today=TODAY, now=NOW)

    assert set(talk.people.all()) == {hidden, known}


def test_done_twice_keeps_the_first_time(officer):
    follow_up = FollowUpFactory(owner=officer)
    keep(follow_up, actor=officer, now=NOW)

    keep(follow_up, actor=officer, now=NOW + timedelta(hours=1))

    follow_up.refresh_from_db()
    assert follow_up.done_at == NOW
    assert Entry.objects.filter(object_label="contacts.FollowUp").count() == 1


def test_a_follow_up_can_be_opened_again(officer):
    follow_up = FollowUpFactory(owner=officer, done_at=NOW)

    reopen(follow_up, actor=officer)

    follow_up.refresh_from_db()
    assert follow_up.done_at is None


@pytest.mark.parametrize(("day", "due"), [(0, 7), (4, 11), (5, 14), (6, 14)])
def test_a_promise_usually_falls_due_in_a_week_on_a_working_day(day, due):
    assert usual_due(TODAY + timedelta(days=day)) == TODAY + timedelta(days=due)


def test_a_mail_is_no_talk_unless_the_officer_says_so(officer):
    person = PersonFactory(owner=officer, rhythm_weeks=8)
    dialogue(officer, people=[person], kind="email", day=TODAY)
    keep_rhythm([person])
    assert person.last_dialogue_on is None

    dialogue(officer, people=[person], kind="email", day=TODAY, counts=True)
    dialogue(officer, people=[person], kind="meeting", day=TODAY, counts=False)
    keep_rhythm([person])

    assert (person.last_dialogue_on, person.talk_by) == (TODAY, TODAY + timedelta(weeks=8))
