"""Saying no to mails: in the mail program with one click, by the link in the foot, and on the page to choose on."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from events.mail import tell
from events.services import tokens
from outreach.mail import gate
from outreach.mail.kinds import GROUPS, KINDS
from outreach.mail.models import Mailbox, OutboxMessage
from tests.events.factories import RegistrationFactory

pytestmark = pytest.mark.django_db
REMINDED = {"words": "", "over": False}
ONE_CLICK = "List-Unsubscribe=One-Click"


@pytest.fixture
def coming():
    return RegistrationFactory(email="ana@example.org", status="confirmed")


@pytest.fixture
def remind(coming, work):
    """Sends Ana a reminder; returns it as her mailbox got it."""

    def remind(occasion="1"):
        tell("events.reminder", coming, occasion=occasion, **REMINDED)
        work()
        return received()

    return remind


def received():
    return message_from_bytes(mail.outbox[-1].message().as_bytes(), policy=policy.default)


def path_in(url):
    return re.fullmatch(r"<?https?://[^/]+(/[^>]+)>?", url.strip())[1]


def foot(letter, words):
    return path_in(re.search(rf"{words}: (\S+)", letter.get_body(("plain",)).get_content())[1])


def unwanted():
    return Mailbox.objects.get(address="ana@example.org").unwanted


def test_a_mail_one_can_do_without_says_no_with_one_click(remind):
    letter = remind()

    assert letter["List-Unsubscribe-Post"] == ONE_CLICK
    assert re.fullmatch(r"<https?://\S+/stop/events\.reminders/>", letter["List-Unsubscribe"].strip())
    assert b"<http" in mail.outbox[-1].message().as_bytes().split(b"List-Unsubscribe:")[1][:10]


def test_a_mail_one_must_get_says_no_to_nothing_and_leads_to_the_choice(coming, work):
    tell("events.confirmed", coming)
    work()
    letter = received()

    assert letter["List-Unsubscribe"] is None
    assert letter["List-Unsubscribe-Post"] is None
    assert "Få ikke flere" not in letter.get_body(("plain",)).get_content()
    assert Client().get(foot(letter, "Vælg, hvilke mails du vil have")).status_code == 200


FIELD = 'Content-Disposition: form-data; name="List-Unsubscribe"'
BODIES = [
    ("application/x-www-form-urlencoded", ONE_CLICK),
    ("multipart/form-data; boundary=x", f"--x\r\n{FIELD}\r\n\r\nOne-Click\r\n--x--\r\n"),
    ("multipart/form-data", "broken"),
    ("text/plain", ""),
]


@pytest.mark.parametrize(("content_type", "content"), BODIES)
def test_the_click_needs_no_cookie_and_no_page_of_ours(remind, content_type, content):
    address = path_in(remind()["List-Unsubscribe"])
    browser = Client(
        enforce_csrf_checks=True, headers={"origin": "https://mail.example", "sec-fetch-site": "cross-site"}
    )

    response = browser.post(address, content, content_type=content_type)

    assert response.status_code == 200
    assert not response.cookies
    assert unwanted() == ["events.reminders"]


def test_a_scanner_that_opens_the_links_changes_nothing(remind):
    letter = remind()

    for address in (path_in(letter["List-Unsubscribe"]), foot(letter, "Vælg, hvilke mails du vil have")):
        for method in ("get", "head", "options"):
            getattr(Client(), method)(address)
    assert unwanted() == []
    assert remind("2")["Message-ID"] != letter["Message-ID"]


def test_the_click_works_twice_and_from_two_browsers_and_by_the_button(remind):
    letter = remind()
    address = path_in(letter["List-Unsubscribe"])
    assert foot(letter, "Få ikke flere mails af denne slags") == address
    assert 'method="post"' in Client().get(address).content.decode()

    pages = [Client().post(address).content.decode() for _ in range(2)]

    assert pages[0].count("Du får ikke flere af de mails") == pages[1].count("Du får ikke flere af de mails") > 0
    assert unwanted() == ["events.reminders"]


def test_the_next_reminder_is_skipped_and_says_why_and_a_seat_is_still_told_of(remind, coming, work):
    Client().post(path_in(remind()["List-Unsubscribe"]))
    mail.outbox.clear()

    tell("events.reminder", coming, occasion="2", **REMINDED)
    tell("events.confirmed", coming)
    work()

    skipped = OutboxMessage.objects.get(state="skipped")
    assert (skipped.kind, skipped.reason) == ("events.reminder", gate.UNWANTED)
    assert [sent.to for sent in mail.outbox] == [["ana@example.org"]]


def test_a_reminder_that_waits_when_one_says_no_is_not_sent(remind, coming, work):
    address = path_in(remind()["List-Unsubscribe"])
    tell("events.reminder", coming, occasion="2", **REMINDED)
    Client().post(address)
    mail.outbox.clear()

    work()

    assert mail.outbox == []
    assert OutboxMessage.objects.get(state="skipped").reason == gate.UNWANTED


def test_a_stranger_learns_nothing_and_changes_nothing(remind):
    address = path_in(remind()["List-Unsubscribe"])
    token = address.split("/")[-4]
    wrong = [
        address.replace(token, "x" * 43),
        address.replace("events.reminders", "events.confirmed"),
        address.replace(f"{token}/stop/events.reminders", token),  # this link does not choose
        address[:-20],
        f"{address}x/",
    ]

    pages = [Client().post(each) for each in wrong] + [Client().get(each) for each in wrong]

    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert "ana@" not in pages[0].content.decode()
    assert unwanted() == []


def test_links_of_one_address_stay_the_same_and_work_for_months(remind):
    first, second = remind("1"), remind("2")
    assert first["List-Unsubscribe"] == second["List-Unsubscribe"]

    Mailbox.objects.update(links_until=timezone.now() + timedelta(days=100))
    remind("3")

    assert Mailbox.objects.get().links_until > timezone.now() + timedelta(days=150)
    Mailbox.objects.update(links_until=timezone.now() - timedelta(days=1))
    assert Client().post(path_in(first["List-Unsubscribe"])).status_code == 404


def choose(browser, address, **boxes):
    token = re.search(r'name="form_token" value="([^"]+)"', browser.get(address).content.decode())[1]
    return browser.post(address, {"form_token": token, **boxes})


def test_what_is_chosen_on_the_page_is_kept_and_can_be_chosen_otherwise(remind):
    address = foot(remind(), "Vælg, hvilke mails du vil have")

    page = choose(Client(), address, events_by_others="on").content.decode()
    assert "Dit valg er gemt" in page
    assert "events.reminders" in unwanted()
    assert "events.by_others" not in unwanted()
    assert "checked" not in re.search(r"<input[^>]*events_reminders[^>]*>", Client().get(address).content.decode())[0]

    choose(Client(), address, events_by_others="on", events_reminders="on")
    assert "events.reminders" not in unwanted()


def test_the_page_says_what_cannot_be_chosen_and_why(remind):
    page = Client().get(foot(remind(), "Vælg, hvilke mails du vil have")).content.decode()

    for words in ("ana@example.org", "De her kommer altid", "flyttet eller aflyst", "gå forgæves"):
        assert words in page
    assert 'rel="canonical"' not in page


def test_a_form_open_for_too_long_keeps_what_was_checked_and_saves_nothing(remind):
    address = foot(remind(), "Vælg, hvilke mails du vil have")

    response = Client().post(address, {"form_token": "forged", "events_by_others": "on"})

    assert response.status_code == 422
    assert unwanted() == []


def test_the_page_of_a_registration_leads_to_the_choice(coming):
    managed = path_in(tokens.link(coming, tokens.Purpose.MANAGE))
    address = re.search(r'href="(/mails/[^"]+)"', Client().get(managed).content.decode())[1]

    page = choose(Client(), address).content.decode()

    assert f'href="{managed}"' in page
    assert "events.reminders" in unwanted()


def test_no_mail_to_a_colleague_leads_to_the_public_choice_and_none_that_must_arrive_can_be_said_no_to():
    inside = {name for name, kind in KINDS.items() if kind.to_colleagues}
    assert {"accounts.password", "accounts.notice", "contacts.digest", "content.change_waits"} <= inside
    assert [name for name in inside if KINDS[name].group] == []
    must_arrive = [kind for kind in KINDS.values() if not kind.capped]
    assert [kind.name for kind in must_arrive if kind.group] == []
    assert {kind.group for kind in KINDS.values()} - {""} <= GROUPS.keys()
