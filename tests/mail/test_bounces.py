"""Which notices of mail servers are believed, and what they change."""

import io
import sys
from base64 import b64encode
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.mail import bounces, notices
from outreach.mail.bounces import Found
from outreach.mail.models import OutboxMessage, Suppression

from . import returned

NOW = timezone.now()
UNSENT = OutboxMessage(to="bo@example.org", message_id="<0b5f3a50-0000-4000-8000-000000000000@public.example>")


@pytest.fixture
def sent(write, work):
    """``sent("bo@example.org")`` is a mail that went there."""

    def sent(to="bo@example.org"):
        message = write(to)
        work()
        message.refresh_from_db()
        assert message.state == "sent"
        return message

    return sent


def take(notice):
    return bounces.take(notice.encode("utf-8", "surrogateescape") if isinstance(notice, str) else notice, now=NOW)


def state(message):
    message.refresh_from_db()
    return message.bounce_status, Suppression.objects.values_list("address", "reason", "status").first()


PERMANENT = [
    (returned.postfix, "5.1.1"),
    (returned.exchange, "5.1.10"),
    (returned.gmail, "5.1.1"),
    (returned.qmail, "5.1.1"),
    (returned.exim, "5.0.0"),
    (lambda message: returned.forwarded(returned.postfix(message)), "5.1.1"),
    (lambda message: returned.forwarded(returned.forwarded(returned.exchange(message))), "5.1.10"),
    (lambda message: returned.postfix(message).replace("\n", "\r\n"), "5.1.1"),
    (lambda message: returned.postfix(message).replace("Status: 5.1.1\n", ""), "5.1.1"),
    (lambda message: returned.qmail(message, code="550"), "5.0.0"),
    (lambda message: returned.postfix(message) + "x" * 30_000_000, "5.1.1"),
]
NAMES = [
    "postfix",
    "exchange",
    "gmail",
    "qmail",
    "exim",
    "forwarded",
    "twice-forwarded",
    "crlf",
    "no-status",
    "bare-code",
    "huge",
]


@pytest.mark.django_db
@pytest.mark.parametrize(("style", "status"), PERMANENT, ids=NAMES)
def test_a_mail_given_up_for_good_marks_its_address_once(sent, style, status):
    message = sent("Bo@example.org")
    notice = style(message)

    assert [take(notice), take(notice)] == [Found.MARKED, Found.BEFORE]

    assert state(message) == (status, ("bo@example.org", "bounced", status))
    assert (message.bounced_at, message.state) == (NOW, "sent")


@pytest.mark.django_db
def test_what_is_sent_to_a_marked_address_is_skipped_and_says_why(sent, write):
    take(returned.postfix(sent()))

    assert (write().state, write().reason) == ("skipped", "address suppressed: bounced")
    assert write("ana@example.org").state == "queued"


@pytest.mark.django_db
def test_a_mail_that_waits_while_its_address_is_marked_is_not_sent(sent, write, work):
    first, second = sent(), write()

    take(returned.gmail(first))
    work()

    second.refresh_from_db()
    assert (second.state, second.reason) == ("skipped", "address suppressed: bounced")


@pytest.mark.django_db
def test_a_delay_changes_nothing(sent):
    message = sent()

    assert take(returned.postfix(message, status="4.4.1", action="delayed", code="451")) is Found.NONE
    assert take(returned.postfix(message, status="2.0.0", action="relayed", code="250")) is Found.NONE
    assert take(returned.qmail(message, code="(#4.4.1) 451")) is Found.NONE
    assert state(message) == ("", None)


@pytest.mark.django_db
def test_a_mail_given_up_after_days_of_trying_is_noted_and_its_address_stays_open(sent, write):
    message = sent()

    assert take(returned.postfix(message, status="4.4.7", code="451")) is Found.NOTED

    assert state(message) == ("4.4.7", None)
    assert write().state == "queued"


@pytest.mark.django_db
def test_an_automatic_answer_and_a_receipt_are_no_notices(sent):
    message = sent()

    assert take(returned.vacation(message)) is Found.NONE
    assert take(returned.receipt(message)) is Found.NONE
    assert take(returned.qmail(message, more="Auto-Submitted: auto-replied (vacation)\n")) is Found.NONE
    assert take(returned.original(message)) is Found.NONE
    assert state(message) == ("", None)


@pytest.mark.django_db
def test_a_forged_notice_marks_nobody(sent, write):
    to_bo, to_ana, waits = sent(), sent("ana@example.org"), write("eva@example.org")

    assert take(returned.postfix(to_bo, to="ana@example.org")) is Found.STRANGE, "not the address of that mail"
    assert take(returned.postfix(UNSENT)) is Found.STRANGE, "a mail nobody sent"
    assert take(returned.postfix(waits)) is Found.STRANGE, "not sent yet"
    elsewhere = returned.postfix(to_bo).replace("@public.example>", "@public.example.evil.example>")
    assert take(elsewhere) is Found.STRANGE
    assert take(returned.qmail(to_bo).replace("bo@example.org", "ana@example.org")) is Found.STRANGE
    from_a_person = returned.qmail(to_bo).replace("MAILER-DAEMON@", "eva@").replace("Return-Path: <>", "X: y")
    assert take(from_a_person) is Found.NONE

    assert state(to_bo) == state(to_ana) == ("", None)


