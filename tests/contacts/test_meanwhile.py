"""Two pages of one thing, sent one after the other: the second is told, and nothing of the first is lost."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.models import (
    Affiliation,
    ContactGrant,
    Dialogue,
    FollowUp,
    Initiative,
    OrganisationKind,
    Person,
    Relationship,
    RelationshipKind,
    Topic,
)
from contacts.services.sharing import NotRestricted, give_access, open_up
from outreach.accounts.models import Role
from tests.contacts.factories import (
    NOW,
    TODAY,
    AffiliationFactory,
    FollowUpFactory,
    OfficerFactory,
    PersonFactory,
    grant,
)
from tests.events.test_concurrency import at_once

LOOK_AGAIN = "A colleague changed this while you had it open."
ELSEWHERE = "It was changed while you had it open"
LATER = TODAY + timedelta(days=9)


def address(name, row):
    return reverse(f"workspace:{name}", args=[row.pk])


def page(client, url, **changed):
    """What the form of ``url`` would send as it stands now, with ``changed``."""
    form = client.get(url).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in typed.items() if value is not None} | changed


def told(response, *sentences):
    """The form came back with these sentences, and nothing was saved."""
    text = response.content.decode()
    assert response.status_code == 422, text
    for sentence in sentences:
        assert sentence in text
    return response


@pytest.fixture
def promise(officer):
    return FollowUpFactory(title="Send the dates", owner=officer, person=PersonFactory())


def test_a_promise_changed_in_two_tabs_is_asked_about_and_kept_as_typed_the_second_time(desk, promise):
    url = address("followup", promise)
    stale = page(desk, url, title="Send both dates")
    desk.post(url, page(desk, url, title="Send the date", waiting_for="the board"))

    asked = told(desk.post(url, stale), ELSEWHERE, "Saved meanwhile: Send the date", "Saved meanwhile: the board")
    assert FollowUp.objects.get().waiting_for == "the board"

    desk.post(url, stale | {"version": asked.context["form"]["version"].value()})
    assert FollowUp.objects.get().title == "Send both dates"


@pytest.mark.parametrize("version", ["0", "-1", "99999999999999999999", "x", "\x00", "١"])
def test_a_version_that_was_made_up_saves_nothing_at_first(desk, promise, version):
    url = address("followup", promise)

    told(desk.post(url, page(desk, url, title="Else", version=version)), ELSEWHERE)

    assert FollowUp.objects.get().title == "Send the dates"


def test_a_draft_of_a_promise_that_was_changed_meanwhile_is_asked_about_too(desk, officer, promise):
    url = address("followup", promise)
    writer = {"form": f"followup:{promise.pk}", "writer": officer.pk, "sequence": 1}
    desk.post(reverse("workspace:keep_draft"), page(desk, url, title="From the draft", **writer))
    desk.post(url, page(desk, url, title="Saved meanwhile"))
    draft = desk.get(url).context["writing"].begun[0].draft

    told(desk.post(url, page(desk, f"{url}?draft={draft.pk}")), ELSEWHERE)

    assert FollowUp.objects.get().title == "Saved meanwhile"


def test_a_promise_put_off_in_two_tabs_is_put_off_once(desk, promise):
    url = address("followup_put_off", promise)
    first, second = page(desk, url, until=LATER, reason="ill"), page(desk, url, until=LATER, reason="holiday")
    desk.post(url, first)

    told(desk.post(url, second), "It was changed meanwhile, and is due on")

    assert [snooze.reason for snooze in promise.snoozes.all()] == ["ill"]


def test_a_promise_done_meanwhile_is_not_put_off(desk, promise):
    url = address("followup_put_off", promise)
    stale = page(desk, url, until=LATER, reason="ill")
    desk.post(address("followup_done", promise))

    told(desk.post(url, stale), "It is done. Open it again before you put it off.")

    assert FollowUp.objects.get().due_on == promise.due_on


def test_an_outcome_written_meanwhile_is_not_overwritten(desk, promise):
    url = address("followup_outcome", promise)
    stale = page(desk, url, outcome="not_needed", outcome_text="They said so.")
    desk.post(url, page(desk, url, outcome="kept", outcome_text="Sent on Monday."))

    told(desk.post(url, stale), ELSEWHERE, "Saved meanwhile: Sent on Monday.")

    assert FollowUp.objects.get().outcome_text == "Sent on Monday."


def test_done_in_another_tab_leaves_the_outcome_and_the_day(desk, promise):
    desk.post(address("followup_outcome", promise), {"outcome": "kept", "outcome_text": "Sent."})
    before = FollowUp.objects.values().get()

    desk.post(address("followup_done", promise), {"version": promise.version})

    assert FollowUp.objects.values().get() == before


def test_opening_again_from_an_old_page_takes_no_outcome_away(desk, promise):
    desk.post(address("followup_done", promise))
    stale = FollowUp.objects.get().version
    desk.post(address("followup_outcome", promise), {"outcome": "kept", "outcome_text": "Sent."})

    response = desk.post(address("followup_reopen", promise), {"version": stale}, follow=True)

    assert "so it was not opened again: Send the dates" in response.content.decode()
    assert FollowUp.objects.get().outcome_text == "Sent."


def test_a_planned_conversation_is_logged_once_from_two_tabs(desk, officer):
    meeting = FollowUpFactory(owner=officer, person=PersonFactory(), starts_at="08:00")
    typed = {"who": f"meeting:{meeting.pk}", "kind": "call", "note_readers": "me", "date": TODAY}
    desk.post(reverse("workspace:log"), typed | {"summary": "First."})

    told(
        desk.post(reverse("workspace:log"), typed | {"summary": "Second."}),
        "This conversation is logged or done by now.",
        "Second.",
    )

    assert Dialogue.objects.get().summary == "First."


def test_a_role_ended_by_two_keeps_the_first_day(desk):
    role = AffiliationFactory()
    url = address("end_role", role)
    stale = page(desk, url, ended_on=TODAY)
    desk.post(url, page(desk, url, ended_on=TODAY - timedelta(days=1)))

    response = desk.post(url, stale, follow=True)

    assert "The role has ended already: 22 November 2026." in response.content.decode()
    assert Affiliation.objects.get().ended_on == TODAY - timedelta(days=1)


def test_a_role_corrected_by_two_says_what_the_first_saved(desk):
    role = AffiliationFactory(role="chair")
    url = address("edit_role", role)
    stale = page(desk, url, role="deputy")
    desk.post(url, page(desk, url, role="treasurer"))

    told(desk.post(url, stale), LOOK_AGAIN, "Saved meanwhile: treasurer")
    told(desk.post(address("end_role", role), {"ended_on": TODAY, "version": 1}), "A colleague changed the role")

    assert (Affiliation.objects.get().role, Affiliation.objects.get().ended_on) == ("treasurer", None)


@pytest.fixture
def tie(db):
    made = Relationship(kind=RelationshipKind.objects.filter(ends="people").first())
    made.put_ends(PersonFactory(), PersonFactory())
    made.save()
    return made


def test_a_relationship_corrected_by_two_says_what_the_first_saved(desk, tie):
    url = address("edit_relationship", tie)
    stale = page(desk, url, note="Of old")
    desk.post(url, page(desk, url, note="Since school"))

    told(desk.post(url, stale), LOOK_AGAIN, "Saved meanwhile: Since school")

    assert Relationship.objects.get().note == "Since school"


def test_a_relationship_changed_meanwhile_is_not_struck_out(desk, tie):
    desk.post(address("edit_relationship", tie), page(desk, address("edit_relationship", tie), note="Since school"))

    response = desk.post(address("strike_out_relationship", tie), {"version": 1}, follow=True)

    assert "Nothing was struck out." in response.content.decode()
    assert Relationship.objects.get().note == "Since school"


@pytest.fixture
def lead(monday, db):
    client = Client()
    client.force_login(OfficerFactory(role=Role.TEAM_LEAD))
    return client


@pytest.mark.parametrize(
    ("name", "model", "field"),
    [
        ("topic", Topic, "name_en"),
        ("initiative", Initiative, "name_en"),
        ("relationship_kind", RelationshipKind, "label_en"),
        ("organisation_kind", OrganisationKind, "name_en"),
    ],
)
def test_a_word_changed_by_two_says_what_the_first_saved(lead, topics, name, model, field):
    word = model.objects.first() or model.objects.create(number=1, priority=1, name_da="Et", name_en="One")
    url = address(name, word)
    stale = page(lead, url, **{field: "Mine"})
    lead.post(url, page(lead, url, **{field: "Theirs"}))

    told(lead.post(url, stale), LOOK_AGAIN, "Saved meanwhile: Theirs")

    assert getattr(model.objects.get(pk=word.pk), field) == "Theirs"


def test_no_access_lasts_longer_than_a_year_whoever_writes_it_down(officer, colleague):
    person = PersonFactory(owner=officer, restricted=True)
    given = grant(person, colleague, until=timezone.localdate() + timedelta(days=366))
    given.until += timedelta(days=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        ContactGrant.objects.filter(pk=given.pk).update(until=given.until)
    with pytest.raises(ValidationError, match="Access lasts a year at most"):
        given.validate_constraints()


def test_access_to_what_was_opened_for_all_meanwhile_is_not_given(officer, colleague):
    person = PersonFactory(owner=officer, restricted=True)
    stale = Person.objects.get(pk=person.pk)
    open_up(person, actor=officer, reason="no need any more")

    with pytest.raises(NotRestricted):
        give_access(stale, colleague, until=TODAY, reason="joint visit", actor=officer, today=TODAY)

    assert not ContactGrant.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_a_promise_at_once_one_is_told(officer):
    promise = FollowUpFactory(title="Send the dates", owner=officer, person=PersonFactory())
    clients, url = [Client(), Client()], address("followup", promise)
    for client in clients:
        client.force_login(officer)
    sent = [page(client, url, title=title) for client, title in zip(clients, ("One", "Two"), strict=True)]

    answers = at_once(*[partial(client.post, url, typed) for client, typed in zip(clients, sent, strict=True)])

    assert sorted(answer.status_code for answer in answers) == [302, 422]
    first = next(title for answer, title in zip(answers, ("One", "Two"), strict=True) if answer.status_code == 302)
    assert FollowUp.objects.get().title == first


@pytest.mark.django_db(transaction=True)
def test_of_two_who_put_off_a_promise_at_once_one_does(officer):
    promise = FollowUpFactory(owner=officer, person=PersonFactory(), due_on=NOW.date())
    clients, url = [Client(), Client()], address("followup_put_off", promise)
    for client in clients:
        client.force_login(officer)
    until = timezone.localdate() + timedelta(days=9)
    sent = [page(client, url, until=until, reason="ill") for client in clients]

    at_once(*[partial(client.post, url, typed) for client, typed in zip(clients, sent, strict=True)])

    assert promise.snoozes.count() == 1
