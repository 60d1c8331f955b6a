"""An address the mail server does not know is marked like one from which mail comes back; other refusals are not."""

import pytest
from django.utils import timezone

from outreach.mail import bounces, kinds, outbox, reasons
from outreach.mail.kinds import MailKind
from outreach.mail.models import OutboxMessage, Suppression
from tests.mail.conftest import links

pytestmark = pytest.mark.django_db
BO = "bo@example.org"


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("550 No such user", "5.1.0"),
        ("551 User not local", "5.1.0"),
        ("553 Mailbox name not allowed", "5.1.0"),
        ("550 5.1.1 <bo@example.org>: Recipient address rejected", "5.1.1"),
        ("550-5.1.1 The account does not exist.\r\n550 5.1.1 Look for typing errors.", "5.1.1"),
        ("554 5.1.10 RESOLVER.ADR.RecipientNotFound", "5.1.10"),
    ],
)
def test_an_address_that_is_not_there_gets_no_more_mail_until_a_colleague_lifts_it(write, postbox, answer, status):
    postbox.refuses[BO] = answer
    write(BO)
    write("ana@example.org")

    assert outbox.drain(timezone.now) == 1

    assert OutboxMessage.objects.failed().get().to == BO
    marked = Suppression.objects.get()
    assert (marked.address, marked.reason, marked.status) == (BO, "bounced", status)
    assert reasons.why_back(marked.status) == "Adressen findes ikke."
    assert write(BO).reason == "address suppressed: bounced"
    assert bounces.lift(BO)
    assert write(BO).state == "queued"


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("552 5.2.2 Mailbox full", "failed"),
        ("550 5.7.1 Message rejected due to policy", "failed"),
        ("554 Transaction failed", "failed"),
        ("450 4.1.1 Unverified address", "queued"),
        ("451 Greylisted", "queued"),
    ],
)
def test_another_refusal_says_nothing_about_the_address(write, postbox, answer, state):
    postbox.refuses[BO] = answer
    mail = write(BO)

    outbox.drain(timezone.now)

    mail.refresh_from_db()
    assert mail.state == state
    assert mail.reason == f"refused: {answer[:3]}"
    assert not Suppression.objects.exists()


@pytest.mark.parametrize(("answer", "marked"), [("550 5.1.1 Unknown", True), ("550 Looks like spam", False)])
def test_after_the_letter_only_the_code_of_an_address_counts(write, postbox, answer, marked):
    postbox.answers = [answer]
    write(BO)

    outbox.drain(timezone.now)

    assert OutboxMessage.objects.failed().exists()
    assert Suppression.objects.exists() == marked


def test_a_colleague_goes_on_getting_mail_for_nobody_could_lift_it(write, postbox, monkeypatch):
    own = MailKind(name="sample.hello", links=links, to_colleagues=True)
    monkeypatch.setitem(kinds.KINDS, "sample.hello", own)
    postbox.refuses[BO] = "550 No such user"
    write(BO)

    outbox.drain(timezone.now)

    assert OutboxMessage.objects.failed().exists()
    assert not Suppression.objects.exists()
