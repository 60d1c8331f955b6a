"""An officer puts addresses on a list, mails them, reminds them; whom somebody names is asked by the worker."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from events.door import invited as door
from events.models import Event, Invitation, Registration
from events.services import copying, inviting, planning, registering, tokens
from events.services.address_lists import Found, entries
from outreach.audit.models import Entry as TrailEntry
from outreach.mail.models import Mailbox, OutboxMessage, Suppression
from outreach.privacy.retention import RULES
from tests.events.factories import EventFactory, InvitationFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
Status = Invitation.Status
PASTED = """Ana Ærø <ana@example.org>
bo@example.org, Cil Å <cil@example.org>; "Dan, Erik" <dan@example.org>
mailto:eva@example.org
Finn Kær\tfinn@example.org
gry@example.org Gry Dal
ANA@example.org
Ingen adresse
kim@example, @example.org
"""


@pytest.fixture
def post(work):
    """``post()`` runs the worker and returns the letters sent since the last call."""

    def post():
        work()
        letters, mail.outbox[:] = list(mail.outbox), []
        return letters

    return post


def put(event, text, **told):
    options = {"language": "da", "officer": event.owner, "now": timezone.now()} | told
    return inviting.prepare(event, entries(text), **options)


def link(invitation):
    return tokens.digest(tokens.issue(invitation, "invited"))


def send(event):
    return inviting.send(event, officer=event.owner, now=timezone.now())


def test_addresses_are_read_as_people_paste_them_and_nothing_is_lost():
    read = [(entry.name, entry.email, entry.found) for entry in entries(PASTED)]

    assert read == [
        ("Ana Ærø", "ana@example.org", None),
        ("", "bo@example.org", None),
        ("Cil Å", "cil@example.org", None),
        ("Dan, Erik", "dan@example.org", None),
        ("", "eva@example.org", None),
        ("Finn Kær", "finn@example.org", None),
        ("Gry Dal", "gry@example.org", None),
        ("", "ANA@example.org", None),
        ("", "Ingen adresse", Found.NONE),
        ("", "kim@example", Found.WRONG),
        ("", "@example.org", Found.WRONG),
    ]


def test_every_address_is_answered_and_each_is_put_on_the_list_once(event):
    RegistrationFactory(event=event, email="Bo@example.org", confirmed=True)
    for status in ("sent", "declined"):
        InvitationFactory(event=event, email=f"{status}@example.org", **{status: True})
    InvitationFactory(event=event, email="back@example.org", status=Status.WITHDRAWN)
    lines = (
        "ana@example.org\nANA@example.org\nbo@example.org\nsent@example.org\ndeclined@example.org\nback@example.org"
    )

    told = put(event, f"{lines}\nno@example.org\nx", refused={"no@example.org"})

    assert [entry.found for entry in told] == [
        Found.NEW,
        Found.TWICE,
        Found.REGISTERED,
        Found.SENT,
        Found.DECLINED,
        Found.AGAIN,
        Found.REFUSES,
        Found.NONE,
    ]
    assert set(event.invitations.prepared().values_list("email", flat=True)) == {"ana@example.org", "back@example.org"}
    assert TrailEntry.objects.filter(reason="2 put on the list to invite").exists()
    assert not OutboxMessage.objects.exists()


def test_five_hundred_are_put_on_the_list_in_a_few_questions(event, django_assert_max_num_queries):
    text = "\n".join(f"Navn {number} <navn{number}@example.org>" for number in range(500))

    with django_assert_max_num_queries(25):
        put(event, text)

    assert event.invitations.prepared().count() == 500


def test_each_on_the_list_gets_one_mail_in_their_language_with_a_link_of_their_own(event, post):
    put(event, "Ana <ana@example.org>")
    put(event, "bo@example.org", language="en")

    assert (send(event), send(event)) == (2, 0)
    ana, bo = sorted(post(), key=lambda letter: letter.to)

    assert (ana.to, ana.subject) == (["ana@example.org"], "Invitation: Netværksmøde")
    assert "Hej Ana" in ana.body and "We would like to invite you to:" in bo.body
    assert event.title not in ana.body + bo.body
    assert "Du får denne mail, fordi vi inviterer dig til et møde." in ana.body
    for letter, language in ((ana, ""), (bo, "en/events/")):
        assert f"{language or 'arrangementer/'}invitation/" in letter.body
    assert post() == []


def test_an_address_that_said_no_or_whose_mail_came_back_is_not_counted_and_gets_none(event, post):
    put(event, "ana@example.org\nBo@example.org\ncil@example.org")
    Suppression.objects.create(address="ana@example.org", reason="bounced", since=timezone.now())
    Mailbox.objects.create(address="bo@example.org", unwanted=["events.invitations"])

    assert send(event) == 1

    assert [letter.to for letter in post()] == [["cil@example.org"]]
    assert event.invitations.prepared().count() == 2


def test_one_who_says_no_to_invitations_after_the_first_is_not_reminded(event):
    silent = InvitationFactory(event=event, sent=True, created_at=timezone.now() - timedelta(days=3))
    Mailbox.objects.create(address=silent.email, unwanted=["events.invitations"])

    assert inviting.remind(event, officer=event.owner, now=timezone.now()) == 0


def test_the_gate_asks_once_more_when_the_mail_is_written(event, post):
    put(event, "ana@example.org")
    send(event)
    Mailbox.objects.create(address="ana@example.org", unwanted=["events.invitations"])

    assert post() == []
    assert OutboxMessage.objects.get().state == "skipped"


def test_nobody_is_invited_to_what_takes_nobody_any_more(event):
    put(event, "ana@example.org")
    Event.objects.filter(pk=event.pk).update(status="cancelled")

    with pytest.raises(inviting.Closed):
        send(event)
    with pytest.raises(inviting.Closed):
        inviting.remind(event, officer=event.owner, now=timezone.now())
    assert event.invitations.prepared().exists()


def test_those_without_an_answer_are_reminded_and_nobody_else(event, post):
    before = timezone.now() - timedelta(days=3)
    silent = InvitationFactory(event=event, sent=True, created_at=before)
    InvitationFactory(event=event, declined=True, created_at=before)
    InvitationFactory(event=event)
    InvitationFactory(event=event, sent=True)  # a moment ago
    came = InvitationFactory(event=event, sent=True, created_at=before)
    RegistrationFactory(event=event, email=came.email.upper(), confirmed=True)

    reminded = [inviting.remind(event, officer=event.owner, now=timezone.now()) for _ in range(2)]

    assert reminded == [1, 0]
    [letter] = post()
    assert (letter.to, letter.subject) == ([silent.email], "Vi mangler dit svar: Netværksmøde")


def test_who_answers_before_the_reminder_is_written_gets_none(event, post):
    silent = InvitationFactory(event=event, sent=True, created_at=timezone.now() - timedelta(days=3))
    inviting.remind(event, officer=event.owner, now=timezone.now())
    door.decline(link(silent), "")

    assert post() == []


def test_a_withdrawn_invitation_can_be_put_on_the_list_again_and_its_link_works_then(event, post):
    put(event, "ana@example.org")
    send(event)
    post()
    invitation = Invitation.objects.get()
    h = link(invitation)
    assert inviting.withdraw(invitation, officer=event.owner, now=timezone.now())
    assert not inviting.withdraw(invitation, officer=event.owner, now=timezone.now())
    assert door.view(h).event is None

    put(event, "ana@example.org")
    assert door.view(h).event is None
    send(event)

    assert len(post()) == 1
    assert door.accept(h, {"name": "Ana"}, language="da").changed


def test_one_who_was_never_told_is_simply_taken_off_the_list(event):
    invitation = InvitationFactory(event=event)

    assert inviting.withdraw(invitation, officer=event.owner, now=timezone.now())
    assert not Invitation.objects.exists()


def test_one_who_has_accepted_keeps_the_seat(event):
    invitation = InvitationFactory(event=event, sent=True)
    door.accept(link(invitation), {"name": "Ana"}, language="da")

    assert not inviting.withdraw(invitation, officer=event.owner, now=timezone.now())
    assert Registration.objects.confirmed().count() == 1


def test_whom_somebody_names_is_asked_once_and_hears_who_named_them(event, post):
    invitation = InvitationFactory(event=event, name="Ana", sent=True, language="en")
    door.name_another(link(invitation), "Bo", "bo@example.org")

    [letter] = post()

    assert letter.to == ["bo@example.org"] and "Ana has named you" in letter.body
    successor = invitation.successor
    assert (successor.name, successor.hands, successor.language, successor.status) == ("Bo", 1, "en", "sent")
    door.name_another(link(successor), "Cil", "cil@example.org")
    [last] = post()
    assert "you can name them there" not in last.body
    assert door.name_another(link(successor.successor), "Dan", "dan@example.org") is None


def test_whom_somebody_names_is_asked_nothing_if_they_are_asked_or_come_already(event, post):
    InvitationFactory(event=event, email="bo@example.org", declined=True)
    RegistrationFactory(event=event, email="cil@example.org", confirmed=True)
    for email in ("BO@example.org", "cil@example.org"):
        door.name_another(link(InvitationFactory(event=event, sent=True)), "Navn", email)

    assert post() == []


def test_the_accepted_get_their_seat_and_calendar_like_everybody_and_manage_it_by_link(event, post):
    invitation = InvitationFactory(event=event, sent=True)
    door.accept(link(invitation), {"name": "Ana"}, language="da")

    [letter] = post()

    assert letter.subject == "Du har en plads: Netværksmøde" and letter.attachments
    assert "min-tilmelding/" in letter.body


def test_those_without_an_answer_hear_of_a_move_and_of_the_end_exactly_once(event, post):
    silent = InvitationFactory(event=event, sent=True)
    InvitationFactory(event=event, declined=True)
    InvitationFactory(event=event)
    accepted = InvitationFactory(event=event, sent=True)
    door.accept(link(accepted), {"name": "Ana"}, language="da")
    post()
    assert planning.mails_to_send(event) == 2

    moved = {"starts_at": event.starts_at + timedelta(days=1), "ends_at": event.ends_at + timedelta(days=1)}
    planning.change(event, moved, officer=event.owner, now=timezone.now())
    letters = {letter.to[0]: letter for letter in post()}
    assert set(letters) == {silent.email, accepted.email}
    assert "Mødet, vi har inviteret dig til, er ændret." in letters[silent.email].body
    assert "/invitation/" in letters[silent.email].body and "/kommer/" in letters[accepted.email].body

    planning.cancel_event(event, officer=event.owner, now=timezone.now())
    letters = {letter.to[0]: letter for letter in post()}
    assert set(letters) == {silent.email, accepted.email}
    assert letters[silent.email].subject == "Aflyst: Netværksmøde"
    assert post() == []


def test_whoever_says_no_to_invitations_hears_no_more_of_the_meeting(event, post):
    silent = InvitationFactory(event=event, sent=True)
    Mailbox.objects.create(address=silent.email, unwanted=["events.invitations"])
    assert planning.mails_to_send(event) == 0

    planning.cancel_event(event, officer=event.owner, now=timezone.now())

    assert post() == []


def test_the_progress_counts_who_said_what(event):
    for trait in ({}, {"sent": True}, {"sent": True}, {"declined": True}):
        InvitationFactory(event=event, **trait)
    door.accept(link(InvitationFactory(event=event, sent=True)), {"name": "Ana"}, language="da")
    door.name_another(link(InvitationFactory(event=event, sent=True)), "Bo", "bo@example.org")

    assert inviting.progress(event) == inviting.Progress(
        prepared=1, invited=5, answered=3, accepted=1, declined=1, named=1, silent=2
    )


def test_a_mail_about_a_closed_event_leads_nobody_to_its_page(post):
    event = EventFactory(by_invitation=True)
    invitation = InvitationFactory(event=event, sent=True)
    door.accept(link(invitation), {"name": "Ana"}, language="da")
    post()
    registering.cancel(Registration.objects.get(), officer=event.owner, now=timezone.now())

    [letter] = post()
    assert event.slug not in letter.body


def test_a_copy_of_an_event_invites_nobody(event):
    InvitationFactory(event=event, sent=True)

    made = copying.copy(event, day=timezone.localdate() + timedelta(days=90), officer=event.owner, now=timezone.now())

    assert not made.invitations.exists()


def test_invitations_go_thirty_days_after_the_event_and_registrations_stay():
    event = EventFactory(past=True)
    invitation = InvitationFactory(event=event, sent=True)
    named = InvitationFactory(event=event, sent=True, named_by=invitation, hands=1)
    RegistrationFactory(event=event, confirmed=True, invitation=named)
    tokens.issue(invitation, "invited")

    assert RULES["events.invitations"].apply(timezone.now() + timedelta(days=27)) == 0
    assert RULES["events.invitations"].apply(timezone.now() + timedelta(days=31)) == 2
    assert Registration.objects.get().invitation is None
