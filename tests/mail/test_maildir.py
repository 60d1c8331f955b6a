"""The mailbox of the sender's address: each mail is read once, and what nobody understands stays."""

import os
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from outreach.mail import bounces, incoming, maildir, tasks
from outreach.mail.bounces import Found
from outreach.mail.incoming import Nobody
from outreach.mail.models import Suppression
from outreach.queue import periodic
from outreach.queue.models import PeriodicJob

from . import returned

pytestmark = pytest.mark.django_db
LETTER = b"From: ana@example.org\nSubject: Tak\n\nTak for sidst.\n"


class Maildir:
    def __init__(self, path):
        self.path = path
        for name in ("new", "cur", "tmp"):
            (path / name).mkdir(parents=True)

    def put(self, name, content, folder="new"):
        (self.path / folder / name).write_bytes(content)

    def names(self, folder):
        return sorted(file.name for file in (self.path / folder).iterdir())


@pytest.fixture
def box(tmp_path, settings):
    box = Maildir(tmp_path / "Maildir")
    settings.INCOMING_MAILDIR = str(box.path)
    return box


@pytest.fixture
def notice(write, work):
    message = write()
    work()
    message.refresh_from_db()
    return returned.postfix(message).encode()


@pytest.fixture
def run(capsys):
    def run(*arguments):
        call_command(*arguments)
        return capsys.readouterr().out.splitlines()

    return run


def read_all(box):
    return incoming.read(maildir.unread(box.path), incoming.READERS.values(), now=timezone.now()).found


def test_what_is_understood_is_marked_as_read_and_the_rest_stays(box, notice, run):
    box.put("1.M1.host", notice)
    box.put("2.M2.host", LETTER)

    assert run("read_mailbox") == ["addresses marked: 1", "left for somebody to read: 1"]

    assert (box.names("cur"), box.names("new")) == (["1.M1.host:2,S"], ["2.M2.host"])
    assert (box.path / "cur" / "1.M1.host:2,S").read_bytes() == notice
    assert run("read_mailbox") == ["left for somebody to read: 1"]


def test_one_reader_alone_leaves_the_mails_of_the_others(box, notice, run):
    box.put("1", notice)

    assert run("read_replies", str(box.path)) == ["no answer from a calendar: 1"]
    assert run("read_bounces", str(box.path)) == ["addresses marked: 1"]

    assert box.names("cur") == ["1:2,S"]


def test_a_reader_killed_before_the_mail_is_marked_takes_nothing_twice(box, notice, monkeypatch):
    box.put("1", notice)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(maildir, "mark_read", killed)
        read_all(box)

    assert (box.names("new"), Suppression.objects.count()) == (["1"], 1)
    assert read_all(box) == {Found.BEFORE: 1}
    assert (box.names("new"), Suppression.objects.count()) == ([], 1)


def killed(*args, **kwargs):
    raise KeyboardInterrupt


def test_a_reader_killed_before_the_commit_loses_nothing(box, notice, monkeypatch):
    box.put("1", notice)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(bounces.Suppression.objects, "get_or_create", killed)
        read_all(box)

    assert (box.names("new"), Suppression.objects.count()) == (["1"], 0)
    assert read_all(box) == {Found.MARKED: 1}


def test_mails_a_mail_program_moved_are_read_unless_somebody_opened_them(box, notice):
    box.put("1:2,", notice, "cur")
    box.put("2:2,F", notice, "cur")
    box.put("3:2,S", notice, "cur")
    box.put("4:2,T", notice, "cur")

    assert sum(read_all(box).values()) == 2
    assert box.names("cur") == ["1:2,S", "2:2,FS", "3:2,S", "4:2,T"]


def test_the_newest_mail_comes_first(box, notice):
    for number in (1, 2, 3):
        box.put(str(number), LETTER)
        os.utime(box.path / "new" / str(number), (number, number))

    assert [file.name for file in maildir.unread(box.path)] == ["3", "2", "1"]


