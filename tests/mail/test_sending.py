import json

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from outreach.mail import gate, kinds, sending
from outreach.mail.kinds import MailKind
from outreach.mail.models import OutboxMessage, WrongProcess
from outreach.mail.sending import Wish, send, send_all

pytestmark = pytest.mark.django_db


def test_a_mail_is_written_in_the_language_of_its_reader(write):
    danish, english = write(language="da"), write(language="en")

    assert (danish.subject, english.subject) == ("Hej Bo", "Hello Bo")
    assert "Du har skrevet dig op hos holdet Øst & Vest." in danish.text
    assert "You put your name down with Øst & Vest." in english.text


def test_the_row_shows_where_a_link_goes_and_holds_none(write):
    message = write()

    row = json.dumps(list(OutboxMessage.objects.values()), default=str)
    assert "Bekræft: [personal link]" in message.text
    assert message.link_keys == ["confirm", "manage"]
    assert "secret" not in row


def test_a_placeholder_somebody_typed_is_no_link(write):
    message = write(name="[personal link] Bo")

    assert message.text.count("[personal link]") == len(message.link_keys) == 2
    assert "Hej personal link Bo" in message.text


def test_writing_a_mail_has_the_outbox_drained_once(write):
    DBTaskResult.objects.all().delete()

    write("bo@example.org")
    write("ana@example.org")

    assert DBTaskResult.objects.get().task_path == "outreach.mail.tasks.drain_outbox"


def test_nothing_is_sent_before_the_task_runs(write, work):
    write()
    assert mail.outbox == []

    work()

    assert [letter.to for letter in mail.outbox] == [["bo@example.org"]]
    assert OutboxMessage.objects.get().state == "sent"


def test_a_repeat_returns_the_first_mail_and_writes_nothing(write):
    first = write(dedupe="confirm:7")
    second = write("other@example.org", dedupe="confirm:7")

    assert second.pk == first.pk
    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize("face", ["public", "internal"])
def test_only_the_worker_writes_the_outbox(settings, write, face):
    settings.FACE = face

    with pytest.raises(WrongProcess):
        write()
    assert not OutboxMessage.objects.exists()


def test_an_unknown_kind_is_refused(team):
    with pytest.raises(KeyError):
        send("sample.unknown", to="bo@example.org", language="da", about=team)


def test_two_kinds_cannot_share_a_name():
    with pytest.raises(ValueError, match=r"sample\.hello"):
        kinds.register(MailKind(name="sample.hello"))


def test_a_subject_is_one_line_whatever_was_typed(write):
    message = write(name="Bo\r\nBcc: all@example.org\r\n\r\nBuy")

    assert message.subject == "Hej Bo Bcc: all@example.org Buy"


def test_control_characters_do_not_survive(write):
    message = write(name="B\x00o\x1b[31m\x0b")

    assert "Hej Bo[31m" in message.text


def test_a_mail_can_be_found_by_what_it_is_about(write, team):
    message = write()

    assert OutboxMessage.objects.about(team).get() == message


def test_many_are_written_at_once_each_with_its_answer(team):
    def wish(to, dedupe):
        return Wish("sample.hello", to=to, language="da", about=team, context={"name": to}, dedupe=dedupe)

    first = send_all([wish("ana@example.org", "7")])
    rows = send_all([wish("bo@example.org", "8"), wish("no address", "9"), wish("ana@example.org", "7")])

    assert [row.state for row in rows] == ["queued", "skipped", "queued"]
    assert rows[2] == first[0]
    assert sorted(OutboxMessage.objects.values_list("to", "state")) == [
        ("ana@example.org", "queued"),
        ("bo@example.org", "queued"),
        ("no address", "skipped"),
    ]


def test_the_cap_counts_those_that_are_written_at_once(team, monkeypatch):
    monkeypatch.setattr(gate, "CAP_PER_ADDRESS", 2)
    wishes = [Wish("sample.hello", to="bo@example.org", language="da", about=team, context={"name": "Bo"})] * 3

    assert [row.state for row in send_all(wishes)] == ["queued", "queued", "skipped"]


def test_what_another_task_wrote_in_this_moment_is_written_once_and_the_others_too(team, monkeypatch):
    wishes = [Wish("sample.hello", "bo@example.org", "da", team, {"name": "Bo"}, dedupe=key) for key in ("7", "8")]
    first = send_all(wishes[:1])
    looks = iter([{}])
    look = sending._written_before
    monkeypatch.setattr(sending, "_written_before", lambda asked: next(looks, None) or look(asked))

    rows = send_all(wishes)

    assert rows[0] == first[0]
    assert OutboxMessage.objects.count() == 2