@pytest.mark.django_db
def test_one_notice_about_several_recipients_marks_only_ours(sent):
    message = sent()
    others = "".join(f"\nFinal-Recipient: rfc822; {n}@example.org\nAction: failed\nStatus: 5.1.1\n" for n in range(50))
    notice = returned.postfix(message).replace("\nFinal-Recipient", f"{others}\nFinal-Recipient", 1)

    assert take(notice) is Found.MARKED
    assert [row.address for row in Suppression.objects.all()] == ["bo@example.org"]


@pytest.mark.django_db
@pytest.mark.parametrize("named", ["bo@xn--r-3fa9c.example", "BO@ÆRØ.example", r"bo@\x{E6}r\x{F8}.example"])
def test_a_domain_is_known_in_plain_letters_too(sent, named):
    message = sent("bo@ærø.example")
    kind = "utf-8" if "x{" in named or "Æ" in named else "rfc822"
    notice = returned.postfix(message, to="?").replace("rfc822; ?", f"{kind}; {named}").replace("rfc822;?", "x;y")

    assert take(notice.replace("message/delivery-status", "message/global-delivery-status")) is Found.MARKED


@pytest.mark.django_db
def test_a_report_in_base64_is_read(sent):
    message = sent()
    before, report, after = _cut(returned.postfix(message))
    coded = b64encode(report.encode()).decode()

    assert take(f"{before}Content-Transfer-Encoding: base64\n\n{coded}\n{after}") is Found.MARKED


def _cut(notice):
    head = "Content-Type: message/delivery-status\n"
    before, rest = notice.split(head + "\n")
    report, after = rest.split("\n--B0.1/mx\n", 1)
    return before + head, report, f"--B0.1/mx\n{after}"


@pytest.mark.django_db
def test_lifting_the_mark_opens_the_address_and_an_old_notice_does_not_close_it(sent, write):
    notice = returned.postfix(sent())
    take(notice)

    assert [bounces.lift("Bo@example.org"), bounces.lift("bo@example.org")] == [True, False]

    assert take(notice) is Found.BEFORE
    assert write().state == "queued"


@pytest.mark.django_db
def test_lifting_opens_no_address_whose_owner_wants_no_mail(sent):
    message = sent()
    Suppression.objects.create(address="bo@example.org", reason=Suppression.Reason.UNWANTED, since=NOW)
    take(returned.postfix(message))

    assert not bounces.lift("bo@example.org")
    assert Suppression.objects.get().reason == "unwanted"


# Anything at all

HEADS = ["Content-Type", "Final-Recipient", "Status", "Action", "Content-Transfer-Encoding", "From", "Return-Path"]
VALUES = [
    "multipart/report; boundary=a",
    "message/delivery-status",
    "message/rfc822",
    "base64",
    "<>",
    "failed",
    "5.1.1",
]
LINES = st.one_of(
    st.builds("{}: {}".format, st.sampled_from(HEADS), st.sampled_from(VALUES) | st.text(max_size=20)),
    st.sampled_from(["", "--a", "--a--", "\udcff", "text/plain; charset=zip", "=?hex?b?=?="]),
    st.text(max_size=40),
)


@given(st.binary(max_size=3000) | st.lists(LINES, max_size=60).map(lambda lines: _bytes("\r\n".join(lines))))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_bytes_raise_an_error(raw):
    notices.read(raw)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_notice_with_bytes_spoilt_raises_no_error_and_names_no_other_mail(data):
    raw = bytearray(returned.postfix(UNSENT).encode())
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))

    notice = notices.read(bytes(raw))

    assert notice is None or all(failure.status[0] in "45" for failure in notice.failures)


def _bytes(text):
    return text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("kind", ["multipart/mixed; boundary={}", "message/rfc822"])
def test_a_message_within_a_thousand_messages_is_no_notice(kind):
    raw = "".join(f"Content-Type: {kind.format(f'b{n}')}\n\n--b{n}\n" for n in range(2000))

    assert notices.read(raw.encode()) is None


# The command


@pytest.fixture
def run(capsys):
    def run(*files):
        call_command("read_bounces", *map(str, files))
        return capsys.readouterr().out.splitlines()

    return run


@pytest.mark.django_db
def test_the_command_reads_files_and_directories_and_says_no_address(sent, run, tmp_path):
    first, second = sent(), sent("ana@example.org")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "1.eml").write_text(returned.postfix(first))
    (tmp_path / "inbox" / "2.eml").write_text(returned.vacation(first))
    (tmp_path / "inbox" / ".hidden").write_text(returned.gmail(second))
    (tmp_path / "3.eml").write_text(returned.postfix(second, status="4.4.7"))

    said = run(tmp_path / "inbox", tmp_path / "3.eml")

    assert said == [
        "addresses marked: 1",
        "came back, but perhaps not the next time: 1",
        "no notice that a mail came back: 1",
    ]
    assert run(tmp_path / "inbox")[0] == "read before: 1"


@pytest.mark.django_db
def test_the_command_reads_one_from_the_standard_input(sent, run, monkeypatch):
    raw = returned.qmail(sent()).encode()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))

    assert run("-") == ["addresses marked: 1"]


@pytest.mark.django_db
def test_the_command_fails_for_a_file_it_cannot_read_and_reads_the_others(sent, run, tmp_path):
    message = sent()
    (tmp_path / "1.eml").write_text(returned.exim(message))

    with pytest.raises(CommandError, match="1 files could not be read"):
        run(tmp_path / "none.eml", tmp_path / "1.eml")
    assert state(message)[0] == "5.0.0"
