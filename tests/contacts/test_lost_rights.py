"""What a colleague started ends without a result once they lost their right: each task that knows who they are."""

import inspect
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.module_loading import import_string

from contacts.models import DailyMail
from events.models import Invitation
from events.services import inviting, mails_again, staffing
from outreach.accounts.models import Role
from outreach.audit.models import Entry
from outreach.mail.models import OutboxMessage
from outreach.queue.names import TASKS
from tests.contacts.factories import EventFactory, FollowUpFactory, OfficerFactory, RegistrationFactory
from tests.events.factories import InvitationFactory

pytestmark = pytest.mark.django_db
WHO = {"user_id", "officer_id", "colleague_id", "actor_id", "author_id"}
TO_THEMSELVES = {"accounts.password_asked_for", "accounts.entered", "accounts.sign_in_changed"}


def run(name, *ids):
    import_string(TASKS[name]).func(*[str(key) for key in ids])


def closed(user):
    user.is_active = False


def an_auditor(user):
    user.role = Role.AUDITOR


LOST = pytest.mark.parametrize("lose", [closed, an_auditor])


def change(user, lose):
    lose(user)
    user.save()


def test_no_task_that_knows_who_started_it_is_forgotten():
    knowing = {
        name for name, path in TASKS.items() if WHO & inspect.signature(import_string(path).func).parameters.keys()
    }

    assert knowing == TO_THEMSELVES | {"contacts.daily_mail", "events.invite", "events.remind_invited"}


@pytest.mark.parametrize("name", sorted(TO_THEMSELVES))
def test_a_closed_account_is_mailed_nothing_about_itself(name):
    user = OfficerFactory(is_active=False)

    run(name, user.pk, *(["password_changed"] if name == "accounts.sign_in_changed" else []))

    assert not OutboxMessage.objects.exists()


@LOST
def test_nobody_is_told_what_waits_who_reads_no_contacts_any_more(monday, lose):
    promise = FollowUpFactory()
    DailyMail.objects.create(user=promise.owner)
    change(promise.owner, lose)

    run("contacts.daily_mail", promise.owner.pk)

    assert not OutboxMessage.objects.exists()


@LOST
def test_invitations_are_on_the_list_as_before_when_who_sent_them_lost_the_event(monday, lose):
    invitation = InvitationFactory(event=EventFactory(), status="prepared", sent_at=None)
    officer, now = invitation.event.owner, timezone.now()
    inviting.send(invitation.event, officer=officer, now=now)
    change(officer, lose)

    run("events.invite", invitation.event_id, now.isoformat(), officer.pk)

    assert not OutboxMessage.objects.exists()
    assert Invitation.objects.get().status == Invitation.Status.PREPARED
    assert Entry.objects.filter(verb="refuse", reason__contains="no longer runs").count() == 1


def test_nobody_is_reminded_for_somebody_who_gave_the_event_away(monday):
    now = timezone.now()
    invitation = InvitationFactory(event=EventFactory(), status="sent", sent_at=now - timedelta(days=3))
    officer = invitation.event.owner
    inviting.remind(invitation.event, officer=officer, now=now)
    staffing.give(invitation.event, OfficerFactory(), officer=officer, now=now)

    run("events.remind_invited", invitation.event_id, now.isoformat(), officer.pk)

    assert not OutboxMessage.objects.exists()
    assert Invitation.objects.get().reminded_at is None


@LOST
def test_a_mail_is_not_sent_again_for_somebody_who_lost_the_event(monday, lose):
    now = timezone.now()
    registration = RegistrationFactory(confirmed_at=now)
    event, author = registration.event, registration.event.owner
    run("events.registration_confirmed", registration.pk)
    OutboxMessage.objects.update(state="sent", sent_at=now)
    asked = {"kind": "events.confirmed", "preface": "Again.", "author": author, "now": now, "key": uuid4()}
    again = mails_again.ask(None, event=event, **asked)
    change(author, lose)

    run("events.mail_again", again.pk)

    assert OutboxMessage.objects.count() == 1
    again.refresh_from_db()
    assert again.done_at


def test_what_is_still_theirs_to_send_goes_out(monday):
    invitation = InvitationFactory(event=EventFactory(), status="prepared", sent_at=None)
    officer, now = invitation.event.owner, timezone.now()
    inviting.send(invitation.event, officer=officer, now=now)

    run("events.invite", invitation.event_id, now.isoformat(), officer.pk)

    assert OutboxMessage.objects.filter(kind="events.invitation").count() == 1
