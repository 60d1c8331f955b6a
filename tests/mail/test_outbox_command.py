import pytest
from django.core.management import CommandError, call_command

from outreach.mail.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def given_up(write):
    message = write("bo@example.org")
    OutboxMessage.objects.update(state="failed", reason="refused: 550", attempts=1)
    return message


def test_a_healthy_outbox_is_told_in_numbers(write, capsys):
    write()

    call_command("outbox")

    assert capsys.readouterr().out == "queued: 1\n"


def test_a_mail_that_was_given_up_is_told_without_its_address_and_fails_the_command(given_up, capsys):
    with pytest.raises(CommandError) as refusal:
        call_command("outbox")

    assert str(refusal.value) == "sample.hello: refused: 550: 1"


def test_a_mail_that_was_given_up_can_be_tried_once_more(given_up, postbox, work):
    call_command("outbox", "--retry")
    work()

    assert [letter["To"] for letter in postbox.mails] == ["bo@example.org"]
