"""A proposal is decided on once: the second officer is told who decided what; nothing is doubled or overwritten."""

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.models import FollowUp, Person, RegistrationLink
from contacts.services.keeping import keep
from contacts.services.linking import ignore, link
from contacts.services.taking_over import accept_correction, differences, fingerprint, refuse_correction
from events.models import Correction
from events.services import dialogue_requests
from tests.contacts.factories import NOW, OfficerFactory, PersonFactory, RegistrationFactory, TeamFactory
from tests.contacts.test_meanwhile import page
from tests.events.factories import DialogueRequestFactory
from tests.events.test_concurrency import at_once


@pytest.fixture
def registration(officer, team):
    return RegistrationFactory(name="Amina Rahbek", email="amina@work.example", event__owner=officer, event__team=team)


@pytest.fixture
def amina(officer):
    return keep(PersonFactory.build(name="Amina Rahbek", owner=officer), actor=officer)


@pytest.fixture
def correction(registration):
    return Correction.objects.create(registration=registration, phone="12 34 56 78", created_at=timezone.now())


def address(name, row):
    return reverse(f"workspace:{name}", args=[row.pk])


def new_person(registration):
    return f"{reverse('workspace:new_person')}?registration={registration.pk}"


def typed(**fields):
    return {"name": "Amina Rahbek", "source": "registered", "purpose": "dialogue", **fields}


def text_of(response):
    return response.content.decode()


LINKED = "Jonas Friis linked the registration to Amina Rahbek first. Nothing was changed."


def test_of_two_who_link_the_second_is_told_to_whom_it_is_linked(desk, colleague, registration, amina):
    other = PersonFactory(name="Another")
    link(registration, amina, actor=colleague)

    answer = desk.post(address("link_proposal", registration), {"person": other.pk, "seen": ""}, follow=True)

    assert LINKED in text_of(answer)
    assert RegistrationLink.objects.get().person == amina


def test_linking_to_the_same_person_twice_is_one_link(desk, colleague, registration, amina):
    first = link(registration, amina, actor=colleague)

    answer = desk.post(address("link_proposal", registration), {"person": amina.pk, "seen": ""}, follow=True)

    assert "The registration is linked to Amina Rahbek." in text_of(answer)
    assert RegistrationLink.objects.get().linked_by == first.linked_by == colleague


def test_keep_no_contact_does_not_undo_a_link_made_meanwhile(desk, colleague, registration, amina):
    link(registration, amina, actor=colleague)

    answer = desk.post(address("ignore_proposal", registration), {"reason": "came once"}, follow=True)

    assert LINKED in text_of(answer)
    assert RegistrationLink.objects.get().person == amina


def test_a_link_does_not_undo_that_no_contact_is_kept(desk, colleague, registration, amina):
    ignore(registration, actor=colleague)

    answer = desk.post(address("link_proposal", registration), {"person": amina.pk}, follow=True)

    assert "Jonas Friis decided first to keep no contact." in text_of(answer)
    assert RegistrationLink.objects.get().person is None


def test_whoever_saw_the_decision_may_decide_again(desk, colleague, registration, amina):
    ignore(registration, actor=colleague)
    seen = desk.get(address("proposal", registration)).context["seen"]

    desk.post(address("link_proposal", registration), {"person": amina.pk, "seen": seen})

    assert RegistrationLink.objects.get().person == amina


def test_a_refused_reason_keeps_what_the_page_showed(desk, colleague, registration, amina):
    ignore(registration, actor=colleague)

    sent = {"reason": "010290-1234", "seen": "nobody"}
    refused = desk.post(address("ignore_proposal", registration), sent)

    assert refused.status_code == 422
    assert '<input type="hidden" name="seen" value="nobody">' in text_of(refused)


def test_of_two_who_make_a_new_person_the_second_keeps_the_text_and_makes_nobody(desk, colleague, registration):
    stale = page(desk, new_person(registration), name="Amina R.")
    link(registration, PersonFactory(name="Amina Rahbek"), actor=colleague)

    answer = desk.post(new_person(registration), stale)

    assert answer.status_code == 422
    assert LINKED in text_of(answer) and 'value="Amina R."' in text_of(answer)
    assert Person.objects.get().name == "Amina Rahbek"


def test_a_tick_says_that_it_is_somebody_else_all_the_same(desk, colleague, registration, amina):
    stale = page(desk, new_person(registration), name="Amira Rahbæk", email="")
    link(registration, amina, actor=colleague)

    desk.post(new_person(registration), stale | {"decide_again": str(amina.pk)})

    assert RegistrationLink.objects.get().person.name == "Amira Rahbæk"


@pytest.mark.parametrize("tick", ["", "on", "nobody", "\x00"])
def test_a_tick_for_another_decision_is_none(desk, colleague, registration, amina, tick):
    link(registration, amina, actor=colleague)

    answer = desk.post(new_person(registration), typed(name="Amira", decide_again=tick))

    assert answer.status_code == 422
    assert Person.objects.count() == 1


def test_a_page_that_says_it_showed_a_decision_there_never_was_makes_nobody(desk, registration):
    answer = desk.post(new_person(registration), typed(seen="nobody"))

    assert "A colleague was first. Nothing was changed." in text_of(answer)
    assert not Person.objects.exists()


