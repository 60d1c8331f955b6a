"""Logging a dialogue with several, and with several promises: without script too, and nothing typed is lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from contacts.models import Dialogue, FollowUp
from tests.contacts.factories import (
    TODAY,
    AffiliationFactory,
    OrganisationFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(officer):
    return PersonFactory(name="Amina Rahbek", owner=officer)


@pytest.fixture
def club():
    return OrganisationFactory(name="Open Doors")


def sent(person, **fields):
    typed = {"kind": "meeting", "summary": "An evening for parents.", "date": TODAY, "note_readers": "team"}
    return typed | {"who": f"person:{person.pk}"} | fields


def log(desk, person, **fields):
    return desk.post(reverse("workspace:log"), sent(person, **fields))


def test_everybody_one_adds_was_there(desk, amina, club):
    farhan = PersonFactory()

    log(desk, amina, others=[f"person:{farhan.pk}", f"organisation:{club.pk}"])

    talk = Dialogue.objects.get()
    assert set(talk.people.all()) == {amina, farhan}
    assert list(talk.organisations.all()) == [club]


def test_the_organisations_of_all_of_them_show_the_dialogue_if_the_officer_wants_that(desk, amina, club):
    farhan = AffiliationFactory(organisation=club, primary=True).person

    log(desk, amina, others=[f"person:{farhan.pk}"], with_organisation="on")

    assert list(Dialogue.objects.get().organisations.all()) == [club]


def test_somebody_named_twice_was_there_once(desk, amina):
    log(desk, amina, others=[f"person:{amina.pk}"])

    assert list(Dialogue.objects.get().people.all()) == [amina]


def test_searching_for_one_more_keeps_those_added_before_and_every_word(desk, amina, club):
    typed = {"others": [f"organisation:{club.pk}"], "find_other": "Farhan", "search": "other", "promise": "Send it"}
    farhan = PersonFactory(name="Farhan Holm")

    form = log(desk, amina, **typed).context["form"]

    assert [who.title for _value, who in form.fields["others"].choices] == ["Open Doors", farhan.name]
    assert form["others"].value() == [f"organisation:{club.pk}"]
    assert (form["summary"].value(), form["promise"].value()) == ("An evening for parents.", "Send it")
    assert not form.errors
    assert not Dialogue.objects.exists()


def test_a_name_of_somebody_else_that_was_not_looked_for_is_looked_for_first(desk, amina):
    PersonFactory(name="Farhan Holm")

    response = log(desk, amina, find_other="Farhan")

    assert "Farhan Holm" in response.content.decode()
    assert not Dialogue.objects.exists()


def test_one_that_is_hidden_is_no_choice_as_one_that_is_not_there(desk, amina, stranger):
    hidden = PersonFactory(owner=stranger, restricted=True, name="Nobody Knows")

    answers = [log(desk, amina, others=[f"person:{key}"]) for key in (hidden.pk, uuid4())]

    assert [response.status_code for response in answers] == [422, 422]
    assert len({str(response.context["form"].errors["others"]) for response in answers}) == 1
    assert "Nobody Knows" not in answers[0].content.decode()


def test_a_planned_conversation_is_nobody_else_who_was_there(desk, officer, amina):
    meeting = FollowUp.objects.create(
        title="Plan", owner=officer, person=amina, due_on=TODAY, starts_at="13:00", promised_on=TODAY
    )

    response = log(desk, amina, others=[f"meeting:{meeting.pk}"])

    assert response.status_code == 422
    assert "others" in response.context["form"].errors


def test_ten_others_cost_no_more_queries_than_two(desk, amina, django_assert_max_num_queries):
    def others(number):
        return [f"person:{PersonFactory().pk}" for _one in range(number)]

    url, few, many = reverse("workspace:log"), sent(amina, others=others(2)), sent(amina, others=others(10))
    desk.post(url, few)
    counted = []
    for typed in (few, many):
        with django_assert_max_num_queries(60) as asked:
            assert desk.post(url, typed).status_code == 302
        counted.append(len(asked))

    assert counted[0] == counted[1] <= 16


def test_each_promise_has_its_day_and_whoever_keeps_it(desk, officer, colleague, amina):
    second = {"promise_2": "Ask the hall", "promise_due_2": TODAY + timedelta(days=9), "promise_owner_2": colleague.pk}

    log(desk, amina, promise="Send material", promise_due=TODAY + timedelta(days=3), **second)

    made = FollowUp.objects.order_by("due_on")
    assert [(one.title, one.owner, one.person) for one in made] == [
        ("Send material", officer, amina),
        ("Ask the hall", colleague, amina),
    ]
    assert [(one.due_on - TODAY).days for one in made] == [3, 9]


def test_one_more_promise_brings_the_form_back_with_everything_typed(desk, amina, club):
    form = log(desk, amina, promise="Send material", others=[f"organisation:{club.pk}"], add="promise").context["form"]

    assert [title.value() for title, _due, _owner in form.promise_rows] == ["Send material", None]
    assert form["promise_due_2"].value() == (TODAY + timedelta(days=7)).isoformat()
    assert form["others"].value() == [f"organisation:{club.pk}"]
    assert form["summary"].value() == "An evening for parents."
    assert not form.errors
    assert not Dialogue.objects.exists()


def test_a_second_promise_needs_a_day_too(desk, amina):
    response = log(desk, amina, promise_2="Ask the hall", promise_due_2="")

    assert "Write by when you promised it." in str(response.context["form"].errors["promise_due_2"])
    assert not Dialogue.objects.exists()


def test_a_promise_is_kept_by_nobody_who_may_not_see_whom_it_was_made_to(desk, amina, stranger):
    amina.restricted = True
    amina.save()

    response = log(desk, amina, promise="Send it", promise_due=TODAY, promise_owner=stranger.pk)

    assert "promise_owner" in response.context["form"].errors
    assert not FollowUp.objects.exists()


def test_a_draft_keeps_those_who_were_there_and_every_promise(desk, officer, amina, club):
    typed = sent(amina, others=[f"organisation:{club.pk}"], promise="Send it", promise_2="Ask the hall")
    desk.post(reverse("workspace:keep_draft"), typed | {"form": "log", "writer": officer.pk, "sequence": 1})

    begun = desk.get(reverse("workspace:log")).context["writing"].begun[0].draft
    form = desk.get(reverse("workspace:log"), {"draft": begun.pk}).context["form"]

    assert form["others"].value() == [f"organisation:{club.pk}"]
    assert [title.value() for title, _due, _owner in form.promise_rows] == ["Send it", "Ask the hall"]
    assert [who.title for _value, who in form.fields["others"].choices] == ["Open Doors"]


def test_a_talk_with_several_moves_the_rhythm_of_each_and_turns_none_back(desk, amina):
    lately = PersonFactory(rhythm_weeks=4, last_dialogue_on=TODAY)
    amina.rhythm_weeks = 8
    amina.save()

    log(desk, amina, others=[f"person:{lately.pk}"], date=TODAY - timedelta(days=7))

    for person in (amina, lately):
        person.refresh_from_db()
    assert (amina.last_dialogue_on, amina.talk_by) == (TODAY - timedelta(days=7), TODAY + timedelta(weeks=7))
    assert (lately.last_dialogue_on, lately.talk_by) == (TODAY, TODAY + timedelta(weeks=4))
