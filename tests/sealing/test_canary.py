"""Canaries are written through the screens, and the whole database is searched for them."""

import pytest
from django.db import connection
from django.urls import reverse

from contacts.models import Dialogue, Draft
from events.models import Registration
from events.services.registering import register_by_officer
from outreach.audit.models import Entry
from tests.contacts.factories import NOW, OfficerFactory, PersonFactory
from tests.events.factories import EventFactory

pytestmark = pytest.mark.django_db
CANARY = "zqkanarifuglqz"


def everything() -> str:
    """Every row of every table."""
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"select * from {quoted(table)}")  # noqa: S608
            found += [repr(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_no_table_holds_a_word_of_a_note_or_a_need_that_was_written_on_a_screen(client):
    officer = OfficerFactory()
    person = PersonFactory(owner=officer)
    client.force_login(officer)
    event = EventFactory()
    details = {"name": "Ana", "email": "ana@example.org", "needs": f"Kørestol {CANARY}"}
    register_by_officer(event, details, officer=officer, now=NOW)
    note = {"note": f"Først {CANARY}", "note_readers": "me"}

    kept = client.post(
        reverse("workspace:keep_draft"),
        {"form": "log", "writer": officer.pk, "sequence": 1, "summary": "Vi talte.", **note},
    )
    logged = client.post(
        reverse("workspace:log"),
        {"who": f"person:{person.pk}", "kind": "call", "summary": "Vi talte.", "date": "2026-11-20", **note},
    )
    talk = Dialogue.objects.get()
    sent = {"participants": f"person:{person.pk}", "kind": "call", "date": "2026-11-20", "version": 1}
    corrected = client.post(
        reverse("workspace:edit_dialogue", args=[talk.pk]), {**sent, "summary": "Vi talte om maj.", **note}
    )

    assert (kept.status_code, logged.status_code, corrected.status_code) == (200, 302, 302)
    written = [Draft.objects.get().typed["note"], Dialogue.objects.get().note, Registration.objects.get().needs]
    written += [revision.note for revision in talk.revisions.all()]
    assert [CANARY in text for text in written] == [True] * 5
    assert Entry.objects.exists()
    assert "Vi talte om maj." in everything()
    assert CANARY not in everything().lower()
