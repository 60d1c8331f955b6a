"""The mails to the invited are sent again from the outbox: to the same person, in a new link, while they are right."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from events import tasks
from events.door import invited as door
from events.models import Event, Invitation, MailAgain
from events.services import inviting, planning, tokens
from outreach.audit.models import Entry
from outreach.mail.models import Mailbox, OutboxMessage
from tests.events.factories import EventFactory, InvitationFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    officer = OfficerFactory()
    client.force_login(officer)
    return officer


@pytest.fixture
def event(officer):
    return EventFactory(owner=officer)


@pytest.fixture
def asked(event, work):
    """``asked(email=…)``: somebody whom a mail has invited."""

    def asked(**facts):
        invitation = InvitationFactory(event=event, **facts)
        inviting.send(event, officer=event.owner, now=timezone.now(), greeting="Tak for sidst.")
        work()
        mail.outbox.clear()
        return Invitation.objects.get(pk=invitation.pk)

    return asked


def written(invitation):
    return OutboxMessage.objects.about(invitation).get()


def address(name, *args):
    return reverse(f"events_workspace:{name}", args=args)


def again(client, url, work, preface="Linket var forkert."):
    """Look, then send, then the worker; returns the page that was looked at."""
    seen = client.post(url, {"preface": preface, "look": ""})
    key = str(seen.context["form"].key)
    client.post(url, {"preface": preface, "read": preface, "send": "1", "form_key": key})
    work()
    return seen.content.decode()


def link(invitation):
    return tokens.issue(invitation, "invited")


def test_an_invitation_goes_again_to_the_same_person_in_a_new_link(client, event, asked, work):
    invitation = asked(email="ana@example.org", name="Ana")
    before = link(invitation)

    shown = again(client, address("mail_again", event.pk, written(invitation).pk), work)

    assert "Du sender 1 mail: 1 på dansk." in shown and "Den går til Ana, ana@example.org." in shown
    assert "Linket var forkert." in shown and "Tak for sidst." in shown
    [letter] = mail.outbox
    after = link(invitation)
    assert letter.to == ["ana@example.org"]
    assert letter.body.startswith("Linket var forkert.\n\nHej Ana\n\nTak for sidst.")
    assert after in letter.body and after != before
    assert door.view(tokens.digest(before)) is None
    assert door.view(tokens.digest(after)) is not None
    assert Entry.objects.filter(object_id=str(invitation.pk), verb="change").exists()


def test_one_without_a_name_is_named_by_the_address(client, event, asked):
    invitation = asked(email="ana@example.org", name="")

    page = client.get(address("mail_again", event.pk, written(invitation).pk)).content.decode()

    assert "Den går til ana@example.org." in page


def test_to_all_leaves_out_who_has_answered_come_or_wants_none(client, event, asked, work):
    for name in ("ana", "bo", "cil", "dan"):
        asked(email=f"{name}@example.org", language="en" if name == "ana" else "da")
    Invitation.objects.filter(email="bo@example.org").update(status="declined", answered_at=timezone.now())
    RegistrationFactory(event=event, confirmed=True, email="Cil@example.org")
    Mailbox.objects.filter(address="dan@example.org").update(unwanted=["events.invitations"])

    shown = again(client, address("mails_again", event.pk, "events.invitation"), work)

    assert "Du sender 1 mail: 1 på engelsk." in shown
    assert [letter.to for letter in mail.outbox] == [["ana@example.org"]]


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (lambda row: Invitation.objects.update(status="declined", answered_at=timezone.now()), "besvaret"),
        (lambda row: inviting.withdraw(row, officer=row.event.owner, now=timezone.now()), "trukket tilbage"),
        (lambda row: RegistrationFactory(event=row.event, confirmed=True, email=row.email), "besvaret"),
        (lambda row: planning.cancel_event(row.event, officer=row.event.owner, now=timezone.now()), "aflyst"),
        (lambda row: Event.objects.update(registration_closes_at=timezone.now() - timedelta(hours=1)), "for sent"),
    ],
)
def test_one_that_is_no_longer_right_is_refused_in_a_sentence(client, event, asked, happens, said):
    invitation = asked(email="ana@example.org")
    happens(invitation)

    page = client.get(address("mail_again", event.pk, written(invitation).pk), follow=True).content.decode()

    assert "Mailen sendes ikke igen." in page and said in page


def test_what_is_answered_before_the_worker_comes_is_not_sent(client, event, asked):
    invitation = asked(email="ana@example.org")
    url = address("mail_again", event.pk, written(invitation).pk)
    client.post(url, {"preface": "x", "read": "x", "send": "1"})
    Invitation.objects.update(status="declined", answered_at=timezone.now())

    for wish in MailAgain.objects.waiting():
        tasks.mail_again.func(str(wish.pk))

    assert OutboxMessage.objects.count() == 1
    assert not MailAgain.objects.waiting().exists()


def test_that_it_is_cancelled_is_told_again_while_the_day_is_ahead(client, event, asked, work):
    invitation = asked(email="ana@example.org")
    planning.cancel_event(event, officer=event.owner, now=timezone.now())
    work()
    mail.outbox.clear()
    told = OutboxMessage.objects.about(invitation).get(kind="events.invitation_cancelled")

    again(client, address("mail_again", event.pk, told.pk), work)

    assert [letter.subject for letter in mail.outbox] == ["Aflyst: Netværksmøde"]


def test_mails_to_the_invited_stand_in_the_outbox_with_their_names_and_at_a_flat_cost(
    client, event, asked, django_assert_max_num_queries
):
    asked(email="ana@example.org", name="Ana")
    for number in range(29):
        InvitationFactory(event=event, email=f"navn{number}@example.org")
    asked(email="bo@example.org")

    with django_assert_max_num_queries(21):
        page = client.get(address("mails", event.pk))

    assert "Invitation" in page.content.decode()
    assert Entry.objects.filter(object_label="events.Invitation").exists()


def test_those_of_a_colleague_of_another_team_are_not_there(client, event, asked):
    invitation = asked(email="ana@example.org")
    client.force_login(OfficerFactory())

    for name, key in (("mail_again", written(invitation).pk), ("mails_again", "events.invitation")):
        assert client.get(address(name, event.pk, key)).status_code == 404
