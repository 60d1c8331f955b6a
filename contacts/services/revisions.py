"""What a dialogue was and is, field by field: every correction keeps it, and a reader gets what is theirs to read.

A value is a list of texts as a form would send them, so that what is typed, what is saved and what was are compared
without ado.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from contacts.models import Dialogue, DialogueRevision, Organisation, Person
from events.models import Event
from outreach.accounts.models import User
from outreach.sealing.fields import Unreadable

Values = dict[str, list[str]]

NOTE = ("note", "note_readers", "note_named")


def plain(*values: Any) -> list[str]:
    """Texts with one kind of line break; nothing for what is empty."""
    texts = (str(value).replace("\r\n", "\n").strip() for value in values if value is not None)
    return [text for text in texts if text]


def keys(rows: Iterable[Any], what: str = "") -> list[str]:
    """The keys of rows in a fixed order, with what they are keys of."""
    return sorted(f"{what}:{row.pk}" if what else str(row.pk) for row in rows)


def values_of(dialogue: Dialogue) -> Values:
    """Every field but the note, and every participant, whoever reads."""
    officers = {str(key) for key in _joined(dialogue, "officers", "user")} - {str(dialogue.author_id)}
    people = [f"person:{key}" for key in _joined(dialogue, "people", "person")]
    organisations = [f"organisation:{key}" for key in _joined(dialogue, "organisations", "organisation")]
    return {
        "participants": sorted([*people, *organisations]),
        "kind": plain(dialogue.kind),
        "date": [dialogue.date.isoformat()],
        "starts_at": [f"{dialogue.starts_at:%H:%M}"] if dialogue.starts_at else [],
        "minutes": plain(dialogue.minutes),
        "place": plain(dialogue.place),
        "officers": sorted(officers),
        "counts": {True: ["yes"], False: ["no"], None: []}[dialogue.counts],
        "summary": plain(dialogue.summary),
        "topics": sorted(str(key) for key in _joined(dialogue, "topics", "topic")),
        "initiative": plain(dialogue.initiative_id),
        "event": plain(dialogue.event_id),
    }


def _joined(dialogue: Dialogue, field: str, what: str) -> Iterator[Any]:
    """Keys of what is joined to it, also of those whom the database hides from this reader."""
    rows = getattr(Dialogue, field).through.objects.filter(dialogue=dialogue)
    return rows.values_list(f"{what}_id", flat=True).iterator()


def keep_revision(dialogue: Dialogue, *, saved_by: User, saved_at: datetime) -> DialogueRevision:
    """Keep ``dialogue``, read anew from the database, as the version it is, and its note with the readers it has."""
    revision = DialogueRevision.objects.create(
        dialogue=dialogue,
        version=dialogue.version,
        saved_by=saved_by,
        saved_at=saved_at,
        fields=values_of(dialogue),
        note=dialogue.note,
        note_readers=dialogue.note_readers,
        note_by_id=dialogue.note_by_id or dialogue.author_id,
        note_team_id=dialogue.note_team_id,
    )
    revision.note_named.set(dialogue.note_named.all())
    return revision


def now_of(dialogue: Dialogue, user: User) -> Values:
    """``dialogue`` (from ``as_read_by`` and ``saying_if_note_is_open``) as far as ``user`` may read it."""
    return _readable(values_of(dialogue), user) | _note_of(dialogue)


def version_of(dialogue: Dialogue, version: int | None, user: User) -> Values | None:
    """What it was as that version, as far as ``user`` may read it; None when no such version is kept."""
    if version == dialogue.version:
        return now_of(dialogue, user)
    kept = DialogueRevision.objects.visible_to(user).as_read_by(user).filter(dialogue=dialogue, version=version)
    revision = kept.first() if version else None
    return revision and values_in(revision, user)


def values_in(revision: DialogueRevision, user: User) -> Values:
    """The fields of ``revision`` (from ``as_read_by``) as far as ``user`` may read them."""
    return _readable(revision.fields, user) | _note_of(revision)


def _readable(values: Values, user: User) -> Values:
    """Without participants hidden from ``user`` and an event they may not know of; what is erased is left out too."""
    named = values["participants"]
    people, organisations = (
        keys(model.objects.visible_to(user).filter(pk__in=_keys_of(what, named)).only("pk"), what)
        for what, model in (("person", Person), ("organisation", Organisation))
    )
    events = Event.objects.seen_by(user).filter(pk__in=[UUID(key) for key in values["event"]])
    seen = {"participants": sorted([*people, *organisations])}
    return values | seen | {"event": keys(events.distinct() if values["event"] else [])}


def _keys_of(what: str, named: list[str]) -> list[UUID]:
    return [UUID(key) for name, _colon, key in (value.partition(":") for value in named) if name == what]


def _note_of(row: Dialogue | DialogueRevision) -> Values:
    """The note, its readers and the named ones; nothing for one who may not read it, or while nobody can."""
    if not row.note_is_open or isinstance(row.note_to_read, Unreadable):
        return {}
    named = keys(row.note_named.all()) if row.note_readers == Dialogue.NoteReaders.NAMED else []
    return {"note": plain(row.note_to_read), "note_readers": [row.note_readers], "note_named": named}
