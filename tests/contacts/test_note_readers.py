"""Who reads an internal note: the same for the dialogue, for what it was earlier and for the files of the note."""

import importlib

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.utils import timezone

from contacts.models import Attachment, Dialogue, DialogueRevision
from contacts.models.note import NoteReaders
from contacts.services.correcting import Correction, correct_dialogue
from contacts.services.logging import Present, log_dialogue
from contacts.services.revisions import keep_revision
from tests.contacts.factories import NOW, TODAY, OfficerFactory, PersonFactory, dialogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(officer):
    return dialogue(officer, people=[PersonFactory()], note="Tired after autumn.", note_readers=NoteReaders.NAMED)


def note_of(talk, reader):
    return Dialogue.objects.visible_to(reader).as_read_by(reader).get(pk=talk.pk).note_to_read


def with_file(talk, part):
    file = ContentFile(b"x", name="plan.pdf")
    return Attachment.objects.create(
        dialogue=talk, part=part, name="plan.pdf", file=file, size=1, added_by=talk.author
    )


def test_only_the_named_and_the_writer_read_a_note_for_named_colleagues(officer, colleague, stranger, talk):
    talk.note_named.add(stranger)

    assert note_of(talk, officer) == note_of(talk, stranger) == "Tired after autumn."
    assert note_of(talk, colleague) == ""


def test_being_named_opens_no_dialogue(officer, stranger):
    talk = dialogue(officer, people=[PersonFactory(restricted=True)], note="Ours.", note_readers=NoteReaders.NAMED)
    talk.note_named.add(stranger)

    assert not Dialogue.objects.visible_to(stranger).exists()


def test_a_note_written_by_a_colleague_is_the_colleagues(officer, stranger):
    person = PersonFactory()
    talk = dialogue(officer, people=[person], officers=[stranger], note="My own.", note_readers=NoteReaders.ME)
    Dialogue.objects.update(note_by=stranger)

    assert note_of(talk, stranger) == "My own."
    assert note_of(talk, officer) == ""


def test_the_team_is_that_of_the_one_who_wrote_the_note(officer, colleague, stranger):
    neighbour = OfficerFactory(teams=stranger.teams.all())
    talk = dialogue(officer, people=[PersonFactory()], note="Ours.", note_readers=NoteReaders.TEAM, note_by=stranger)

    assert note_of(talk, neighbour) == "Ours."
    assert note_of(talk, colleague) == ""


def test_a_note_for_the_team_stays_with_it_when_its_writer_moves(officer, colleague, stranger, team):
    talk = dialogue(officer, people=[PersonFactory()], note="Ours.", note_readers=NoteReaders.TEAM)

    officer.teams.set(stranger.teams.all())

    assert note_of(talk, officer) == note_of(talk, colleague) == "Ours."
    assert note_of(talk, stranger) == ""


def test_of_several_teams_a_note_is_for_the_one_that_works_with_the_contact(officer, stranger):
    west = stranger.teams.get()
    officer.teams.add(west)
    talk = Dialogue(author=officer, date=TODAY, summary="Agreed.", note="Ours.")

    log_dialogue(talk, Present([PersonFactory(team=west)]), today=TODAY, now=NOW)

    assert talk.note_team == west
    assert note_of(talk, stranger) == "Ours."


def test_an_earlier_note_for_the_team_stays_with_it_too(officer, colleague, stranger):
    talk = dialogue(officer, people=[PersonFactory()], note="Ours.", note_readers=NoteReaders.TEAM)
    revision = keep_revision(talk, saved_by=officer, saved_at=timezone.now())

    officer.teams.set(stranger.teams.all())

    read = {
        reader: DialogueRevision.objects.as_read_by(reader).get(pk=revision.pk).note_to_read
        for reader in (colleague, stranger)
    }
    assert read == {colleague: "Ours.", stranger: ""}


def test_correcting_something_else_leaves_the_team_and_choosing_it_anew_takes_todays(officer, stranger):
    talk = dialogue(officer, people=[PersonFactory()], note="Ours.", note_readers=NoteReaders.TEAM)
    east, west = officer.teams.get(), stranger.teams.get()
    officer.teams.set([west])

    teams = [corrected(talk, officer, readers).note_team for readers in ("team", "me", "team")]

    assert teams == [east, None, west]


