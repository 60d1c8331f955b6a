"""What each role learns of an address: whether mail comes back from it, and what its owner does not want."""

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from contacts.models import ContactPoint
from events.door import mails as door
from events.door.mails import Purpose
from outreach.accounts.models import Role
from outreach.mail import mailboxes
from outreach.mail.models import Mailbox, Suppression
from tests.contacts.factories import OfficerFactory, PersonFactory, RegistrationFactory
from tests.events.factories import opened_mailbox

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]
HOSTED, HIDDEN, KNOWN, NOBODYS = "ana@example.org", "eva@example.org", "bo@example.org", "x@example.org"


@pytest.fixture
def officer(db):
    return OfficerFactory()


@pytest.fixture
def addresses(officer):
    """One who registered with the officer, one hidden and one open contact, and one of nobody's."""
    RegistrationFactory(event__owner=officer, email="Ana@Example.org")
    for address, restricted in ((HIDDEN, True), (KNOWN, False)):
        person = PersonFactory(restricted=restricted)
        ContactPoint.objects.create(person=person, channel="email", value=address, key=address)
    for address in (HOSTED, HIDDEN, KNOWN, NOBODYS):
        Suppression.objects.create(address=address, reason="bounced", status="5.1.1", since=timezone.now())
        Mailbox.objects.create(address=address, unwanted=["events.reminders"])


def known():
    rows = {*Suppression.objects.values_list("address", flat=True)}
    assert rows == {*Mailbox.objects.values_list("address", flat=True)}
    return rows


def refused(action):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        action()
    return True


def test_a_colleague_learns_of_addresses_they_meet_anyway_and_changes_none(officer, addresses, as_role):
    with as_role("internal", officer):
        assert known() == {HOSTED, KNOWN}
        assert refused(lambda: Suppression.objects.all().delete())
        assert refused(lambda: Mailbox.objects.update(unwanted=[]))


def test_a_colleague_of_another_team_learns_of_no_address_of_that_event(addresses, as_role):
    with as_role("internal", OfficerFactory()):
        assert known() == {KNOWN}


def test_nobody_and_who_does_not_work_with_contacts_learn_of_none(officer, addresses, as_role):
    with as_role("internal"):
        assert known() == set()
    with as_role("internal", OfficerFactory(role=Role.EDITOR)):
        assert known() == set()


def test_a_visitor_chooses_through_the_door_and_reads_no_address(as_role):
    box = opened_mailbox(HOSTED)
    chosen, stopped = (mailboxes.digest(mailboxes.token_of(box, purpose)) for purpose in ("choose", "stop"))
    with as_role("public"):
        assert door.view(chosen, Purpose.CHOOSE) == ("choose", HOSTED, [])
        assert door.choose(chosen, ["events.invitations"])
        assert door.stop(stopped, "events.reminders")
        assert not door.choose(stopped, [])
        assert refused(lambda: Mailbox.objects.count())
        assert refused(lambda: Suppression.objects.count())
        assert refused(lambda: Mailbox.objects.create(address=NOBODYS))
    box.refresh_from_db()
    assert set(box.unwanted) == {"events.invitations", "events.reminders"}
