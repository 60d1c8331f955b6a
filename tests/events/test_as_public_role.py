"""The path of a visitor under the settings and the database role of the public process."""

import json

import pytest

from tests import processes

pytestmark = pytest.mark.postgresql

PREPARE = """
from tests.events.factories import EventFactory
from events.models import Question
event = EventFactory(seats=1, registered=1, waiting=1)
print(Question.objects.create(event=event, label="Hvad vil du?").key)
print(Question.objects.create(event=EventFactory(slug="other"), label="Der?").key)
"""
PROPOSE = """
from django.db import DatabaseError, transaction
from django.utils import timezone
from events.models import Event
from events.services import dialogue_requests, mailbox
from events.services.registering import propose
told = {{"organisation": "Æble", "name": "Åse", "email": "ase@example.org", "phone": "", "topic": "", "wishes": "",
    "themes": ["families"], "online": True, "municipality": None, "people": None, "languages": ""}}
dialogue_requests.propose(told, language="da", now=timezone.now())
event, other = Event.objects.order_by("created_at")
ana = {{"name": "Ana", "email": "ana@example.org"}}
for answers in ({{other.questions.get().key: "x"}}, {{"0": "x"}}, ["x"], "x"):
    try:
        with transaction.atomic():
            propose(event, {{**ana, "answers": answers}}, language="da", now=timezone.now())
    except DatabaseError:
        continue
    raise SystemExit("Answers to what the event does not ask were taken.")
ana["answers"] = {{event.questions.get().key: "Ro"}}
mailbox.ask("ANA@example.org", language="da", now=timezone.now())
print(propose(event, ana, language="da", now=timezone.now()).pk)
"""
ISSUE = """
from django.utils import timezone
from events.models import DialogueRequest, MailboxLink, Registration
from events.services import mailbox, tokens
invitation = DialogueRequest.objects.get()
invitation.confirmed_at = invitation.created_at
print(*[tokens.digest(tokens.issue(invitation, purpose)) for purpose in ("confirm", "manage")])
registration = Registration.objects.get(pk="{registration}")
print(tokens.digest(tokens.issue(registration, "confirm")), tokens.digest(tokens.issue(registration, "manage")))
print(tokens.digest(mailbox.open_link(MailboxLink.objects.get(), now=timezone.now())))
"""
CLICK = """
import json
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connection, transaction
from events import door
from events.door import dialogue, own
from django.utils import timezone
from events.models import Correction, DialogueRequest, MailboxLink, Question, Registration, RegistrationToken
from events.models import SeatCounter
from events.services import correcting, tokens

def accepted():
    now = timezone.now()
    Correction(registration_id=seen.registration_id, status="accepted", created_at=now, closed_at=now).save()

def refused(action, error):
    try:
        with transaction.atomic():
            action()
    except error:
        return True

seen = door.view("{confirm}")
correcting.propose(seen.registration_id, {{"name": "Åna", "removes": "phone"}}, now=timezone.now())
print(json.dumps({{
    "seen": [seen.name, seen.event.venue_name],
    "confirmed": [door.confirm("{confirm}").status, door.confirm("{confirm}").changed],
    "place": door.view("{manage}").place,
    "answered": door.answer("{manage}", {{"answers": {{seen.asked[0].key: "Uro", "0": "x"}}}}).changed,
    "said": [said.words for said in door.view("{manage}").said],
    "mailbox": [(row.name, row.status) for row in own.mailbox("{mailbox}")] + own.mailbox("{manage}"),
    "own": [own.own("{manage}").shown, own.show("{manage}", "full").changed, own.participants("{manage}"),
        own.swap("{manage}", {{"name": "Bo", "email": "bo@example.org", "language": "da"}}).changed,
        own.end_swap("{manage}").changed, own.choose_mode("{manage}", "online").changed],
    "cancelled": door.cancel("{manage}").status,
    "invited": [dialogue.view("{asked}").request.organisation, dialogue.confirm("{asked}").status,
        dialogue.withdraw("{ours}").status, dialogue.withdraw("{asked}")],
    "unknown": door.cancel("0" * 64),
    "refused": [
        refused(lambda: Registration.objects.count(), ProgrammingError),
        refused(lambda: DialogueRequest.objects.count(), ProgrammingError),
        refused(lambda: Correction.objects.count(), ProgrammingError),
        refused(accepted, ProgrammingError),
        refused(lambda: RegistrationToken.objects.count(), ProgrammingError),
        refused(lambda: Question.objects.update(label="x"), ProgrammingError),
        refused(lambda: SeatCounter.objects.update(taken=0), ProgrammingError),
        refused(lambda: MailboxLink.objects.count(), ProgrammingError),
        refused(lambda: MailboxLink(email="x@example.org", created_at=timezone.now(), hash="x",
            expires_at=timezone.now()).save(force_insert=True), ProgrammingError),
        refused(lambda: tokens.derive(Registration(), "confirm", "nonce"), ImproperlyConfigured),
    ],
}}))
"""


def test_a_visitor_registers_and_acts_by_link_without_reading_any_registration(roles):
    def run(face, role, code, **values):
        env = processes.environment(face, roles.url(role))
        return processes.manage("shell", "--no-imports", "-c", code.format(**values), env=env).strip()

    run("worker", "owner", PREPARE)
    registration = run("public", "public", PROPOSE)
    asked, ours, confirm, manage, mailbox = run("worker", "worker", ISSUE, registration=registration).split()

    links = {"confirm": confirm, "manage": manage, "asked": asked, "ours": ours, "mailbox": mailbox}
    told = json.loads(run("public", "public", CLICK, **links))

    assert told == {
        "seen": ["Ana", "Foreningshuset Åen"],
        "confirmed": ["waiting", False],
        "place": 2,
        "answered": True,
        "said": ["Uro"],
        "cancelled": "cancelled",
        "invited": ["Æble", "confirmed", "withdrawn", None],
        "unknown": None,
        "mailbox": [["Ana", "waiting"]],
        "own": ["hidden", True, None, False, False, False],
        "refused": [True] * 10,
    }
