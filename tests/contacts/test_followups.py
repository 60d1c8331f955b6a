"""A promise from being made in a dialogue to its outcome: who keeps it, when it is put off, how it went."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from contacts.models import FollowUp
from tests.contacts.factories import (
    NOW,
    TODAY,
    FollowUpFactory,
    OfficerFactory,
    PersonFactory,
    TeamFactory,
    dialogue,
    grant,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

LATER = TODAY + timedelta(days=10)
FACTS = {"title": "Send the dates", "due_on": TODAY, "priority": 2}


def errors(response):
    return response.context["form"].errors


def listed(desk, whose="", **more):
    return [row.title for row in desk.get(reverse("workspace:followups"), {"whose": whose, **more}).context["page"]]


def test_a_follow_up_without_an_owner_is_a_sentence_at_the_field(desk):
    response = desk.post(reverse("workspace:new_person_followup", args=[PersonFactory().pk]), FACTS)

    assert (response.status_code, errors(response)["owner"]) == (422, ["Choose who keeps it."])


def test_the_database_keeps_no_follow_up_without_an_owner():
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.create(title="x", due_on=TODAY, promised_on=TODAY)


def test_one_who_may_not_see_the_contact_is_no_choice(desk, officer, stranger):
    person = PersonFactory(owner=officer, restricted=True)
    url = reverse("workspace:new_person_followup", args=[person.pk])

    choices = list(desk.get(url).context["form"].fields["owner"].queryset)
    refused = desk.post(url, FACTS | {"owner": stranger.pk})
    grant(person, stranger)
    desk.post(url, FACTS | {"owner": stranger.pk})

    assert choices == [officer]
    assert errors(refused)["owner"] == ["Choose a colleague who may see the contact."]
    assert FollowUp.objects.get().owner == stranger


def test_handing_one_to_a_colleague_mails_nobody_and_says_so(desk, officer, mailoutbox):
    colleague = OfficerFactory()
    promise = FollowUpFactory(owner=officer, person=PersonFactory())

    url = reverse("workspace:followup", args=[promise.pk])
    page = desk.post(url, FACTS | {"owner": colleague.pk}, follow=True).content.decode()

    promise.refresh_from_db()
    assert (promise.owner, mailoutbox) == (colleague, [])
    assert f"It stands in the day of {colleague}, who got no mail." in page


def test_a_dialogue_makes_one_in_one_step(desk, officer):
    person = PersonFactory()
    talk = dialogue(officer, people=[person])
    url = reverse("workspace:new_dialogue_followup", args=[talk.pk])

    response = desk.post(url, {"title": "Send the dates", "due_on": TODAY, "owner": officer.pk})

    promise = FollowUp.objects.get()
    assert response.url == reverse("workspace:dialogue", args=[talk.pk])
    assert (promise.dialogue, promise.person, promise.promised_on) == (talk, person, talk.date)
    assert promise.priority == FollowUp.Priority.NORMAL


def test_putting_one_off_keeps_what_it_was_due_and_why(desk, officer):
    promise = FollowUpFactory(owner=officer, due_on=TODAY)
    url = reverse("workspace:followup_put_off", args=[promise.pk])

    desk.post(url, {"until": LATER, "reason": "The parish answers next week"})
    desk.post(url, {"until": LATER + timedelta(days=7), "reason": "They are away"})

    promise.refresh_from_db()
    assert promise.due_on == LATER + timedelta(days=7)
    assert [(one.was_due, one.until) for one in promise.snoozes.all()] == [(LATER, promise.due_on), (TODAY, LATER)]
    assert "Put off 2 times" in desk.get(reverse("workspace:followup", args=[promise.pk])).content.decode()


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"until": TODAY, "reason": "x"}, "until", "Choose a day later than the one it was due."),
        ({"until": LATER, "reason": ""}, "reason", "Write why it is put off."),
    ],
)
def test_one_is_put_off_to_a_later_day_and_for_a_reason(desk, officer, typed, field, message):
    promise = FollowUpFactory(owner=officer, due_on=TODAY)

    response = desk.post(reverse("workspace:followup_put_off", args=[promise.pk]), typed)

    assert errors(response)[field] == [message]
    assert not promise.snoozes.exists()


def test_done_takes_one_click_and_the_outcome_may_be_added(desk, officer):
    promise = FollowUpFactory(owner=officer)
    desk.post(reverse("workspace:followup_done", args=[promise.pk]))
    outcome = {"outcome": FollowUp.Outcome.NOT_NEEDED, "outcome_text": "They found a hall"}
    desk.post(reverse("workspace:followup_outcome", args=[promise.pk]), outcome)

    promise.refresh_from_db()
    assert promise.done_at is not None
    assert (promise.outcome, promise.outcome_text) == ("not_needed", "They found a hall")


def test_one_opened_again_has_no_outcome(desk, officer):
    promise = FollowUpFactory(owner=officer, done_at=NOW, outcome="kept")

    desk.post(reverse("workspace:followup_reopen", args=[promise.pk]))

    promise.refresh_from_db()
    assert (promise.done_at, promise.outcome) == (None, "")


def test_only_what_is_done_has_an_outcome():
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUpFactory(outcome="kept")


def test_my_day_and_my_week_have_what_is_overdue_first(desk, officer):
    for title, days in {"later": 8, "in a week": 7, "today": 0, "overdue": -3}.items():
        FollowUpFactory(owner=officer, title=title, due_on=TODAY + timedelta(days=days))
    FollowUpFactory(owner=officer, title="today and important", priority=3)

    assert listed(desk, "day") == ["overdue", "today and important", "today"]
    assert listed(desk, "week") == ["overdue", "today and important", "today", "in a week"]


def test_my_team_has_what_its_members_promised_to_whom_i_may_see(desk, officer):
    team = TeamFactory()
    officer.teams.add(team)
    member = OfficerFactory()
    member.teams.add(team)
    FollowUpFactory(title="theirs", owner=member, person=PersonFactory())
    FollowUpFactory(title="hidden", owner=member, person=PersonFactory(owner=member, restricted=True))
    FollowUpFactory(title="elsewhere", owner=OfficerFactory(), person=PersonFactory())

    assert listed(desk, "team") == ["theirs"]


def test_a_list_is_narrowed_by_priority_and_by_what_waits(desk, officer):
    FollowUpFactory(title="usual", owner=officer)
    FollowUpFactory(title="important", owner=officer, priority=3)
    FollowUpFactory(title="waits", owner=officer, waiting_for="the parish")

    assert listed(desk, high=1) == ["important"]
    assert listed(desk, waiting=1) == ["waits"]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("due_on", "1999-12-31", "The day lies too far back."),
        ("due_on", "9999-12-31", "The day lies too far ahead."),
        ("minutes", 1441, "A conversation lasts a minute at least and a day at most."),
        ("minutes", 0, "A conversation lasts a minute at least and a day at most."),
    ],
)
def test_a_slip_of_the_year_or_the_length_is_a_sentence_at_the_field(desk, officer, field, value, message):
    person = PersonFactory()
    typed = {"title": "Send it", "due_on": "2026-12-01", "owner": officer.pk, "starts_at": "10:00", field: value}

    answer = desk.post(reverse("workspace:new_person_followup", args=[person.pk]), typed)

    assert answer.status_code == 422
    assert message in str(answer.context["form"].errors[field])
    assert not FollowUp.objects.exists()
