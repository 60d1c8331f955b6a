"""Against a mail server that answers over a real connection, and sometimes does not."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from outreach.accounts.models import Team
from outreach.mail import kinds, outbox
from outreach.mail.kinds import MailKind
from outreach.mail.models import LEASE, OutboxMessage, Suppression
from outreach.mail.tasks import drain_when_due
from tests.mail.conftest import links

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


class Time:
    """A clock the test sets: ``outbox.drain(time)``."""

    def __init__(self):
        self.now = timezone.now()

    def __call__(self):
        return self.now

    def pass_(self, period):
        self.now += period


@pytest.fixture
def time():
    return Time()


def received(postbox):
    return [letter["To"] for letter in postbox.mails]


def states():
    return list(OutboxMessage.objects.order_by("created_at").values_list("state", flat=True))


def test_many_mails_go_over_one_connection(write, postbox, time):
    for number in range(25):
        write(f"guest{number}@example.org")
    time.pass_(MINUTE)

    assert outbox.drain(time) == 25
    assert len(postbox.mails) == 25
    assert postbox.lines == 1
    assert set(states()) == {"sent"}


def test_more_than_a_batch_is_sent_in_one_go(write, postbox, time, monkeypatch):
    monkeypatch.setattr(outbox, "BATCH", 4)
    for number in range(10):
        write(f"guest{number}@example.org")
    time.pass_(MINUTE)

    assert outbox.drain(time) == 10
    assert postbox.lines == 1


def test_an_hour_without_a_mail_server_loses_nothing(write, postbox, time):
    postbox.close()
    for number in range(5):
        write(f"guest{number}@example.org")
    for _ in range(60):
        time.pass_(MINUTE)
        outbox.drain(time)
    assert set(states()) == {"queued"}

    postbox.open()
    for _ in range(60):
        time.pass_(MINUTE)
        outbox.drain(time)

    assert sorted(received(postbox)) == [f"guest{number}@example.org" for number in range(5)]
    assert set(states()) == {"sent"}


def test_a_day_without_a_mail_server_loses_nothing_and_repeats_nothing(write, postbox, time):
    postbox.close()
    for number in range(3):
        write(f"guest{number}@example.org")
    for _ in range(24 * 4):
        time.pass_(15 * MINUTE)
        outbox.drain(time)

    postbox.open()
    for _ in range(5):
        time.pass_(15 * MINUTE)
        outbox.drain(time)

    assert sorted(received(postbox)) == [f"guest{number}@example.org" for number in range(3)]


def test_while_the_server_is_away_each_look_costs_one_mail_one_attempt(write, postbox, time):
    postbox.close()
    for number in range(5):
        write(f"guest{number}@example.org")
    time.pass_(MINUTE)

    outbox.drain(time)

    assert sorted(OutboxMessage.objects.values_list("attempts", flat=True)) == [0, 0, 0, 0, 1]
    assert OutboxMessage.objects.get(attempts=1).reason == "mail server away: ConnectionRefusedError"


def test_pauses_double_up_to_an_hour(write, postbox, time):
    postbox.close()
    message = write()
    pauses = []
    for _ in range(9):
        time.pass_(timedelta(hours=1))
        outbox.drain(time)
        message.refresh_from_db()
        pauses.append((message.next_attempt_at - time.now) // MINUTE)

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_mail_is_given_up_in_the_open_after_five_days(write, postbox, time, caplog):
    postbox.close()
    message = write()
    time.pass_(timedelta(days=5, minutes=1))

    outbox.drain(time)

    message.refresh_from_db()
    assert (message.state, message.reason) == ("failed", "mail server away: ConnectionRefusedError")
    assert "given up" in caplog.text
    assert "bo@example.org" not in caplog.text


def test_a_line_that_drops_is_opened_once_more(write, postbox, time):
    for number in range(4):
        write(f"guest{number}@example.org")
    postbox.answers = ["250 OK", "hang up"]
    time.pass_(MINUTE)

    assert outbox.drain(time) == 4
    assert sorted(received(postbox)) == [f"guest{number}@example.org" for number in range(4)]
    assert postbox.lines == 2


def test_a_line_that_drops_twice_leaves_the_rest_waiting(write, postbox, time):
    for number in range(4):
        write(f"guest{number}@example.org")
    postbox.answers = ["250 OK", "hang up", "hang up"]
    time.pass_(MINUTE)

    assert outbox.drain(time) == 1
    assert sorted(states()) == ["queued", "queued", "queued", "sent"]
    time.pass_(MINUTE)
    assert outbox.drain(time) == 3


def test_a_server_that_goes_away_politely_is_tried_again(write, postbox, time):
    write()
    postbox.answers = ["421 Closing"]
    time.pass_(MINUTE)

    assert outbox.drain(time) == 1


def test_a_letter_the_server_took_before_it_hung_up_comes_twice_under_one_name(write, postbox, time):
    write()
    postbox.answers = ["take it and hang up"]
    time.pass_(MINUTE)

    outbox.drain(time)

    assert len(postbox.mails) == 2
    assert len({letter["Message-ID"] for letter in postbox.mails}) == 1


def test_an_address_refused_for_good_is_given_up_and_the_others_go(write, postbox, time):
    for name in ("ana", "bo", "cia"):
        write(f"{name}@example.org")
    postbox.refuses["bo@example.org"] = "550 No such user bo@example.org"
    time.pass_(MINUTE)

    assert outbox.drain(time) == 2
    failed = OutboxMessage.objects.failed().get()
    assert (failed.to, failed.reason) == ("bo@example.org", "refused: 550")


def test_an_address_refused_for_now_is_tried_again(write, postbox, time):
    message = write()
    postbox.refuses["bo@example.org"] = "451 Greylisted"
    time.pass_(MINUTE)
    outbox.drain(time)
    message.refresh_from_db()
    assert (message.state, message.reason, message.attempts) == ("queued", "refused: 451", 1)

    postbox.refuses.clear()
    time.pass_(MINUTE)
    assert outbox.drain(time) == 1


def test_a_letter_refused_for_good_is_given_up(write, postbox, time):
    write()
    postbox.answers = ["554 No spam here"]
    time.pass_(MINUTE)

    assert outbox.drain(time) == 0
    assert OutboxMessage.objects.failed().get().reason == "refused: 554"


def test_a_mail_that_cannot_be_written_holds_up_no_other(write, postbox, time):
    write("ana@example.org")
    broken = write("bo@example.org")
    OutboxMessage.objects.filter(pk=broken.pk).update(kind="sample.gone")
    time.pass_(MINUTE)

    assert outbox.drain(time) == 1
    broken.refresh_from_db()
    assert (broken.state, broken.reason) == ("queued", "not written: KeyError")


def test_a_mail_whose_kind_does_not_get_ready_holds_up_no_other(write, postbox, time, monkeypatch):
    def ready(messages):
        assert all(message.to != "bo@example.org" for message in messages)

    monkeypatch.setitem(kinds.KINDS, "sample.hello", MailKind("sample.hello", ready=ready, links=links))
    for name in ("ana", "bo", "cia"):
        write(f"{name}@example.org")
    time.pass_(MINUTE)

    assert outbox.drain(time) == 2
    broken = OutboxMessage.objects.get(to="bo@example.org")
    assert (broken.state, broken.reason, broken.attempts) == ("queued", "not written: AssertionError", 1)


def test_while_a_slow_server_takes_a_batch_what_is_decided_meanwhile_counts(write, postbox, time, monkeypatch):
    def slowly(message):
        time.pass_(MINUTE)
        Suppression(address="cia@example.org", reason="unwanted", since=time.now).save()
        return []

    monkeypatch.setitem(kinds.KINDS, "sample.hello", MailKind("sample.hello", links=links, attachments=slowly))
    for name in ("ana", "bo", "cia"):
        write(f"{name}@example.org")
    time.pass_(MINUTE)

    assert outbox.drain(time) == 2
    assert received(postbox) == ["ana@example.org", "bo@example.org"]
    assert OutboxMessage.objects.get(to="cia@example.org").reason == "address suppressed: unwanted"


def test_however_slow_the_server_no_other_worker_takes_the_rest_of_a_batch(write, postbox, time, monkeypatch):
    def slowly(message):
        time.pass_(4 * MINUTE)
        assert outbox.take_over(time()) == 0
        return []

    monkeypatch.setitem(kinds.KINDS, "sample.hello", MailKind("sample.hello", links=links, attachments=slowly))
    for name in ("ana", "bo", "cia"):
        write(f"{name}@example.org")
    time.pass_(MINUTE)

    assert outbox.drain(time) == 3
    assert set(states()) == {"sent"}


def test_a_mail_about_something_that_is_gone_is_skipped(write, postbox, time, monkeypatch):
    kind = MailKind(name="sample.hello", links=lambda message: Team.objects.get(pk=message.about_pk) and {})
    monkeypatch.setitem(kinds.KINDS, "sample.hello", kind)
    message = write()
    Team.objects.all().delete()
    time.pass_(MINUTE)

    outbox.drain(time)

    message.refresh_from_db()
    assert (message.state, message.reason) == ("skipped", "what it is about is gone")


def test_what_a_dead_worker_left_is_sent_after_its_lease(write, postbox, time):
    write()
    time.pass_(MINUTE)
    outbox.claim(time())  # and then the worker was killed

    assert outbox.drain(time) == 0
    time.pass_(LEASE)
    assert outbox.drain(time) == 1


def test_a_mail_taken_over_is_not_sent_by_its_first_worker_too(write, postbox, time):
    write()
    time.pass_(MINUTE)
    (slow,) = outbox.claim(time())
    time.pass_(LEASE)
    assert outbox.drain(time) == 1

    with outbox.Line() as line:
        assert list(outbox.work_off([slow], line, time)) == []
    assert len(postbox.mails) == 1


def test_a_flood_waits_its_turn(write, postbox, time, monkeypatch):
    monkeypatch.setattr(outbox, "CAP_PER_HOUR", 2)
    for number in range(3):
        write(f"guest{number}@example.org")
    time.pass_(MINUTE)

    assert outbox.drain(time) == 2
    time.pass_(timedelta(hours=1))
    assert outbox.drain(time) == 1


@pytest.fixture
def asked(monkeypatch):
    """A kind of mail that answers somebody's own act."""
    kind = MailKind(name="sample.hello", links=links, asked_for=True)
    return lambda: monkeypatch.setitem(kinds.KINDS, "sample.hello", kind)


