"""The path of a visitor under the settings and the database role of the public process."""

import json

import pytest

from tests import processes

pytestmark = pytest.mark.postgresql

PREPARE = """
from tests.events.factories import EventFactory
print(EventFactory(seats=1, registered=1, waiting=1).pk)
"""
PROPOSE = """
from django.utils import timezone
from events.models import Event
from events.services import dialogue_requests
from events.services.registering import propose
told = {{"organisation": "Æble", "name": "Åse", "email": "ase@example.org", "phone": "", "topic": "", "wishes": "",
    "themes": ["families"], "online": True, "municipality": None, "people": None, "languages": ""}}
dialogue_requests.propose(told, language="da", now=timezone.now())
ana = {{"name": "Ana", "email": "ana@example.org"}}
print(propose(Event.objects.get(), ana, language="da", now=timezone.now()).pk)
"""
ISSUE = """
from events.models import DialogueRequest, Registration
from events.services import tokens
invitation = DialogueRequest.objects.get()
invitation.confirmed_at = invitation.created_at
print(*[tokens.digest(tokens.issue(invitation, purpose)) for purpose in ("confirm", "manage")])
registration = Registration.objects.get(pk="{registration}")
print(tokens.digest(tokens.issue(registration, "confirm")), tokens.digest(tokens.issue(registration, "manage")))
"""
CLICK = """
import json
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connection, transaction
from events import door
from events.door import dialogue
from django.utils import timezone
from events.models import Correction, DialogueRequest, Registration, RegistrationToken, SeatCounter
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
    "answered": door.answer("{manage}", {{"needs": "Tegnsprog"}}).changed,
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
        refused(lambda: SeatCounter.objects.update(taken=0), ProgrammingError),
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
    asked, ours, confirm, manage = run("worker", "worker", ISSUE, registration=registration).split()

    told = json.loads(run("public", "public", CLICK, confirm=confirm, manage=manage, asked=asked, ours=ours))

    assert told == {
        "seen": ["Ana", "Foreningshuset Åen"],
        "confirmed": ["waiting", False],
        "place": 2,
        "answered": True,
        "cancelled": "cancelled",
        "invited": ["Æble", "confirmed", "withdrawn", None],
        "unknown": None,
        "refused": [True, True, True, True, True, True, True],
    }
