"""A colleague leaves: another sees and answers for what they did, and nothing lies where nobody looks."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from contacts.models import FollowUp, Organisation, Person
from contacts.services.handing_over import NotAReader, hand_over
from contacts.services.keeping import keep
from contacts.services.meanwhile import ChangedMeanwhile
from events.models import Event
from outreach.accounts.models import Role
from outreach.audit.models import Entry
from tests.contacts.factories import (
    NOW,
    EventFactory,
    FollowUpFactory,
    OfficerFactory,
    OrganisationFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(officer):
    """A restricted person, an association, an open promise, a kept one, an event to come and one that is over."""
    person = PersonFactory(owner=officer, restricted=True)
    club = OrganisationFactory(owner=officer)
    promise = FollowUpFactory(owner=officer, person=person)
    FollowUpFactory(owner=officer, person=person, done_at=NOW)
    event = EventFactory(owner=officer, starts_at=timezone.now() + timedelta(days=9))
    EventFactory(owner=officer, starts_at=timezone.now() - timedelta(days=9))
    return person, club, promise, event


def hand(giver, receiver):
    return hand_over(giver, receiver, reason="has left", now=timezone.now())


def command(giver, receiver, reason="has left"):
    call_command("hand_over", giver.email, receiver.email.upper(), reason=reason)


def test_whoever_receives_sees_and_answers_for_all_that_is_not_over(officer, stranger, kept):
    officer.is_active = False
    officer.save()

    hand(officer, stranger)

    person, club, promise, event = kept
    assert list(Person.objects.visible_to(stranger).owned_by(stranger)) == [person]
    assert list(Organisation.objects.owned_by(stranger)) == [club]
    assert list(FollowUp.objects.visible_to(stranger).owned_by(stranger)) == [promise]
    assert list(Event.objects.run_by(stranger)) == [event]
    assert FollowUp.objects.owned_by(officer).done().count() == Event.objects.filter(owner=officer).count() == 1


def test_each_row_stands_in_the_trail_with_the_reason(officer, stranger, kept):
    hand(officer, stranger)

    entries = Entry.objects.filter(verb="change", reason="has left", actor_id=None)
    assert {(entry.object_label, entry.object_id) for entry in entries} == {(r._meta.label, str(r.pk)) for r in kept}
    assert entries.count() == len(kept)


def test_a_form_that_was_open_meanwhile_does_not_give_the_contact_back(officer, stranger, kept):
    opened = Person.objects.get()

    hand(officer, stranger)

    with pytest.raises(ChangedMeanwhile):
        keep(opened, actor=officer, version=opened.version)
    assert Person.objects.get().owner == stranger


def test_the_command_says_how_many_there_were_and_nothing_is_left_for_a_second_time(officer, stranger, kept, capsys):
    command(officer, stranger)
    command(officer, stranger)

    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith("people 1, organisations 1, follow-ups 1, events 1.")
    assert second.endswith("people 0, organisations 0, follow-ups 0, events 0.")
    assert Entry.objects.filter(reason="has left").count() == 4


def test_a_follow_up_about_anothers_restricted_contact_stays_until_the_receiver_is_let_in(officer, stranger, capsys):
    hidden = PersonFactory(restricted=True)
    promise = FollowUpFactory(owner=officer, person=hidden, organisation=OrganisationFactory())

    command(officer, stranger)
    assert f"stay with {officer}: 1" in capsys.readouterr().out
    assert FollowUp.objects.get().owner == officer

    next_week = timezone.localdate() + timedelta(days=7)
    hidden.grants.create(user=stranger, until=next_week, reason="takes over", granted_by=hidden.owner)
    hand(officer, stranger)
    assert list(FollowUp.objects.visible_to(stranger).owned_by(stranger)) == [promise]


@pytest.mark.parametrize("facts", [{"role": Role.ADMINISTRATOR}, {"role": Role.AUDITOR}, {"is_active": False}])
def test_whoever_may_not_read_contacts_receives_none(officer, kept, facts):
    receiver = OfficerFactory(**facts)

    with pytest.raises(NotAReader):
        hand(officer, receiver)
    with pytest.raises(CommandError, match="cannot receive"):
        command(officer, receiver)
    assert Person.objects.get().owner == officer


def test_nobody_hands_over_to_themselves_to_a_stranger_or_without_a_reason(officer, stranger):
    for giver, receiver, reason in (
        (officer, officer, "x"),
        (officer, OfficerFactory.build(email="nobody@example.org"), "x"),
        (officer, stranger, " "),
        (officer, stranger, "x" * 201),
        (officer, stranger, "010290-1234 er rejst"),
    ):
        with pytest.raises(CommandError):
            command(giver, receiver, reason)


def test_the_command_is_refused_under_the_settings_of_a_face_that_serves_people(officer, stranger, settings):
    settings.FACE = "internal"

    with pytest.raises(CommandError, match="worker"):
        command(officer, stranger)


@pytest.mark.postgresql
def test_the_role_of_the_worker_may_do_it(officer, stranger, kept, as_role):
    with as_role("worker"):
        hand(officer, stranger)

    assert Person.objects.get().owner == stranger
