"""An association's invitation in the workspace: who reads it, who answers it, and what a yes leads to."""

from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.menu import proposed
from contacts.models import Affiliation, FollowUp, Organisation, Person
from contacts.reaching import key_of
from events.models import DialogueRequest
from events.services import dialogue_requests
from outreach.accounts.models import Role
from outreach.audit.models import Entry
from tests.contacts.factories import NOW, TODAY, AffiliationFactory, OfficerFactory, OrganisationFactory, PersonFactory
from tests.events.factories import DialogueRequestFactory
from tests.events.test_concurrency import at_once

pytestmark = pytest.mark.django_db
Status = DialogueRequest.Status


@pytest.fixture
def invitation(db):
    return DialogueRequestFactory(organisation="Åbne Døre", confirmed=True, created_at=NOW, language="en")


def page(name, invitation):
    return reverse(f"workspace:{name}", args=[invitation.pk])


def yes(**changed):
    typed = {"organisation": "new", "kind": "cultural", "person": "new", "role": "chair"}
    return typed | {"title": "Agree on a day", "due_on": TODAY, "form_key": str(uuid4()), **changed}


def compared(desk, invitation, typed, *, query="", **taken):
    """What is sent when the page has asked field by field: ours is kept but for those ``taken``."""
    form = desk.post(page("invitation", invitation) + query, typed).context["form"]
    kept = {one.field: "keep" for one in form.differences}
    return typed | {"shown": form["shown"].value()} | kept | taken


def status(invitation):
    return DialogueRequest.objects.get(pk=invitation.pk).status


def test_it_waits_among_the_proposals_on_today_and_in_the_menu(desk, officer, invitation, rf):
    DialogueRequestFactory(organisation="Nobody confirmed", created_at=NOW)

    for name in ("proposals", "today"):
        text = desk.get(reverse(f"workspace:{name}")).content.decode()
        assert "Åbne Døre" in text
        assert "Nobody confirmed" not in text
    request = rf.get("/")
    request.user = officer
    assert sum(rows.count() for rows in proposed(request)) == 1


def test_only_officers_and_their_leads_read_it_and_only_once_confirmed(invitation):
    pending = DialogueRequestFactory(created_at=NOW)
    for role in Role.values:
        user = OfficerFactory(role=role)
        seen = set(DialogueRequest.objects.visible_to(user))
        assert seen == ({invitation} if role in ("officer", "team_lead") else set())
        client = Client()
        client.force_login(user)
        codes = [client.get(page("invitation", one)).status_code for one in (invitation, pending)]
        assert codes == ([200, 404] if seen else [403, 403]), role


def test_reading_it_is_recorded(desk, invitation):
    desk.get(page("invitation", invitation))
    desk.get(reverse("workspace:proposals"))

    entries = Entry.objects.filter(object_label="events.DialogueRequest")
    assert {entry.verb: [entry.object_id, *entry.ids] for entry in entries} == {
        "view": [str(invitation.pk)],
        "list": ["", str(invitation.pk)],
    }


def test_a_yes_keeps_who_is_new_as_they_wrote_and_notes_what_happens_next(desk, officer, invitation, work):
    assert "Mette Lund will be in touch" in desk.get(page("invitation", invitation)).content.decode()

    answer = desk.post(page("invitation", invitation), yes())

    organisation, person, follow_up = Organisation.objects.get(), Person.objects.get(), FollowUp.objects.get()
    assert answer.headers["Location"] == organisation.get_absolute_url()
    assert (organisation.name, organisation.kind.slug, organisation.email) == ("Åbne Døre", "cultural", "")
    assert (person.name, person.email, person.owner) == ("Åse Kær", "ase@example.org", officer)
    assert person.source == "invited us to a dialogue on 23 November 2026"
    assert person.affiliations.get().role == "chair"
    assert (follow_up.invitation, follow_up.owner, follow_up.due_on) == (invitation, officer, TODAY)
    assert status(invitation) == Status.ACCEPTED
    work()
    [letter] = mail.outbox
    assert "Mette Lund will be in touch" in letter.body
    assert "Agree on a day" in desk.get(page("invitation", invitation)).content.decode()
    assert page("invitation", invitation) in desk.get(page("followup", follow_up)).content.decode()


def test_whoever_we_know_is_offered_first_and_stays_as_they_were(desk, invitation):
    role = AffiliationFactory(
        person__name="Åse Kær", person__email="other@example.org", person__phone="1", organisation__name="Aabne Doere"
    )
    before = Person.objects.values().get()
    form = desk.get(page("invitation", invitation)).context["form"]
    assert (form["organisation"].value(), form["person"].value()) == (str(role.organisation_id), str(role.person_id))

    typed = yes(organisation=role.organisation_id, person=role.person_id, kind="")
    desk.post(page("invitation", invitation), compared(desk, invitation, typed))

    assert Person.objects.values().get() == before
    assert Affiliation.objects.get() == role
    assert FollowUp.objects.get().person == role.person


def test_what_they_wrote_is_compared_with_what_we_hold_field_by_field(desk, invitation):
    DialogueRequest.objects.update(phone="12 34 56 78")
    role = AffiliationFactory(person__name="Åse Kær", person__email="ase@example.org", person__phone="")
    typed = yes(organisation=role.organisation_id, person=role.person_id, kind="")
    search = f"?q={role.organisation.name}"

    asked = desk.post(page("invitation", invitation) + search, typed)
    desk.post(page("invitation", invitation) + search, compared(desk, invitation, typed, query=search, phone="add"))

    assert asked.status_code == 422
    assert [one.field for one in asked.context["form"].differences] == ["phone"]
    assert "They wrote something else than we hold. Choose." in asked.content.decode()
    assert key_of("phone", Person.objects.get().phone) == key_of("phone", "12345678")
    assert status(invitation) == Status.ACCEPTED