def test_what_somebody_asked_for_goes_before_a_flood(write, postbox, time, monkeypatch, asked):
    monkeypatch.setattr(outbox, "BATCH", 2)
    monkeypatch.setattr(outbox, "CAP_PER_HOUR", 3)
    monkeypatch.setitem(kinds.KINDS, "sample.flood", MailKind(name="sample.flood", links=links))
    for number in range(5):
        write(f"guest{number}@example.org")
    OutboxMessage.objects.update(kind="sample.flood")
    asked()
    write("ana@example.org")
    time.pass_(MINUTE)

    with outbox.Line() as line:
        assert list(outbox.work_off(outbox.claim(time()), line, time)) == [True, True]
    assert sorted(received(postbox)) == ["ana@example.org", "guest0@example.org"]


def test_what_somebody_asked_for_does_not_wait_for_the_hour_of_a_flood(write, postbox, time, monkeypatch, asked):
    monkeypatch.setattr(outbox, "CAP_PER_HOUR", 1)
    for number in range(2):
        write(f"guest{number}@example.org")
    time.pass_(MINUTE)
    assert outbox.drain(time) == 1

    asked()

    assert outbox.drain(time) == 1


def test_other_tasks_have_their_turn_before_a_flood_has_passed(write, postbox, time, monkeypatch):
    monkeypatch.setattr(outbox, "BATCH", 2)
    monkeypatch.setattr(outbox, "TURN", timedelta(0))
    for number in range(5):
        write(f"guest{number}@example.org")
    DBTaskResult.objects.all().delete()
    time.pass_(MINUTE)

    assert [outbox.drain(time) for _turn in range(3)] == [2, 2, 1]
    assert DBTaskResult.objects.count() == 1  # one waits, whoever asks for it


def test_the_clock_has_the_outbox_drained_only_when_something_is_due(write, postbox, work):
    write()
    DBTaskResult.objects.all().delete()  # the task is lost, or waited for another attempt

    drain_when_due(timezone.now())
    work()
    assert len(postbox.mails) == 1

    DBTaskResult.objects.all().delete()
    drain_when_due(timezone.now())
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_workers_that_drain_at_the_same_time_send_each_mail_once(write, postbox, time, monkeypatch):
    monkeypatch.setattr(outbox, "BATCH", 5)
    for number in range(60):
        write(f"guest{number}@example.org")
    time.pass_(MINUTE)
    start = Barrier(4)
    sent = []

    def drain():
        start.wait()
        sent.append(outbox.drain(time))
        connection.close()

    threads = [Thread(target=drain) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(sent) == 60
    assert sorted(received(postbox)) == sorted(f"guest{number}@example.org" for number in range(60))
