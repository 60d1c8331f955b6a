"""A second click on what the first removed, and a promise handed over while its owner wrote: calm, nothing lost."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from contacts.models import Channel
from contacts.services.channels import refuse
from tests.contacts.factories import TODAY, FollowUpFactory, PersonFactory, grant

pytestmark = pytest.mark.django_db


def sent_by(page, action):
    """What the form with this address sends."""
    form = re.search(rf'action="{re.escape(action)}">(.*?)</form>', page.content.decode(), re.S)[1]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def pressed_twice(client, page, action):
    sent = sent_by(client.get(page), action)
    assert client.post(action, sent).status_code == 302
    return client.post(action, sent, follow=True)


def test_lifting_a_refusal_twice_leads_back_with_a_sentence(desk, officer):
    person = PersonFactory()
    refusal = refuse(person, Channel.PHONE, since=TODAY, why="", actor=officer)
    page = reverse("workspace:person_channels", args=[person.pk])

    answer = pressed_twice(desk, page, reverse("workspace:lift_refusal", args=[refusal.pk]))

    assert answer.redirect_chain[-1][0] == page
    assert "It is not there any more, so there was nothing to do." in answer.content.decode()


def test_ending_access_twice_leads_back_with_a_sentence(desk, officer, colleague):
    person = PersonFactory(owner=officer, restricted=True)
    given = grant(person, colleague)
    page = reverse("workspace:person_access", args=[person.pk])

    answer = pressed_twice(desk, page, reverse("workspace:end_access", args=[given.pk]))

    assert answer.redirect_chain[-1][0] == page
    assert answer.status_code == 200


def test_what_was_shown_to_a_colleague_is_not_there_for_others(desk, officer, stranger):
    person = PersonFactory()
    refusal = refuse(person, Channel.PHONE, since=TODAY, why="", actor=officer)
    action = reverse("workspace:lift_refusal", args=[refusal.pk])
    sent = sent_by(desk.get(reverse("workspace:person_channels", args=[person.pk])), action)
    desk.post(action, sent)
    other = Client()
    other.force_login(stranger)

    answers = [other.post(action, sent), desk.post(action, sent | {"shown": "made up"}), desk.post(action)]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.parametrize(
    ("name", "field"),
    [("followup", "title"), ("followup_put_off", "reason"), ("followup_outcome", "outcome_text")],
)
def test_a_promise_handed_over_while_one_wrote_gives_the_text_back(desk, colleague, name, field):
    theirs = FollowUpFactory(owner=colleague, person=PersonFactory(), title="Send the material")

    answer = desk.post(reverse(f"workspace:{name}", args=[theirs.pk]), {field: "They want it on paper."})

    assert answer.status_code == 409
    assert "Jonas Friis keeps it now" in answer.content.decode()
    assert "They want it on paper." in answer.content.decode()
    theirs.refresh_from_db()
    assert theirs.title == "Send the material"


@pytest.mark.parametrize("name", ["followup", "followup_put_off", "followup_outcome"])
def test_one_that_is_hidden_by_now_answers_as_one_that_is_not_there(desk, stranger, name):
    hidden = FollowUpFactory(owner=stranger, person=PersonFactory(owner=stranger, restricted=True))
    gone = FollowUpFactory()
    key = gone.pk
    gone.delete()
    typed = {"title": "Text", "reason": "Text", "outcome_text": "Text", "until": TODAY + timedelta(days=1)}

    answers = [desk.post(reverse(f"workspace:{name}", args=[pk]), typed) for pk in (hidden.pk, key)]

    assert [answer.status_code for answer in answers] == [404, 404]
