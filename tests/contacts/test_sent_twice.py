"""A form sent twice, by a double tap or after going back, makes one thing and leads to the same page."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.models import Dialogue, FollowUp, Organisation, Person
from outreach.audit.models import Entry
from tests.contacts.factories import TODAY, FollowUpFactory, OrganisationFactory, PersonFactory
from tests.events.test_concurrency import at_once

KEY = "0d7f5b7f-3a11-4c76-9d6e-8b0f2f0e6a0e"
SAID = "saved once"


def dialogue_typed(who, **fields):
    typed = {"who": who, "kind": "call", "summary": "A line.", "note_readers": "me", "date": TODAY, "form_key": KEY}
    return typed | fields


def sent_twice(desk, url, typed):
    """Both answers; the second says that it was the second."""
    first, second = desk.post(url, typed), desk.post(url, typed, follow=True)
    assert first.status_code == 302
    assert second.redirect_chain[0][0] == first.headers["Location"]
    assert SAID in second.content.decode()


def test_a_dialogue_with_its_promise_is_kept_once(desk):
    person = PersonFactory()
    typed = dialogue_typed(f"person:{person.pk}", promise="Send the dates", promise_due=TODAY)

    sent_twice(desk, reverse("workspace:log"), typed)

    assert (Dialogue.objects.count(), FollowUp.objects.count()) == (1, 1)
    assert Entry.objects.filter(verb="create", object_label="contacts.Dialogue").count() == 1


def test_a_planned_conversation_that_is_held_by_now_is_no_reason_to_refuse_the_second(desk, officer):
    meeting = FollowUpFactory(owner=officer, person=PersonFactory(), starts_at="10:00")

    sent_twice(desk, reverse("workspace:log"), dialogue_typed(f"meeting:{meeting.pk}"))

    assert Dialogue.objects.count() == 1


@pytest.mark.parametrize("url", ["workspace:new_person", "workspace:new_organisation"])
def test_a_contact_is_kept_once(desk, url):
    typed = {"name": "Amina Rahbek", "kind": "cultural", "source": "wrote", "purpose": "dialogue", "form_key": KEY}

    sent_twice(desk, reverse(url), typed)

    assert Person.objects.count() + Organisation.objects.count() == 1


def test_a_promise_is_kept_once(desk, officer):
    url = reverse("workspace:new_person_followup", args=[PersonFactory().pk])

    sent_twice(desk, url, {"title": "Send the dates", "due_on": TODAY, "owner": officer.pk, "form_key": KEY})

    assert FollowUp.objects.count() == 1


def test_every_page_of_the_form_brings_a_key_of_its_own_and_keeps_it_when_it_comes_back(desk):
    url, person = reverse("workspace:log"), PersonFactory()
    keys = {desk.get(url).context["form"].key for _ in range(2)}

    page = desk.post(url, dialogue_typed(f"person:{person.pk}", summary=""))

    assert len(keys) == 2
    assert page.status_code == 422
    assert f'value="{KEY}"' in page.content.decode()


@pytest.mark.parametrize("key", ["", "mangled", "\x00"])
def test_a_missing_or_mangled_key_stops_nobody(desk, key):
    person = PersonFactory()

    assert desk.post(reverse("workspace:log"), dialogue_typed(f"person:{person.pk}", form_key=key)).status_code == 302
    assert Dialogue.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_the_same_moment_make_one(officer, client):
    person = PersonFactory()
    clients = [Client(), Client()]
    for one in clients:
        one.force_login(officer)
    typed = dialogue_typed(f"person:{person.pk}", date=timezone.localdate().isoformat())

    answers = at_once(*[lambda one=one: one.post(reverse("workspace:log"), typed) for one in clients])

    assert [answer.headers["Location"] for answer in answers] == [person.get_absolute_url()] * 2
    assert Dialogue.objects.count() == 1


def test_the_key_of_somebody_else_changes_nothing_of_theirs_and_loses_nothing_of_mine(desk, officer, stranger):
    theirs = Dialogue.objects.create(pk=KEY, author=stranger, summary="Theirs", date=TODAY)

    response = desk.post(reverse("workspace:log"), dialogue_typed(f"person:{PersonFactory().pk}"))

    theirs.refresh_from_db()
    assert response.status_code == 302
    assert (theirs.summary, theirs.author) == ("Theirs", stranger)
    assert Dialogue.objects.get(author=officer).summary == "A line."


@pytest.mark.parametrize("key", [KEY, "8b0f2f0e-6a0e-4c76-9d6e-0d7f5b7f3a11"])
def test_the_key_of_a_hidden_contact_says_no_more_than_one_that_is_free(desk, stranger, key):
    PersonFactory(pk=KEY, name="Hidden", owner=stranger, restricted=True)
    typed = {"name": "Amina Rahbek", "source": "wrote", "purpose": "dialogue", "form_key": key}

    text = desk.post(reverse("workspace:new_person"), typed, follow=True).content.decode()

    assert "Amina Rahbek is saved." in text and SAID not in text
    assert Person.objects.get(pk=KEY).name == "Hidden"


def test_a_role_is_given_once(desk):
    person, club = PersonFactory(), OrganisationFactory()
    url = reverse("workspace:new_role", args=[person.pk]) + f"?organisation={club.pk}"

    sent_twice(desk, url, {"role": "chair", "form_key": KEY})

    assert person.affiliations.count() == 1


def test_access_is_given_once(desk, officer, colleague):
    person = PersonFactory(owner=officer, restricted=True)
    typed = {"do": "give", "colleague": colleague.pk, "until": TODAY, "reason": "joint visit", "form_key": KEY}

    sent_twice(desk, reverse("workspace:person_access", args=[person.pk]), typed)

    assert Entry.objects.filter(verb="create", object_label="contacts.ContactGrant").count() == 1
