"""Logging a conversation: who was there, what it was about, what was promised, and the rhythm it keeps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, QuerySet

from contacts.models import Attachment, Dialogue, FollowUp, Organisation, Person, Topic
from contacts.services.attaching import attach
from contacts.services.followups import promise
from contacts.services.rhythm import talked
from contacts.services.teams import team_of_note
from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.prepared import prepared


class HeldAlready(Exception):
    """The planned conversation is done or logged by now."""


class NotADialogue(ValueError):
    """It lies in the future, or nobody but us was there."""


@dataclass(frozen=True)
class Present:
    """Who was there beside the one who writes."""

    people: Iterable[Person] = ()
    organisations: Iterable[Organisation] = ()
    officers: Iterable[User] = ()


@dataclass(frozen=True)
class Promise:
    """What was promised to ``contact``, by when, and who keeps it; None: the author of the dialogue."""

    title: str
    due_on: date
    contact: Person | Organisation
    owner: User | None = None


@prepared
def written(dialogue: Dialogue, user: User) -> QuerySet[Dialogue]:
    """The dialogue with this key, if ``user`` wrote it and may know of it."""
    return Dialogue.objects.visible_to(user).written_by(user).filter(pk=dialogue.pk).only("pk")


@transaction.atomic(savepoint=False)
def log_dialogue(
    dialogue: Dialogue,
    present: Present,
    *,
    today: date,
    now: datetime,
    topics: Iterable[Topic] = (),
    promised: Iterable[Promise] = (),
    meeting: FollowUp | None = None,
    note_named: Iterable[User] = (),
    files: Iterable[Attachment] = (),
    part: str = Attachment.Part.SUMMARY,
) -> Dialogue:
    """Save ``dialogue``, which its author has just written, with everything that follows from it.

    A ``meeting`` is the planned conversation it was: it is done now. Nobody is mailed. Raises HeldAlready where it
    was done before.
    """
    present = Present(list(present.people), list(present.organisations), present.officers)
    counterparts: list[Person | Organisation] = [*present.people, *present.organisations]
    if dialogue.date > today or not counterparts:
        raise NotADialogue(dialogue)
    of_note = bool(dialogue.note or (files and part == Attachment.Part.NOTE))
    if of_note and dialogue.note_readers == Dialogue.NoteReaders.TEAM:
        dialogue.note_team = team_of_note(dialogue.author, counterparts)
    _write(dialogue, present, topics=topics, note_named=note_named)
    attach(files, dialogue, part=part)
    for one in promised:
        _follow_up(one, dialogue)
    if meeting:
        _held(meeting, dialogue, now)
    talked(counterparts, dialogue)
    record("create", dialogue, actor=dialogue.author)
    return dialogue


def _write(dialogue: Dialogue, present: Present, *, topics: Iterable[Topic], note_named: Iterable[User]) -> None:
    """Each is new there: nothing to compare with."""
    dialogue.save()
    dialogue.people.add(*present.people)
    dialogue.organisations.add(*present.organisations)
    dialogue.officers.add(dialogue.author, *present.officers)
    dialogue.topics.add(*topics)
    if dialogue.note_readers == Dialogue.NoteReaders.NAMED:
        dialogue.note_named.add(*note_named)


def _held(meeting: FollowUp, dialogue: Dialogue, now: datetime) -> None:
    still_open = FollowUp.objects.open().filter(pk=meeting.pk)
    if not still_open.update(done_at=now, held_as=dialogue, version=F("version") + 1):
        raise HeldAlready(meeting)


def _follow_up(promised: Promise, dialogue: Dialogue) -> None:
    """What was promised that day, to be kept from now on."""
    follow_up = FollowUp(title=promised.title, due_on=promised.due_on, dialogue=dialogue)
    follow_up.owner, follow_up.promised_on = promised.owner or dialogue.author, dialogue.date
    setattr(follow_up, str(promised.contact._meta.model_name), promised.contact)
    promise(follow_up, actor=dialogue.author)
