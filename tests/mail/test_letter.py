import re

import pytest
from django.core import mail
from django.utils import timezone

from outreach.mail import kinds, mailboxes
from outreach.mail.kinds import Attachment, MailKind
from outreach.mail.letter import MissingLink, letter
from outreach.mail.models import Mailbox
from tests.mail.conftest import links

pytestmark = pytest.mark.django_db
CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Møde på Østerbro\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def send_now(write, work):
    """``send_now(…)`` writes a mail, sends it through the postbox and returns what the mailbox received."""

    def send_now(postbox, to="bo@example.org", **options):
        write(to, **options)
        work()
        return postbox.mails[-1]

    return send_now


def part(received, subtype):
    return received.get_body((subtype,)).get_content()


def test_links_are_in_both_parts_of_the_letter(send_now, postbox):
    received = send_now(postbox)

    text, html = part(received, "plain"), part(received, "html")
    assert "Bekræft: https://public.example/confirm/secret-1/" in text
    assert 'href="https://public.example/confirm/secret-1/"' in html
    assert "[personal link]" not in text + html


def test_a_labelled_link_is_a_button_and_another_one_a_link(send_now, postbox):
    html = part(send_now(postbox), "html")

    assert re.search(r'<a href="https://public\.example/confirm/secret-1/" style="[^"]+">Bekræft</a>', html)
    assert re.search(r'<a href="(https://public\.example/manage/secret-2/)" [^>]+>\1</a> i stedet', html)


def test_what_was_typed_is_text_in_the_html_part(send_now, postbox):
    received = send_now(postbox, name='<img src="https://evil.example/x.png"> & https://evil.example/')

    html = part(received, "html")
    assert "<img" not in html
    assert 'href="https://evil.example/' not in html
    assert "Øst &amp; Vest" in html
    assert 'Hej <img src="https://evil.example/x.png"> & https://evil.example/' in part(received, "plain")


def test_nothing_is_fetched_from_anywhere(send_now, postbox):
    html = part(send_now(postbox), "html")

    assert not re.search(r"<(img|link|script|iframe|object|style)\b|url\(|@import| src=", html)


def test_the_foot_says_who_we_are_why_this_came_and_whom_to_call(send_now, postbox):
    received = send_now(postbox)

    for subtype in ("plain", "html"):
        content = part(received, subtype)
        for words in ("Center for Forebyggelse", "Du får denne mail, fordi", "112", "41 74 90 90"):
            assert words in content


def test_the_numbers_in_the_foot_can_be_called(send_now, postbox):
    html = part(send_now(postbox), "html")

    assert re.search(r'<a href="tel:112" [^>]+>112</a>', html)
    assert re.search(r'<a href="tel:\+4541749090" [^>]+>41 74 90 90</a>', html)


def test_an_english_letter_has_an_english_foot(send_now, postbox):
    received = send_now(postbox, language="en")

    assert "You get this mail because" in part(received, "plain")
    assert "If there is danger now, call" in part(received, "html")
    assert '<html lang="en">' in part(received, "html")


def test_the_headers_tell_machines_not_to_answer(send_now, postbox):
    received = send_now(postbox)

    assert received["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<[0-9a-f-]{36}@public\.example>", received["Message-ID"])
    assert received["To"] == "bo@example.org"
    assert received["From"].addresses[0].addr_spec == "svar-ikke@center.example"


def test_what_was_typed_makes_no_header(send_now, postbox):
    received = send_now(postbox, name="Bo\r\nBcc: all@example.org\r\nX-Evil: 1")

    assert received["Bcc"] is None
    assert received["X-Evil"] is None
    assert received["Subject"] == "Hej Bo Bcc: all@example.org X-Evil: 1"


def test_danish_letters_arrive(send_now, postbox):
    received = send_now(postbox, name="Åse Ærøskøbing 👋")

    assert received["Subject"] == "Hej Åse Ærøskøbing 👋"
    assert "Hej Åse Ærøskøbing 👋" in part(received, "plain")