def test_what_is_no_file_is_passed_over(box, notice, tmp_path):
    (tmp_path / "secret").write_bytes(notice)
    (box.path / "new" / "link").symlink_to(tmp_path / "secret")
    (box.path / "new" / "folder").mkdir()
    os.mkfifo(box.path / "new" / "pipe")
    box.put(".hidden", notice)
    box.put("empty", b"")

    assert read_all(box) == {Nobody.KNOWS: 1}


def test_a_mail_that_another_process_took_is_no_trouble(box, notice):
    box.put("1", notice)
    files = maildir.unread(box.path)
    read_all(box)

    report = incoming.read(files, incoming.READERS.values(), now=timezone.now())

    assert (report.found, report.troubles) == ({}, [])


def test_a_file_that_cannot_be_opened_is_named_and_the_others_are_read(box, notice, run, monkeypatch):
    box.put("1", notice)
    box.put("2", LETTER)
    start_of = incoming.start_of

    def refuse(source):
        if source.name == "2":
            raise PermissionError(13, "Permission denied")
        return start_of(source)

    monkeypatch.setattr(incoming, "start_of", refuse)

    with pytest.raises(CommandError, match="1 files could not be read"):
        run("read_mailbox")
    assert (box.names("cur"), box.names("new")) == (["1:2,S"], ["2"])


def test_a_mail_that_breaks_a_reader_stays_and_holds_up_no_other(box, notice, monkeypatch, caplog):
    box.put("1", notice)
    box.put("2", LETTER)
    take = bounces.READER.take

    def stumble(raw, *, now):
        if raw == LETTER:
            raise ZeroDivisionError("ana@example.org")
        return take(raw, now=now)

    reader = incoming.Reader("bounces", stumble, Found, bounces.READER.leaves)
    report = incoming.read(maildir.unread(box.path), [reader], now=timezone.now())

    assert (report.found, len(report.troubles)) == ({Found.MARKED: 1}, 1)
    assert box.names("new") == ["2"]
    assert "ZeroDivisionError" in caplog.text and "ana@" not in caplog.text + "".join(report.troubles)


def test_without_a_database_nothing_is_marked(box, notice):
    box.put("1", notice)

    def away(raw, *, now):
        raise OperationalError

    with pytest.raises(OperationalError):
        incoming.read(maildir.unread(box.path), [incoming.Reader("x", away, Found, frozenset())], now=timezone.now())
    assert box.names("new") == ["1"]


def test_a_folder_that_is_missing_is_a_sentence(tmp_path, settings, run):
    with pytest.raises(CommandError, match="Name a maildir, or set INCOMING_MAILDIR"):
        run("read_mailbox")
    with pytest.raises(CommandError, match="could not be read"):
        run("read_mailbox", str(tmp_path / "none"))


def test_a_folder_that_may_not_be_opened_is_a_sentence(box, tmp_path, run, monkeypatch):
    with pytest.raises(CommandError, match="The mails cannot be read"):
        run("read_mailbox", str(tmp_path / ("x" * 300)))

    def refuse(folder):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(maildir.os, "scandir", refuse)
    with pytest.raises(CommandError, match="Permission denied"):
        run("read_mailbox")


def test_the_worker_reads_the_mailbox_every_five_minutes(box, notice, work):
    box.put("1", notice)
    now = timezone.now()

    periodic.run_periodic(now)
    work()
    box.put("2", notice)
    periodic.run_periodic(now + timedelta(minutes=4))
    work()
    assert box.names("new") == ["2"]

    periodic.run_periodic(now + timedelta(minutes=6))
    work()
    assert box.names("cur") == ["1:2,S", "2:2,S"]


def test_a_worker_whose_mailbox_is_gone_says_so(tmp_path, settings):
    settings.INCOMING_MAILDIR = str(tmp_path / "none")

    periodic.run_periodic(timezone.now())

    job = PeriodicJob.objects.get(name="mail.read_mailbox")
    assert (job.failures, job.error) == (1, "outreach.mail.maildir.NoMaildir")


def test_a_task_out_of_time_leaves_the_rest_to_the_next(box, notice, monkeypatch):
    monkeypatch.setattr(tasks, "READING", timedelta(0))
    box.put("1", notice)

    tasks.read_mailbox.func()

    assert box.names("new") == ["1"]