def test_what_changed_since_the_page_was_shown_is_asked_again(desk, invitation):
    DialogueRequest.objects.update(phone="12 34 56 78")
    role = AffiliationFactory(person__name="Åse Kær", person__phone="", organisation__name="Aabne Doere")
    typed = yes(organisation=role.organisation_id, person=role.person_id, kind="")
    sent = compared(desk, invitation, typed, phone="add")
    DialogueRequest.objects.update(phone="87 65 43 21")

    answer = desk.post(page("invitation", invitation), sent)

    assert answer.status_code == 422
    assert Person.objects.get().phone == ""
    assert status(invitation) == Status.CONFIRMED


def test_somebody_hidden_is_neither_found_nor_taken(desk, invitation, stranger):
    hidden = PersonFactory(name="Åse Kær", restricted=True, owner=stranger)

    assert str(hidden.pk) not in desk.get(page("invitation", invitation) + "?q=kær").content.decode()
    assert desk.post(page("invitation", invitation) + "?q=kær", yes(person=str(hidden.pk))).status_code == 422
    assert status(invitation) == Status.CONFIRMED


def test_somebody_found_by_a_search_can_be_chosen(desk, invitation):
    person, organisation = PersonFactory(name="Amina Rahbek"), OrganisationFactory(name="Rahbek og venner")

    typed = yes(person=person.pk, organisation=organisation.pk, kind="")
    answer = desk.post(
        page("invitation", invitation) + "?q=rahbek", compared(desk, invitation, typed, query="?q=rahbek")
    )

    assert answer.status_code == 302
    assert (FollowUp.objects.get().person, FollowUp.objects.get().organisation) == (person, organisation)


def test_a_new_organisation_needs_a_kind_and_a_day_must_come(desk, invitation):
    answer = desk.post(page("invitation", invitation), yes(kind="", due_on="2020-01-01"))

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"kind", "due_on"}
    assert not Organisation.objects.exists()


def test_a_yes_sent_twice_is_one_yes(desk, invitation):
    typed = yes()

    first, second = (desk.post(page("invitation", invitation), typed) for _click in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert (FollowUp.objects.count(), Organisation.objects.count()) == (1, 1)


def test_a_no_is_read_before_it_is_sent(desk, invitation, work):
    text = desk.get(page("decline_invitation", invitation)).content.decode()
    assert all(words in text for words in ("Our answer to your invitation", "Hello Åse Kær", "send 1 mail"))
    assert status(invitation) == Status.CONFIRMED

    assert desk.post(page("decline_invitation", invitation), {"answer": "CPR 010190-1234"}).status_code == 422
    desk.post(page("decline_invitation", invitation), {"answer": "We are sorry."})

    assert status(invitation) == Status.DECLINED
    work()
    [letter] = mail.outbox
    assert "We are sorry." in letter.body
    assert letter.subject == "Our answer to your invitation"


def test_an_invitation_is_taken_handed_back_and_taken_over_only_from_whom_one_saw(
    desk, officer, colleague, invitation
):
    def handler():
        return DialogueRequest.objects.get(pk=invitation.pk).handler

    desk.post(page("take_invitation", invitation), {"from": ""})
    assert handler() == officer
    desk.post(page("hand_back_invitation", invitation))
    assert handler() is None
    dialogue_requests.take(invitation, officer=colleague)

    late = desk.post(page("take_invitation", invitation), {"from": ""}, follow=True)

    assert "Jonas Friis was there first" in late.content.decode()
    assert handler() == colleague
    assert 'name="organisation"' not in late.content.decode()
    desk.post(page("take_invitation", invitation), {"from": str(colleague.pk)})
    assert handler() == officer


@pytest.mark.parametrize("name", ["invitation", "decline_invitation", "hand_back_invitation"])
def test_whoever_comes_after_a_colleague_is_told_calmly(desk, colleague, invitation, name):
    dialogue_requests.take(invitation, officer=colleague)

    late = desk.post(page(name, invitation), yes(answer="No."), follow=True)

    assert "Jonas Friis was there first" in late.content.decode()
    assert status(invitation) == Status.CONFIRMED
    assert not FollowUp.objects.exists() and not Organisation.objects.exists()


def test_what_was_withdrawn_meanwhile_is_said_and_nothing_is_kept(desk, invitation):
    dialogue_requests.withdraw(invitation.pk, now=NOW)

    text = desk.post(page("decline_invitation", invitation), {"answer": "No."}, follow=True).content.decode()

    assert "no longer as you saw it" in text
    assert "There is nothing to do." in text


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_say_yes_at_once_one_has_it(invitation):
    clients = [Client(), Client()]
    for one in clients:
        one.force_login(OfficerFactory())
    typed = {"due_on": timezone.localdate().isoformat()}

    at_once(*[lambda one=one: one.post(page("invitation", invitation), yes(**typed)) for one in clients])

    assert (FollowUp.objects.count(), Organisation.objects.count(), Person.objects.count()) == (1, 1, 1)
    assert FollowUp.objects.get().owner == DialogueRequest.objects.get().handler


def test_a_long_list_asks_no_more_than_a_short_one(desk, django_assert_max_num_queries):
    for _round in range(2):
        DialogueRequestFactory.create_batch(30, confirmed=True, created_at=NOW)
        with django_assert_max_num_queries(14):
            assert desk.get(reverse("workspace:proposals")).status_code == 200


def test_the_invitation_may_be_erased_and_the_follow_up_stays(desk, invitation):
    desk.post(page("invitation", invitation), yes())

    DialogueRequest.objects.all().delete()

    assert FollowUp.objects.get().invitation is None
