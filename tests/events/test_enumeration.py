"""No public form tells whether it knows an address: neither by its words, nor by its length, queries or time.

The same is asked of every form that takes one, for an address that is known in some way and for one that nobody has.
"""

import re
import statistics
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.services import tokens
from events.services.tokens import Purpose
from outreach.links import public_href
from outreach.mail import mailboxes
from outreach.mail.models import Mailbox, Suppression
from outreach.privacy import limits, siege
from tests.events.factories import (
    DialogueRequestFactory,
    EventFactory,
    InvitationFactory,
    RegistrationFactory,
    opened_mailbox,
)

pytestmark = pytest.mark.django_db
# All of one length: the mailbox of each is as long as that of the others.
KINDS = ("nobodys", "pending", "seated_", "waiting", "called_", "invited", "inviter", "blocked", "saidno_")
DETAILS = {"name": "Ana Ærø", "organisation": "Åben Dør", "consent": "on"}
ASSOCIATION = {"organisation": "Åben Dør", "name": "Ana", "topic": "Naboskab", "place": "online"}


def address(kind):
    return f"{kind}@example.org"


@pytest.fixture
def event(db):
    """Its address book: one of every kind but the first, which nobody has."""
    event, now = EventFactory(seats=100), timezone.now()
    RegistrationFactory(event=event, email=address("pending"))
    RegistrationFactory(event=event, email=address("seated_"), confirmed=True)
    RegistrationFactory(event=event, email=address("waiting"), status="waiting", queue_number=1, confirmed_at=now)
    RegistrationFactory(event=event, email=address("called_"), status="cancelled", confirmed_at=now, cancelled_at=now)
    InvitationFactory(event=event, email=address("invited"), sent=True)
    DialogueRequestFactory(email=address("inviter"), confirmed=True)
    Suppression.objects.create(address=address("blocked"), reason="bounced", status="5.1.1", since=now)
    Mailbox.objects.create(address=address("saidno_"), unwanted=["events.reminders", "events.by_others"])
    return event


class Forms:
    """The page of each form that takes an address, and what is sent besides."""

    def __init__(self, event):
        self.event = event

    def register(self):
        return public_href("events:register", self.event.slug), DETAILS

    def register_by_mail(self):
        siege.declare(timezone.now() + timedelta(hours=1), now=timezone.now())
        return public_href("events:register", self.event.slug), {"by_mail": "x"}

    def dialogue(self):
        return public_href("dialogue:ask"), ASSOCIATION

    def dialogue_by_mail(self):
        siege.declare(timezone.now() + timedelta(hours=1), now=timezone.now())
        return public_href("dialogue:ask"), {"by_mail": "x"}

    def find(self):
        return public_href("events:find"), {}

    def swap(self):
        giver = RegistrationFactory(event=self.event, confirmed=True, name="Ana Ærø")
        return public_href("events:give", tokens.issue(giver, Purpose.MANAGE)), {"name": "Bo Eksempel"}


FORMS = [name for name in vars(Forms) if not name.startswith("_")]


def sent(client, form, event, kind):
    """What the form answers to this address: status, where it leads, its length and the queries, but for values."""
    page, besides = getattr(Forms(event), form)()
    token = client.get(page).context["form"]["form_token"].value()
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(page, {"form_token": token, "email": address(kind), **besides})
    asked = [re.sub(r"\s+", " ", str(query["sql"])) for query in queries]
    shape = [re.sub(r"s\d+_x\d+|'[^']*'|\d+", "?", line)[:50] for line in asked]
    leads = re.sub(r"[\w-]{43}", "TOKEN", answer.get("Location", ""))
    return answer.status_code, leads, len(answer.content), shape


@pytest.mark.parametrize("form", FORMS)
def test_a_form_answers_alike_whoever_has_the_address(client, event, form):
    answers = {kind: sent(client, form, event, kind) for kind in KINDS}

    assert answers["nobodys"][0] == 302
    assert {kind for kind, answer in answers.items() if answer != answers["nobodys"]} == set()


@pytest.mark.parametrize("form", ["register", "find", "dialogue", "register_by_mail"])
def test_a_form_that_has_had_enough_refuses_every_address_alike(client, event, form, monkeypatch):
    for limit in ("PER_ADDRESS", "MAILED_PER_ADDRESS"):
        monkeypatch.setattr(limits, limit, 0)
    answers = {kind: sent(client, form, event, kind) for kind in KINDS}

    assert answers["nobodys"][0] == 429
    assert {kind for kind, answer in answers.items() if answer != answers["nobodys"]} == set()


def test_the_choice_of_mails_looks_alike_for_every_mailbox(client, event):
    """By a link in a mail; a mailbox with nothing known of it is told no less than one with a seat."""

    def choose(kind):
        box = opened_mailbox(address(kind))
        Mailbox.objects.filter(pk=box.pk).update(unwanted=[])
        page = public_href("mails:choose", mailboxes.token_of(box, "choose"))
        with CaptureQueriesContext(connection) as queries:
            shown = client.get(page)
            answer = client.post(page, {"form_token": shown.context["form"]["form_token"].value()})
        return answer.status_code, len(answer.content), len(queries)

    answers = {kind: choose(kind) for kind in KINDS}

    assert answers["nobodys"][0] == 200
    assert {kind for kind, answer in answers.items() if answer != answers["nobodys"]} == set()


@pytest.mark.night
@pytest.mark.parametrize("form", ["register", "find", "dialogue", "register_by_mail"])
def test_no_form_takes_longer_for_an_address_it_knows(client, event, form, monkeypatch):
    """Medians of eighty, taken in turns that begin with another each time: less than a millisecond apart."""
    for limit in ("PER_SOURCE", "PER_ADDRESS", "MAILED_PER_ADDRESS", "MAILED_IN_ALL"):
        monkeypatch.setattr(limits, limit, 10_000)
    monkeypatch.setattr(siege, "RUSH", 10_000)
    page, besides = getattr(Forms(event), form)()
    token = client.get(page).context["form"]["form_token"].value()
    took = {kind: [] for kind in ("nobodys", "seated_", "waiting", "blocked")}
    kinds = list(took)
    for turn in range(80):
        for kind in kinds[turn % len(kinds) :] + kinds[: turn % len(kinds)]:
            begun = time.perf_counter()
            client.post(page, {"form_token": token, "email": address(kind), **besides})
            took[kind].append(time.perf_counter() - begun)

    medians = {kind: statistics.median(times) for kind, times in took.items()}
    assert max(medians.values()) - min(medians.values()) < 0.001, medians
