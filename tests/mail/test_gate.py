from datetime import timedelta

import pytest
from django.utils import timezone

from outreach.mail import gate, kinds
from outreach.mail.kinds import MailKind
from outreach.mail.models import OutboxMessage, Suppression

pytestmark = pytest.mark.django_db


def suppress(address):
    Suppression.objects.create(address=address, reason=Suppression.Reason.BOUNCED, since=timezone.now())


BAD_ADDRESSES = [
    "",
    "bo",
    "bo@",
    "@example.org",
    "bo@example",
    "bo@example.org\nBcc: all@example.org",
    "bo@example.org\r\nBcc: all@example.org",
    "bo@example.org\rX: y",
    "bo@exam\nple.org",
    "bo@example.org\x00",
    "bo@example.org\u2028X: y",
    "bo@example.org, ana@example.org",
    "Bo <bo@example.org>",
    "bo@example.org bo",
    f"{'b' * 250}@example.org",
]


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_what_is_not_one_plain_address_is_skipped(write, address):
    message = write(address)

    assert (message.state, message.reason) == ("skipped", "address not valid")
    assert "\n" not in OutboxMessage.objects.get().to


@pytest.mark.parametrize(
    "address", ["bo@example.org", "Bo.Holm@example.org", "bo+tag@sub.example.org", "bo@ærø.example"]
)
def test_one_plain_address_passes(write, address):
    assert write(address).state == "queued"


def test_a_suppressed_address_gets_no_mail_however_it_is_written(write):
    suppress("Bo@Example.org ")

    message = write("bo@EXAMPLE.ORG")

    assert (message.state, message.reason) == ("skipped", "address suppressed: bounced")


def test_a_skipped_mail_does_not_stand_in_the_way_of_a_later_one(write):
    suppress("bo@example.org")
    write(dedupe="confirm:7")
    Suppression.objects.all().delete()

    assert write(dedupe="confirm:7").state == "queued"


def test_an_address_suppressed_after_the_mail_was_written_gets_none(write, work):
    message = write()
    suppress("bo@example.org")

    work()

    message.refresh_from_db()
    assert (message.state, message.attempts) == ("skipped", 0)


def test_an_upper_app_adds_a_rule_of_its_own(write, monkeypatch):
    monkeypatch.setattr(gate, "ALWAYS", gate.ALWAYS.copy())
    gate.register_rule(lambda messages: ["does not want mail" if "ana" in each.to else "" for each in messages])

    assert write("ana@example.org").reason == "does not want mail"
    assert write("bo@example.org").state == "queued"


def test_an_address_gets_so_many_mails_a_day_and_others_are_not_held_back(write, monkeypatch):
    monkeypatch.setattr(gate, "CAP_PER_ADDRESS", 3)
    states = [write("Bo@example.org").state for _ in range(4)]

    assert states == ["queued", "queued", "queued", "skipped"]
    assert write("ana@example.org").state == "queued"


def test_the_cap_forgets_after_a_day(write, monkeypatch):
    monkeypatch.setattr(gate, "CAP_PER_ADDRESS", 1)
    write()
    OutboxMessage.objects.update(created_at=timezone.now() - timedelta(hours=25))

    assert write().state == "queued"


def test_a_mail_within_the_cap_is_sent_though_others_came_after_it(write, work, monkeypatch):
    monkeypatch.setattr(gate, "CAP_PER_ADDRESS", 2)
    for _ in range(3):
        write()

    work()

    assert sorted(OutboxMessage.objects.values_list("state", flat=True)) == ["sent", "sent", "skipped"]


def test_what_must_arrive_is_not_capped(team, write, monkeypatch):
    monkeypatch.setattr(gate, "CAP_PER_ADDRESS", 1)
    monkeypatch.setitem(kinds.KINDS, "sample.hello", MailKind(name="sample.hello", capped=False))

    assert [write().state for _ in range(3)] == ["queued"] * 3
