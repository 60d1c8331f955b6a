"""Correcting a logged dialogue: the version decides who came first, and nothing that was is lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from contacts.models import Attachment, Dialogue, Organisation, Person, Topic
from contacts.services.attaching import attach
from contacts.services.logging import NotADialogue, Present
from contacts.services.revisions import keep_revision
from contacts.services.rhythm import keep_rhythm
from contacts.services.teams import team_of_note
from outreach.accounts.models import Team, User
from outreach.audit.trail import record
from outreach.queue.enqueue import enqueue


class Stale(Exception):
    """Somebody saved the dialogue since this correction was begun."""


@dataclass(frozen=True)
class Correction:
    """What stands beside the fields of the dialogue itself."""

    present: Present
    topics: Iterable[Topic] = ()
    note_named: Iterable[User] | None = None  # None: the note is not theirs to change
    files: Sequence[Attachment] = ()
    part: str = Attachment.Part.SUMMARY


@transaction.atomic
def correct_dialogue(
    dialogue: Dialogue, correction: Correction, *, actor: User, today: date, now: datetime
) -> Dialogue:
    """Save what ``actor`` corrected in the version ``dialogue`` is of; participants hidden from ``actor`` stay.

    Raises Stale, and changes nothing, when it is of that version no longer.
    """
    before = _claimed(dialogue)
    touched = _set_present(dialogue, correction.present, actor)
    if dialogue.date > today or not _anybody(dialogue):
        raise NotADialogue(dialogue)
    dialogue.topics.set(correction.topics)
    if correction.note_named is not None:
        _set_note(dialogue, before, correction, actor)
    attach(correction.files, dialogue, part=correction.part)
    dialogue.save()
    keep_revision(Dialogue.objects.get(pk=dialogue.pk), saved_by=actor, saved_at=now)
    keep_rhythm([*touched, *dialogue.people.all(), *dialogue.organisations.all()])
    enqueue("contacts.dialogue_corrected", dialogue.pk)  # for participants whose rows are hidden from the actor
    record("change", dialogue, actor=actor)
    return dialogue


def _claimed(dialogue: Dialogue) -> Dialogue:
    """The row as it is before this correction, kept as a version; from here on nobody else corrects that version."""
    version = Dialogue.objects.filter(pk=dialogue.pk, version=dialogue.version)
    if not version.update(version=F("version") + 1):
        raise Stale(dialogue)
    before = Dialogue.objects.select_related("author").get(pk=dialogue.pk)
    before.version = dialogue.version
    if not before.revisions.exists():
        keep_revision(before, saved_by=before.author, saved_at=before.updated_at)
    dialogue.version += 1
    return before


def _set_present(dialogue: Dialogue, present: Present, actor: User) -> set[Person | Organisation]:
    """Everybody who came or went."""
    before_people = set(Person.objects.visible_to(actor).filter(dialogues=dialogue))
    before_organisations = set(Organisation.objects.visible_to(actor).filter(dialogues=dialogue))
    dialogue.people.remove(*before_people.difference(present.people))
    dialogue.people.add(*present.people)
    dialogue.organisations.remove(*before_organisations.difference(present.organisations))
    dialogue.organisations.add(*present.organisations)
    dialogue.officers.set({dialogue.author, *present.officers})
    return {*before_people, *before_organisations, *present.people, *present.organisations}


def _anybody(dialogue: Dialogue) -> bool:
    """Whether anybody but us was there, be they hidden from the one who asks."""
    sides = (Dialogue.people.through, Dialogue.organisations.through)
    return any(side.objects.filter(dialogue=dialogue).exists() for side in sides)


def may_choose_readers(dialogue: Dialogue, user: User) -> bool:
    """Only whoever wrote the note, or a file of it, says who reads them; of a dialogue as it is saved."""
    return user == dialogue.note_writer or not _has_note(dialogue)


def _has_note(dialogue: Dialogue) -> bool:
    return bool(dialogue.note) or dialogue.attachments.filter(part=Attachment.Part.NOTE).exists()


def _team(dialogue: Dialogue, writer: User) -> Team | None:
    """Whom "my team" means, where the note is for it."""
    if dialogue.note_readers != Dialogue.NoteReaders.TEAM:
        return None
    return team_of_note(writer, [*dialogue.people.all(), *dialogue.organisations.all()])


def _set_note(dialogue: Dialogue, before: Dialogue, correction: Correction, actor: User) -> None:
    """A note, and the files of the note, are whose who wrote the first of them; nobody else widens who reads them."""
    had_note, had_files = _has_note(before), dialogue.attachments.filter(part=Attachment.Part.NOTE).exists()
    if may_choose_readers(before, actor):
        named = dialogue.note_readers == Dialogue.NoteReaders.NAMED
        dialogue.note_named.set(correction.note_named or () if named else ())
        if (dialogue.note_readers, had_note) != (before.note_readers, True):
            dialogue.note_team = _team(dialogue, actor)
    else:
        dialogue.note_readers = before.note_readers
    adds_files = bool(correction.files) and correction.part == Attachment.Part.NOTE
    if not had_note:
        dialogue.note_by = None if actor == dialogue.author else actor
    if not (dialogue.note or had_files or adds_files):
        dialogue.note_by = None
