"""What the public process may do about owners and their rows, under its settings and its database role."""

import json

import pytest

from tests import processes

pytestmark = pytest.mark.postgresql

PREPARE = """
from django.utils import timezone
from content.services.still_correct import ask
from tests.content.upkeep.conftest import entry, owned
first, second = (ask(owned(entry=entry(key)), now=timezone.now()) for key in ("a", "b"))
print(first.hash, second.hash)
"""
ANSWER = """
import json
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, transaction
from content import door, version
from content.models import DirectoryEntry, Owner, OwnerQuestion
from content.services import still_correct

def refused(action, error=ProgrammingError):
    try:
        with transaction.atomic():
            action()
    except error:
        return True

before = version.current()
print(json.dumps({{
    "read": list(DirectoryEntry.objects.order_by("key").values_list("key", flat=True)),
    "confirmed": [door.confirm("{first}").changed, door.confirm("{first}").changed],
    "newer": version.current() != before,
    "noted": door.object_to("{second}", "Nej.").changed,
    "with": list(DirectoryEntry.objects.order_by("key").values_list("checked_with", flat=True)),
    "unknown": door.confirm("0" * 64),
    "refused": [
        refused(lambda: Owner.objects.count()),
        refused(lambda: OwnerQuestion.objects.count()),
        refused(lambda: list(DirectoryEntry.objects.select_related("owner"))),
        refused(lambda: DirectoryEntry.objects.update(order=1)),
        refused(lambda: still_correct.token_of(OwnerQuestion()), ImproperlyConfigured),
    ],
}}))
"""
TRAIL = """
from outreach.audit.models import Entry
from outreach.queue.worker import Worker
Worker(interval=0, batch=True).run()
print(sorted(Entry.objects.filter(object_label="content.DirectoryEntry").values_list("reason", flat=True)))
"""


def test_an_owner_answers_by_link_and_the_public_role_reads_no_owner(roles):
    def run(face, role, code, **values):
        env = processes.environment(face, roles.url(role))
        return processes.manage("shell", "--no-imports", "-c", code.format(**values), env=env).strip()

    first, second = run("worker", "owner", PREPARE).split()

    told = json.loads(run("public", "public", ANSWER, first=first, second=second))

    assert told == {
        "read": ["a", "b"],
        "confirmed": [True, False],
        "newer": True,
        "noted": True,
        "with": ["owner", "source"],
        "unknown": None,
        "refused": [True] * 5,
    }
    assert "its owner says that it is still right" in run("worker", "worker", TRAIL)
