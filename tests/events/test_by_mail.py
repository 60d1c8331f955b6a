"""The forms while they are flooded: the e-mail, then the form behind the link in the mail. The same for everyone."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from events.door import form as door
from events.models import DialogueRequest, FormLink, Registration
from events.services import form_links
from events.services.tokens import digest
from outreach.links import public_href
from outreach.privacy import limits, siege
from outreach.privacy.retention import RULES
from tests.events.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
DETAILS = {"name": "Ana Ærø", "organisation": "Åben Dør", "consent": "on", "hoped_for": "in_person"}
ASSOCIATION = {"organisation": "Åben Dør", "name": "Ana", "topic": "Naboskab", "place": "online"}


@pytest.fixture
def flood(db):
    return siege.declare(timezone.now() + timedelta(hours=2), now=timezone.now())


@pytest.fixture
def event(db):
    return EventFactory()


@pytest.fixture
def post(work):
    """``post()`` runs the worker and returns the letters sent since the last call."""

    def post():
        work()
        letters, mail.outbox[:] = list(mail.outbox), []
        return letters

    return post


def page_of(event):
    return public_href("events:register", event.slug)


def send(client, page, **data):
    """Open the page, and send the form that stands on it with its token."""
    form = client.get(page).context["form"]
    return client.post(page, {"form_token": form["form_token"].value(), **data})


def ask(client, page, email="ana@example.org"):
    return send(client, page, email=email, by_mail="x")


def link_in(letter):
    return re.findall(r"http://[^/\s]+(/\S+/[\w-]{43}/)", letter.body)[0]


def test_a_registration_goes_by_two_mails_and_the_address_is_the_one_that_got_the_link(client, event, flood, post):
    assert set(client.get(page_of(event)).context["form"].fields) == {"email", "form_token", "homepage"}
    assert ask(client, page_of(event))["Location"] == public_href("events:form_sent")
    assert client.get(public_href("events:form_sent")).status_code == 200
    (letter,) = post()
    assert letter.subject == f"Gå videre med din tilmelding: {event.public_title}"

    answer = send(client, link_in(letter), email="other@example.org", **DETAILS)

    assert answer["Location"] == public_href("events:registered", event.slug)
    assert Registration.objects.get().email == "ana@example.org"
    assert [letter.subject for letter in post()] == [f"Bekræft din tilmelding: {event.public_title}"]


def test_colleagues_come_through_the_link_too(client, event, flood, post):
    ask(client, page_of(event))
    (letter,) = post()
    rows = {"colleague-TOTAL_FORMS": "1", "colleague-INITIAL_FORMS": "0", "colleague-0-name": "Bo"}
    page = link_in(letter)
    token = client.get(page).context["form"]["form_token"].value()

    more = client.post(page, {"form_token": token, "add_colleague": "x", **DETAILS})
    assert more.context["form"]["email"].value() == "ana@example.org"
    client.post(page, {"form_token": token, **DETAILS, **rows, "colleague-0-email": "bo@example.org"})

    assert set(Registration.objects.values_list("email", flat=True)) == {"ana@example.org", "bo@example.org"}


def test_an_invitation_to_a_dialogue_goes_the_same_way(client, flood, post):
    assert ask(client, public_href("dialogue:ask"))["Location"] == public_href("events:form_sent")
    (letter,) = post()
    assert letter.subject == "Gå videre med jeres invitation til en dialog"

    answer = send(client, link_in(letter), **ASSOCIATION)

    assert answer["Location"] == public_href("dialogue:asked")
    assert DialogueRequest.objects.get().email == "ana@example.org"


def test_whoever_had_begun_the_whole_form_reads_the_text_and_nothing_is_kept(client, event):
    page = page_of(event)
    token = client.get(page).context["form"]["form_token"].value()
    siege.declare(timezone.now() + timedelta(hours=2), now=timezone.now())

    answer = client.post(page, {"form_token": token, "email": "ana@example.org", **DETAILS, "needs": "En rampe <b>"})

    assert answer.status_code == 409
    assert answer.context["form"]["email"].value() == "ana@example.org"
    assert "En rampe &lt;b&gt;" in answer.content.decode()
    assert not Registration.objects.exists() and not FormLink.objects.exists()


def test_an_address_sent_just_as_the_flood_ends_is_taken(client, event, flood):
    token = client.get(page_of(event)).context["form"]["form_token"].value()
    siege.lift(now=timezone.now())

    answer = client.post(page_of(event), {"form_token": token, "email": "ana@example.org", "by_mail": "x"})

    assert answer["Location"] == public_href("events:form_sent")


def test_a_token_from_before_the_flood_opens_no_way_around_it(client, event):
    token = client.get(page_of(event)).context["form"]["form_token"].value()
    siege.declare(timezone.now() + timedelta(hours=2), now=timezone.now())

    for _ in range(5):
        client.post(page_of(event), {"form_token": token, "email": "ana@example.org", **DETAILS})

    assert not Registration.objects.exists()


def test_a_flood_of_registrations_turns_the_forms_and_the_mails_stop_growing(client, event, monkeypatch):
    monkeypatch.setattr(siege, "RUSH", 3)
    for number in range(6):
        send(client, page_of(event), email=f"{number}@example.org", **DETAILS)
    assert Registration.objects.count() == 3

    monkeypatch.setattr(limits, "MAILED_IN_ALL", 2)
    answers = [ask(client, page_of(event), f"{number}@example.org").status_code for number in range(4)]

    assert answers == [302, 302, 429, 429]
    assert FormLink.objects.count() == 2


def test_nobody_is_sent_more_than_a_few_links(client, event, flood):
    answers = [ask(client, page_of(event)).status_code for _ in range(limits.MAILED_PER_ADDRESS + 1)]

    assert answers == [302] * limits.MAILED_PER_ADDRESS + [429]


def test_known_and_unknown_get_one_mail_that_says_the_same(client, event, flood, post):
    RegistrationFactory(event=event, confirmed=True, email="known@example.org")

    for address in ("known@example.org", "nobody@example.org"):
        ask(client, page_of(event), address)
    known, unknown = post()

    assert known.subject == unknown.subject
    assert re.sub(r"/[\w-]{43}", "", known.body) == re.sub(r"/[\w-]{43}", "", unknown.body)


def test_a_link_says_so_when_the_event_was_called_off_meanwhile(client, event, flood, post):
    ask(client, page_of(event))
    (letter,) = post()
    type(event).objects.filter(pk=event.pk).update(status="cancelled")

    answers = client.get(link_in(letter)), client.post(link_in(letter), DETAILS)

    assert [answer.status_code for answer in answers] == [200, 409]
    assert all("refusal" in answer.context for answer in answers)


def test_a_link_is_unusable_after_a_day_and_when_it_is_mangled(client, event, flood, post):
    ask(client, page_of(event))
    (letter,) = post()
    page = link_in(letter)
    assert client.get(page[:-3] + "/").status_code == 404

    FormLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    assert client.get(page).status_code == 404
    assert client.post(page, DETAILS).status_code == 404


def test_the_door_tells_nothing_of_a_link_that_was_not_sent(event):
    now = timezone.now()
    form_links.ask("ana@example.org", "register", event=event, language="da", now=now)
    assert door.behind("") is None and door.behind(digest("no such")) is None

    token = form_links.open_link(FormLink.objects.get(), now=now)

    assert form_links.open_link(FormLink.objects.get(), now=now) == token
    assert door.behind(digest(token)) == ("register", "ana@example.org", event.slug)


def test_a_link_may_be_used_for_a_few_forms_an_hour(client, event, flood, post, monkeypatch):
    monkeypatch.setattr("events.views.by_mail.PER_LINK", 1)
    ask(client, page_of(event))
    (letter,) = post()

    assert [send(client, link_in(letter), **DETAILS).status_code for _ in range(2)] == [302, 429]


def test_links_are_forgotten_after_two_days(event):
    now = timezone.now()
    form_links.ask("ana@example.org", "dialogue", event=None, language="da", now=now)

    rule = RULES["events.form_links"]
    assert (rule.apply(now + timedelta(hours=47)), rule.apply(now + timedelta(hours=49))) == (0, 1)