@pytest.mark.parametrize("name", ["proposal", "link_proposal", "ignore_proposal", "compare_proposal"])
def test_after_a_link_to_somebody_hidden_there_is_nothing_to_decide(desk, stranger, registration, amina, name):
    hidden = PersonFactory(name="Hidden", restricted=True, owner=stranger)
    link(registration, hidden, actor=stranger)

    answer = desk.post(f"{address(name, registration)}?person={amina.pk}", {"person": amina.pk, "seen": hidden.pk})

    assert answer.status_code == 404
    assert "Hidden" not in text_of(answer)
    assert RegistrationLink.objects.get().person == hidden


def test_a_comparison_sent_after_a_colleague_decided_changes_nothing(desk, colleague, registration, amina):
    other = keep(PersonFactory.build(name="Another", owner=colleague), actor=colleague)
    url = f"{address('compare_proposal', registration)}?person={other.pk}"
    stale = page(desk, url, name="take")
    link(registration, amina, actor=colleague)

    answer = desk.post(url, stale, follow=True)

    assert LINKED in text_of(answer)
    assert (RegistrationLink.objects.get().person, Person.objects.get(pk=other.pk).name) == (amina, "Another")


def test_a_comparison_with_a_person_changed_meanwhile_is_shown_anew(desk, colleague, registration, amina):
    url = f"{address('compare_proposal', registration)}?person={amina.pk}"
    stale = page(desk, url, email="add")
    keep(Person.objects.get(pk=amina.pk), actor=colleague)

    answer = desk.post(url, stale, follow=True)

    assert "What you compared has changed meanwhile." in text_of(answer)
    assert answer.redirect_chain[0][0] == url
    assert not RegistrationLink.objects.exists()


@pytest.mark.parametrize("name", ["compare_correction", "refuse_correction"])
@pytest.mark.parametrize("accepts", [True, False])
def test_a_correction_decided_meanwhile_says_who_decided_what(desk, colleague, amina, correction, name, accepts):
    if accepts:
        shown = fingerprint(differences(correction, amina, user=colleague))
        facts = {"shown": shown, "version": amina.version, "actor": colleague, "now": timezone.now()}
        accept_correction(correction, amina, {"phone": "add"}, **facts)
    else:
        refuse_correction(correction, actor=colleague, now=timezone.now(), reason="")

    answer = desk.post(f"{address(name, correction)}?person={amina.pk}", {"version": 1, "phone": "add"}, follow=True)

    did = "took over" if accepts else "refused"
    assert f"Jonas Friis {did} the correction first. Nothing was changed." in text_of(answer)
    assert amina.points.count() == accepts


@pytest.mark.parametrize(("says", "words"), [("accept", "said yes first"), ("decline", "said no first")])
@pytest.mark.parametrize("name", ["take_invitation", "decline_invitation", "hand_back_invitation"])
def test_an_invitation_answered_meanwhile_says_what_the_answer_was(desk, colleague, says, words, name):
    invitation = DialogueRequestFactory(confirmed=True, created_at=NOW, language="en")
    answered = {"answer": "No."} if says == "decline" else {}
    getattr(dialogue_requests, says)(invitation, officer=colleague, now=NOW, **answered)

    late = desk.post(address(name, invitation), {"from": "", "answer": "Sorry."}, follow=True)

    assert f"Jonas Friis {words}" in text_of(late)


def test_a_no_to_an_invitation_a_colleague_has_taken_keeps_its_words(desk, colleague):
    invitation = DialogueRequestFactory(confirmed=True, created_at=NOW, language="en")
    dialogue_requests.take(invitation, officer=colleague)

    late = desk.post(address("decline_invitation", invitation), {"answer": "We long to come another time."})

    assert late.status_code == 422
    assert "Jonas Friis was there first" in text_of(late) and "We long to come another time." in text_of(late)


@pytest.fixture
def two(db):
    """Two colleagues of one team at their desks, and a registration for its event."""
    team = TeamFactory()
    colleagues = [OfficerFactory(teams=[team]) for _number in range(2)]
    clients = [Client(), Client()]
    for client, colleague in zip(clients, colleagues, strict=True):
        client.force_login(colleague)
    return clients, RegistrationFactory(event__owner=colleagues[0], event__team=team)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_make_a_person_at_once_one_does(two):
    clients, registration = two

    sent = [partial(client.post, new_person(registration), typed(name=f"Ana {n}")) for n, client in enumerate(clients)]
    answers = at_once(*sent)

    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert RegistrationLink.objects.get().person == Person.objects.get()


@pytest.mark.django_db(transaction=True)
def test_of_a_link_and_keep_no_contact_at_once_one_holds_and_the_other_is_told(two):
    (one, other), registration = two
    person = PersonFactory()

    answers = at_once(
        partial(one.post, address("link_proposal", registration), {"person": person.pk}, follow=True),
        partial(other.post, address("ignore_proposal", registration), {}, follow=True),
    )

    linked = RegistrationLink.objects.get().person == person
    told = "linked the registration to" if linked else "decided first to keep no contact"
    assert [told in text_of(answer) for answer in answers] == [not linked, linked]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_say_yes_and_no_at_once_one_answer_holds(two):
    clients, _registration = two
    invitation = DialogueRequestFactory(confirmed=True, created_at=NOW, language="en")

    yes = page(clients[0], address("invitation", invitation))
    at_once(
        partial(clients[0].post, address("invitation", invitation), yes | {"kind": "cultural"}),
        partial(clients[1].post, address("decline_invitation", invitation), {"answer": "No."}),
    )

    invitation.refresh_from_db()
    assert FollowUp.objects.count() == Person.objects.count() == (invitation.status == "accepted")
