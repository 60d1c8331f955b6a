"""An internal note stands sealed wherever it stands: in the dialogue, in its earlier versions, and in a draft."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from contacts.models import Dialogue, DialogueRevision, Draft
from contacts.services.drafting import Page, keep_draft
from contacts.services.revisions import values_of
from outreach.sealing.fields import Unreadable
from outreach.sealing.key_files import RESTRICTED_NOTES
from outreach.sealing.migrating import open_column, seal_column
from outreach.sealing.seals import is_sealed
from tests.contacts.factories import NOW, OfficerFactory, PersonFactory, dialogue

pytestmark = pytest.mark.django_db
NOTE = "Ring først til formanden"
MISSING = "because its key is missing"
COLUMNS = [("Dialogue", "note"), ("DialogueRevision", "note"), ("Draft", "data")]


def columns() -> list[str]:
    """Every sealed text of the contacts, as it stands in the database."""
    with connection.cursor() as cursor:
        found = []
        for model, name in COLUMNS:
            cursor.execute(f"select {name} from contacts_{model.lower()} order by id")  # noqa: S608
            found += [str(text) for (text,) in cursor.fetchall()]
    return found


@pytest.fixture
def officer(client):
    officer = OfficerFactory()
    client.force_login(officer)
    return officer


@pytest.fixture
def talk(keys, officer):
    """A dialogue with a note, corrected once, whose correction somebody is typing again."""
    talk = dialogue(officer, people=[PersonFactory()], note=NOTE, note_readers="me", version=2)
    then = {"saved_by": officer, "saved_at": NOW, "fields": values_of(talk), "note": NOTE, "note_readers": "me"}
    for version in (1, 2):
        DialogueRevision.objects.create(dialogue=talk, version=version, **then)
    page = Page(officer, f"dialogue:{talk.pk}")
    keep_draft(page, {"note": [NOTE], "summary": ["Vi talte."]}, sequence=1, now=NOW, based_on=2)
    return talk


def test_no_row_holds_a_word_of_a_note_and_its_reader_reads_it(talk, officer):
    assert all(map(is_sealed, columns()))

    shown = Dialogue.objects.visible_to(officer).as_read_by(officer).get()
    then = DialogueRevision.objects.visible_to(officer).as_read_by(officer).first()

    assert (shown.note_to_read, then.note_to_read, Draft.objects.get().typed["note"]) == (NOTE, NOTE, NOTE)


def test_a_dialogue_that_is_saved_unread_keeps_the_very_seal_it_had(talk):
    before = columns()

    Dialogue.objects.get().save()

    assert columns() == before


def test_while_its_key_is_away_every_page_says_so_and_nothing_is_overwritten(talk, client, keys, another):
    sealed = columns()
    keys(RESTRICTED_NOTES, another())
    edit, draft = reverse("workspace:edit_dialogue", args=[talk.pk]), Draft.objects.get()

    for address in (
        reverse("workspace:dialogue", args=[talk.pk]),
        reverse("workspace:person", args=[talk.people.get().pk]),
        reverse("workspace:dialogue_versions", args=[talk.pk]),
        edit,
        f"{edit}?draft={draft.pk}",
        f"{edit}?from=1",
    ):
        assert MISSING in client.get(address).content.decode(), address
    assert columns() == sealed


def test_a_dialogue_is_corrected_while_the_key_of_its_note_is_away(talk, client, keys, another, settings):
    sealed, key = columns(), settings.SEALING_KEY_FILES[RESTRICTED_NOTES].read_bytes().strip()
    keys(RESTRICTED_NOTES, another())
    edit = reverse("workspace:edit_dialogue", args=[talk.pk])
    form = client.get(edit).context["form"]

    sent = {name: value for name in form.fields if (value := form[name].value())}
    saved = client.post(edit, sent | {"version": 2, "summary": "Vi talte om marts.", "note": "overskrevet"})

    assert saved.status_code == 302, saved.context["form"].errors
    assert set(sealed) <= set(columns())
    keys(RESTRICTED_NOTES, key)
    talk = Dialogue.objects.get()
    assert (talk.summary, talk.note) == ("Vi talte om marts.", NOTE)
    assert [revision.note for revision in talk.revisions.all()] == [NOTE] * 3


def test_a_draft_of_another_page_or_colleague_opens_nowhere_else(talk, officer):
    draft = Draft.objects.get()

    Draft.objects.filter(pk=draft.pk).update(key=uuid4())

    moved = Draft.objects.get()
    assert isinstance(moved.data, Unreadable)
    assert not moved.typed


def test_what_stood_in_clear_is_sealed_by_the_migration_and_opened_by_its_undoing(talk):
    before = columns()

    for model, name in COLUMNS:
        open_column("contacts", model, name)(apps, None)
    assert all(NOTE in text for text in columns())

    for _again in range(2):  # killed, and started once more
        for model, name in COLUMNS:
            seal_column("contacts", model, name)(apps, None)
    assert all(map(is_sealed, columns()))
    assert not set(before) & set(columns())
    assert (Dialogue.objects.get().note, Draft.objects.get().typed["note"]) == (NOTE, NOTE)