def test_an_attachment_keeps_the_parameters_of_its_type(send_now, postbox, monkeypatch):
    invitation = Attachment("møde.ics", CALENDAR, "text/calendar; charset=utf-8; method=REQUEST")
    picture = Attachment("kort.png", b"\x89PNG\x00\xff", "image/png")
    kind = MailKind(name="sample.hello", links=links, attachments=lambda message: [invitation, picture])
    monkeypatch.setitem(kinds.KINDS, "sample.hello", kind)

    calendar, image = send_now(postbox).iter_attachments()

    assert calendar.get_content_type() == "text/calendar"
    assert dict(calendar["Content-Type"].params) == {"charset": "utf-8", "method": "REQUEST"}
    assert calendar.get_filename() == "møde.ics"
    assert "SUMMARY:Møde på Østerbro" in calendar.get_content()
    assert (image.get_content_type(), image.get_content()) == ("image/png", b"\x89PNG\x00\xff")


def test_a_calendar_program_finds_the_invitation_as_the_last_alternative(send_now, postbox, monkeypatch):
    """Outlook and Google act on METHOD only there; others take the file."""
    invitation = Attachment("invite.ics", CALENDAR, "text/calendar; charset=utf-8; method=REQUEST")
    kind = MailKind(name="sample.hello", links=links, attachments=lambda message: [invitation])
    monkeypatch.setitem(kinds.KINDS, "sample.hello", kind)

    alternatives, file = send_now(postbox).iter_parts()

    plain, html, entry = alternatives.iter_parts()
    assert alternatives.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in (plain, html)] == ["text/plain", "text/html"]
    assert dict(entry["Content-Type"].params) == {"charset": "utf-8", "method": "REQUEST"}
    assert entry["Content-Disposition"] is None
    assert entry.get_content() == file.get_content()
    assert file.get_filename() == "invite.ics"


def test_a_file_that_is_no_invitation_is_no_alternative(send_now, postbox, monkeypatch):
    file = Attachment("meeting.ics", CALENDAR, "text/calendar; charset=utf-8")
    kind = MailKind(name="sample.hello", links=links, attachments=lambda message: [file])
    monkeypatch.setitem(kinds.KINDS, "sample.hello", kind)

    alternatives, _file = send_now(postbox).iter_parts()

    assert [part.get_content_type() for part in alternatives.iter_parts()] == ["text/plain", "text/html"]


def test_a_template_that_asks_for_an_unknown_link_sends_nothing(write, work, monkeypatch):
    monkeypatch.setitem(kinds.KINDS, "sample.hello", MailKind(name="sample.hello"))
    message = write()

    with pytest.raises(MissingLink, match="confirm"):
        letter(message, None)
    work()
    message.refresh_from_db()
    assert (message.state, message.reason, mail.outbox) == ("queued", "not written: MissingLink", [])


def test_the_links_of_a_batch_are_made_in_as_many_questions_as_those_of_one(
    write, work, django_assert_max_num_queries
):
    def questions(addresses):
        for address in addresses:
            write(address)
        with django_assert_max_num_queries(3) as asked:
            mailboxes.open_all(addresses, now=timezone.now())
        work()
        return len(asked)

    assert questions(["ana@example.org"]) == questions([f"a{n}@example.org" for n in range(9)])
    assert Mailbox.objects.count() == 10
    assert len(mail.outbox) == 10
    for sent in mail.outbox:
        assert "/mails/" in sent.body


def test_an_address_opened_in_a_batch_keeps_its_links_when_a_mail_is_sent(write, work):
    mailboxes.open_all(["Bo@example.org"], now=timezone.now())
    before = Mailbox.objects.values().get()

    write("bo@example.org")
    work()

    after = Mailbox.objects.values().get()
    assert {**after, "links_until": None} == {**before, "links_until": None}
    assert after["choose_hash"] == mailboxes.digest(mailboxes.token_of(Mailbox.objects.get(), "choose"))
