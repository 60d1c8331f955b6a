"""What a personal link does to the mails of its address."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.door import mails as door
from events.door.mails import Purpose
from events.models import Registration
from events.services import tokens
from outreach.mail import mailboxes
from outreach.mail.models import Mailbox
from tests.events.factories import RegistrationFactory, opened_mailbox

from .conftest import link

pytestmark = pytest.mark.django_db
REMINDERS = "events.reminders"


@pytest.fixture
def box():
    return opened_mailbox("Ana@example.org")


def h(box, purpose):
    return mailboxes.digest(mailboxes.token_of(box, purpose))


def unwanted(address="ana@example.org"):
    return Mailbox.objects.get(address=address).unwanted


def test_a_link_shows_its_address_and_what_that_wants_none_of(box):
    Mailbox.objects.update(unwanted=[REMINDERS])

    assert door.view(h(box, "choose"), Purpose.CHOOSE) == ("choose", "ana@example.org", [REMINDERS])
    assert door.view(h(box, "stop"), Purpose.STOP) == ("stop", "ana@example.org", [REMINDERS])


def test_a_link_does_only_what_it_was_made_for(box):
    assert door.view(h(box, "stop"), Purpose.CHOOSE, Purpose.MANAGE) is None
    assert not door.choose(h(box, "stop"), [])
    assert not door.stop(h(box, "choose"), REMINDERS)
    assert unwanted() == []


def test_what_is_chosen_stands_instead_of_what_was_chosen_before(box):
    assert door.choose(h(box, "choose"), [REMINDERS, "events.invitations", REMINDERS])
    assert unwanted() == ["events.invitations", REMINDERS]

    assert door.choose(h(box, "choose"), [])

    box.refresh_from_db()
    assert box.unwanted == []
    assert box.chosen_at is not None
    assert box.choose_hash == h(box, "choose")


def test_saying_no_twice_is_saying_it_once(box):
    door.choose(h(box, "choose"), ["events.invitations"])

    assert [door.stop(h(box, "stop"), REMINDERS) for _ in range(2)] == [True, True]
    assert set(unwanted()) == {REMINDERS, "events.invitations"}


def test_the_link_to_a_registration_leads_to_the_mails_of_its_address():
    registration = RegistrationFactory(email="Ana@Example.org ", status="confirmed")
    managed = link(registration, tokens.Purpose.MANAGE)

    assert door.view(managed, *Purpose) == ("manage", "ana@example.org", [])
    assert door.choose(managed, [REMINDERS])
    assert not door.stop(managed, REMINDERS)

    assert door.view(managed, *Purpose).unwanted == unwanted() == [REMINDERS]


def test_an_address_is_one_to_the_door_and_to_the_gate_also_with_a_letter_that_folds_into_two():
    registration = RegistrationFactory(email="Ana@Straße.example", status="confirmed")
    managed = link(registration, tokens.Purpose.MANAGE)

    assert door.choose(managed, [REMINDERS])

    assert Mailbox.objects.of("ana@straße.example").get().unwanted == [REMINDERS]
    assert door.view(managed, *Purpose).unwanted == [REMINDERS]


def test_who_chose_by_the_link_to_a_registration_gets_links_of_their_own_with_the_next_mail():
    door.choose(link(RegistrationFactory(email="ana@example.org"), tokens.Purpose.MANAGE), [REMINDERS])

    box = opened_mailbox("ana@example.org")

    assert door.view(h(box, "choose"), Purpose.CHOOSE).unwanted == [REMINDERS]


def test_other_links_to_a_registration_say_nothing_about_its_mails():
    registration = RegistrationFactory(email="ana@example.org")
    assert door.view(link(registration, tokens.Purpose.CONFIRM), *Purpose) is None


def test_a_registration_without_an_address_has_no_mails():
    managed = link(RegistrationFactory(email=""), tokens.Purpose.MANAGE)

    assert door.view(managed, *Purpose) is None
    assert not door.choose(managed, [REMINDERS])
    assert not Mailbox.objects.exists()


@pytest.mark.parametrize("too_old", [False, True])
def test_an_unknown_link_and_one_too_old_say_nothing_and_change_nothing(box, too_old):
    hashes = [h(box, "choose"), h(box, "stop")] if too_old else ["0" * 64]
    Mailbox.objects.update(links_until=timezone.now() - timedelta(seconds=1))

    for each in hashes:
        assert door.view(each, *Purpose) is None
        assert not door.choose(each, [REMINDERS])
        assert not door.stop(each, REMINDERS)
    assert unwanted() == []


def test_only_the_row_of_the_link_is_touched(box):
    other = opened_mailbox("bo@example.org")
    RegistrationFactory(email="ana@example.org")

    door.stop(h(box, "stop"), REMINDERS)

    other.refresh_from_db()
    assert (other.unwanted, other.chosen_at) == ([], None)
    assert Registration.objects.count() == 1