def corrected(talk, writer, readers):
    talk.note_readers = readers
    correction = Correction(Present(talk.people.all()), note_named=())
    correct_dialogue(talk, correction, actor=writer, today=TODAY, now=NOW)
    return Dialogue.objects.get(pk=talk.pk)


def test_whoever_may_not_read_the_note_is_told_apart_from_one_without_a_note(colleague, stranger, talk):
    bare = dialogue(colleague, people=[PersonFactory()])

    rows = Dialogue.objects.visible_to(stranger).saying_if_note_is_open(stranger)

    assert not rows.get(pk=talk.pk).note_is_open
    assert rows.get(pk=bare.pk).note_is_open


def test_an_earlier_note_keeps_the_readers_it_had_then(officer, colleague, talk):
    revision = DialogueRevision.objects.create(
        dialogue=talk,
        version=1,
        saved_by=officer,
        saved_at=timezone.now(),
        fields={},
        note="Then.",
        note_readers=NoteReaders.ME,
        note_by=officer,
    )
    Dialogue.objects.update(note_readers=NoteReaders.OFFICERS)

    def read(reader):
        return DialogueRevision.objects.visible_to(reader).as_read_by(reader).get(pk=revision.pk).note_to_read

    assert (read(officer), read(colleague)) == ("Then.", "")


def test_a_note_kept_for_fewer_is_kept_from_the_others_as_it_was_before_too(officer, colleague, talk):
    then = {"saved_by": officer, "saved_at": timezone.now(), "fields": {}, "note_by": officer}
    revision = DialogueRevision.objects.create(
        dialogue=talk, version=1, note="Then.", note_readers=NoteReaders.OFFICERS, **then
    )

    def read(reader):
        row = DialogueRevision.objects.visible_to(reader).as_read_by(reader).get(pk=revision.pk)
        return row.note_to_read, row.note_is_open

    for today in NoteReaders.OFFICERS, NoteReaders.ME:
        Dialogue.objects.update(note_readers=today)
        assert read(officer) == ("Then.", True)
        assert read(colleague) == (("Then.", True) if today == NoteReaders.OFFICERS else ("", False))


def test_a_file_of_the_note_is_there_for_its_readers_only(officer, colleague, talk):
    of_note, of_summary = with_file(talk, Attachment.Part.NOTE), with_file(talk, Attachment.Part.SUMMARY)

    assert set(Attachment.objects.visible_to(officer)) == {of_note, of_summary}
    assert set(Attachment.objects.visible_to(colleague)) == {of_summary}


def test_a_file_that_waits_for_its_form_is_its_owners_alone(officer, colleague):
    file = ContentFile(b"x", name="plan.pdf")
    waiting = Attachment.objects.create(name="plan.pdf", file=file, size=1, added_by=officer)

    assert list(Attachment.objects.visible_to(officer)) == [waiting]
    assert not Attachment.objects.visible_to(colleague).exists()


def test_a_file_goes_with_its_dialogue(talk, django_capture_on_commit_callbacks):
    kept = with_file(talk, Attachment.Part.SUMMARY).file

    with django_capture_on_commit_callbacks(execute=True):
        talk.delete()

    assert not kept.storage.exists(kept.name)


def test_notes_from_before_teams_were_noted_are_for_the_team_their_writer_is_in(officer, stranger):
    ours = dialogue(officer, people=[PersonFactory()], note="Ours.", note_team=None)
    theirs = dialogue(officer, people=[PersonFactory()], note="Theirs.", note_by=stranger, note_team=None)
    mine = dialogue(officer, people=[PersonFactory()], note="Mine.", note_readers=NoteReaders.ME)
    kept = keep_revision(ours, saved_by=officer, saved_at=timezone.now())

    importlib.import_module("contacts.migrations.0030_bind_notes_to_their_team").bind(apps, None)

    teams = [type(row).objects.get(pk=row.pk).note_team for row in (ours, theirs, mine, kept)]
    assert teams == [officer.teams.get(), stranger.teams.get(), None, officer.teams.get()]
