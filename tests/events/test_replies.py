"""What calendars answer to the entry of a seat: what is read, and who is believed."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import Registration, Reply
from events.services import replies, seats
from events.services.replies import Found
from outreach.privacy import retention
from tests.events import answered
from tests.events.answered import ago
from tests.events.factories import EventFactory, RegistrationFactory, ReplyFactory

pytestmark = pytest.mark.django_db
Status = Registration.Status


@pytest.fixture
def seat(event):
    return RegistrationFactory(event=event, confirmed=True, name="Ana", email="ana@example.org")


def take(raw):
    return replies.take(raw, now=timezone.now())


@pytest.mark.parametrize(
    ("style", "words"),
    [(answered.google, "Jeg er syg"), (answered.outlook, "Jeg er på ferie, desværre"), (answered.apple, "")],
)
def test_a_no_from_any_calendar_is_proposed_and_the_seat_stays(seat, style, words):
    assert take(style(seat)) is Found.PROPOSED

    reply = Reply.objects.get()
    assert (reply.registration, reply.said, reply.words, reply.decision) == (seat, "declined", words, "")
    seat.refresh_from_db()
    assert seat.status == Status.CONFIRMED


@pytest.mark.parametrize("style", [answered.google, answered.outlook, answered.apple])
def test_the_same_answer_stands_once_however_often_it_is_read(seat, style):
    raw = style(seat)

    assert [take(raw), take(raw), take(answered.sent_on(answered.google(seat, at=ago(2))))] == [
        Found.PROPOSED,
        Found.BEFORE,
        Found.BEFORE,
    ]
    assert Reply.objects.count() == 1


@pytest.mark.parametrize(("partstat", "said"), [("TENTATIVE", "tentative"), ("DELEGATED", "delegated")])
def test_perhaps_and_somebody_else_are_proposed_too(seat, partstat, said):
    assert take(answered.mail(answered.entry(seat, partstat))) is Found.PROPOSED
    assert Reply.objects.get().said == said


def test_of_one_who_sends_another_the_answer_is_theirs(seat):
    entry = answered.entry(seat, "DELEGATED")
    other = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:eva@example.org\r\nATTENDEE"

    assert take(answered.mail(entry.replace("ATTENDEE", other, 1))) is Found.PROPOSED
    assert Reply.objects.get().said == "delegated"


def test_another_time_that_is_proposed_is_read(seat):
    entry = answered.entry(seat, "TENTATIVE", method="COUNTER", DTSTART=";TZID=Europe/Copenhagen:20261203T140000")

    assert take(answered.mail(entry, type="text/calendar; method=COUNTER")) is Found.PROPOSED

    reply = Reply.objects.get()
    assert (reply.said, reply.proposes_at.isoformat()) == ("countered", "2026-12-03T13:00:00+00:00")


def test_one_who_answers_from_an_alias_is_known_by_the_sender(seat):
    entry = answered.entry(seat, ATTENDEE=";PARTSTAT=DECLINED:mailto:ana.b@mail.example")

    assert take(answered.mail(entry, sender="Ana Bro <ANA@example.org>")) is Found.PROPOSED


def test_an_answer_in_latin_1_and_one_in_a_charset_nobody_knows_are_read(seat):
    entry = answered.entry(seat, COMMENT="Desværre")
    raw = answered.mail(entry, type="text/calendar; charset=iso-8859-1; method=REPLY")

    assert take(raw.decode().encode("latin-1")) is Found.PROPOSED
    assert Reply.objects.get().words == "Desværre"
    assert take(answered.mail(entry, type="text/calendar; charset=klingon; method=REPLY")) is Found.BEFORE


def test_an_answer_about_nothing_of_ours_or_from_somebody_else_changes_nothing(seat):
    stranger = answered.entry(seat, ATTENDEE=";PARTSTAT=DECLINED:mailto:eva@example.org")
    elsewhere = answered.entry(seat, UID=f"{seat.pk}@other.example")
    unknown = answered.entry(seat, UID=str(answered.calendar.uid(seat.event_id)))

    assert take(answered.mail(stranger, sender="Eva <eva@example.org>")) is Found.STRANGE
    assert {take(answered.mail(entry)) for entry in (elsewhere, unknown)} == {Found.STRANGE}
    assert take(answered.mail(answered.entry(seat, UID="x"))) is Found.STRANGE
    assert not Reply.objects.exists()


def test_one_without_an_address_has_answered_nothing(event):
    seat = RegistrationFactory(event=event, confirmed=True, email="")

    assert take(answered.mail(answered.entry(seat), sender="")) is Found.STRANGE


@pytest.mark.parametrize("gone", [Status.CANCELLED, Status.RELEASED, Status.SWAPPED])
def test_an_answer_about_a_seat_given_up_is_over(seat, gone):
    Registration.objects.filter(pk=seat.pk).update(status=gone, cancelled_at=ago())

    assert take(answered.google(seat)) is Found.OVER
    assert not Reply.objects.exists()


def test_an_answer_about_a_meeting_that_is_over_is_over():
    seat = RegistrationFactory(event=EventFactory(past=True), confirmed=True, email="ana@example.org")

    assert take(answered.google(seat)) is Found.OVER


def test_a_yes_takes_back_a_no_and_an_older_no_does_not_come_back(seat):
    take(answered.google(seat, at=ago(3)))

    assert take(answered.google(seat, "ACCEPTED", at=ago(2))) is Found.KNOWN
    assert take(answered.outlook(seat, "TENTATIVE", at=ago(4))) is Found.BEFORE

    assert not Reply.objects.to_decide(timezone.now()).exists()
    assert (Reply.objects.get().said, Reply.objects.get().decision) == ("accepted", "needless")


def test_a_yes_read_before_the_no_it_took_back_keeps_it_out(seat):
    take(answered.google(seat, "ACCEPTED", at=ago(2)))

    assert take(answered.google(seat, at=ago(3))) is Found.BEFORE


def test_a_yes_is_proposed_where_we_asked_and_have_heard_nothing(seat):
    Registration.objects.filter(pk=seat.pk).update(asked_at=ago(2))

    assert take(answered.google(seat, "ACCEPTED")) is Found.PROPOSED
    assert Reply.objects.to_decide(timezone.now()).count() == 1


def test_who_says_afterwards_that_they_come_has_taken_back_their_no(seat):
    take(answered.google(seat))
    seats.come(seat.pk, True, now=timezone.now())

    assert not Reply.objects.to_decide(timezone.now()).exists()


def test_an_answer_to_an_earlier_time_says_so(seat):
    take(answered.google(seat))
    assert not Reply.objects.get().is_about_earlier

    seat.event.sequence += 1
    seat.event.save()

    assert Reply.objects.get().is_about_earlier


def test_words_that_look_like_a_cpr_number_are_not_kept(seat):
    take(answered.mail(answered.entry(seat, COMMENT="Ring om 010190-1234")))

    assert (Reply.objects.get().words, Reply.objects.get().words_refused) == ("", True)


def test_words_lose_what_nobody_sees_and_end_after_three_hundred_letters(seat):
    take(answered.mail(answered.entry(seat, COMMENT="\u202eSyg\\n\\n\tigen " + "x" * 900)))

    words = Reply.objects.get().words
    assert words.startswith("Syg igen xxx") and len(words) == 300


BROKEN = {
    "no end": lambda text: text.replace("END:VEVENT", ""),
    "no calendar": lambda text: "METHOD:REPLY\r\nhello",
    "says nothing": lambda text: text.replace("DECLINED", "NEEDS-ACTION"),
    "no such number": lambda text: text.replace("SEQUENCE:", "SEQUENCE:x"),
    "too large": lambda text: text + "X-Y:z\r\n" * 20_000,
}


@pytest.mark.parametrize("spoil", BROKEN.values(), ids=BROKEN)
def test_an_answer_that_cannot_be_read_says_so(seat, spoil):
    assert take(answered.mail(spoil(answered.entry(seat)))) is Found.BROKEN


def test_an_answer_from_a_clock_that_is_ahead_goes_by_the_date_of_the_mail(seat):
    entry = answered.entry(seat, at=timezone.now() + timedelta(days=400))

    assert take(answered.mail(entry, at=timezone.now() + timedelta(days=400))) is Found.BROKEN
    assert take(answered.mail(entry)) is Found.PROPOSED
    assert Reply.objects.get().said_at <= timezone.now()


def test_our_own_mails_and_those_of_people_are_no_answers(seat):
    ours = answered.mail(answered.entry(seat, method="REQUEST"), type="text/calendar; method=REQUEST")

    assert take(ours) is Found.NONE
    assert take(b"From: ana@example.org\n\nJeg kommer ikke. METHOD:REPLY") is Found.NONE
    assert take(b"") is Found.NONE


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_answer_never_raises_and_never_reaches_another_seat(seat, data):
    raw = bytearray(answered.google(seat))
    for _ in range(data.draw(st.integers(1, 12))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))

    assert take(bytes(raw)) in Found
    assert not Reply.objects.exclude(registration=seat).exists()


def test_a_mail_within_a_thousand_mails_is_no_answer(seat):
    raw = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2000))

    assert take(raw.encode() + answered.google(seat)) is Found.NONE


def test_the_command_says_how_many_without_an_address(seat, tmp_path, capsys):
    (tmp_path / "1.eml").write_bytes(answered.google(seat))
    (tmp_path / "2.eml").write_bytes(answered.google(seat))
    (tmp_path / "3.eml").write_bytes(b"Subject: hej\n\nHej")

    call_command("read_replies", str(tmp_path))

    assert capsys.readouterr().out.splitlines() == [
        "answers for an officer to decide on: 1",
        "read before, or older than what we have read: 1",
        "no answer from a calendar: 1",
    ]
    with pytest.raises(CommandError, match="1 files"):
        call_command("read_replies", str(tmp_path / "none.eml"))


def test_the_mailbox_is_read_for_answers_and_for_mails_that_came_back(seat, tmp_path, capsys):
    for folder in ("new", "cur"):
        (tmp_path / folder).mkdir()
    (tmp_path / "new" / "1").write_bytes(answered.outlook(seat))
    (tmp_path / "new" / "2").write_bytes(answered.mail("METHOD:REPLY"))

    call_command("read_mailbox", str(tmp_path))

    said = capsys.readouterr().out.splitlines()
    assert said == ["answers for an officer to decide on: 1", "answers that cannot be read: 1"]
    assert [file.name for file in (tmp_path / "cur").iterdir()] == ["1:2,S"]


def test_an_answer_goes_fourteen_days_after_the_event():
    now = timezone.now()
    for days in (13, 15):
        seat = RegistrationFactory(event=EventFactory(starts_at=now - timedelta(days=days, hours=4)), confirmed=True)
        ReplyFactory(registration=seat)

    retention.RULES["events.replies"].apply(now)

    assert Reply.objects.count() == 1
