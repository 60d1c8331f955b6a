"""Who reads an internal note: one rule for a dialogue, for what it was earlier, and for the files of the note."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from outreach.accounts.models import Team

NOTE = "contacts.dialogue.note"  # what it is sealed as, in the dialogue and in its earlier versions alike


class NoteReaders(models.TextChoices):
    """As the one who wrote the note would say it."""

    ME = "me", _("Only me")
    TEAM = "team", _("My team")
    NAMED = "named", _("Colleagues I name")
    OFFICERS = "officers", _("All officers who may see the contact")


def note_read_by(user, model: type[models.Model], *, writer: str, else_by: str) -> Q:
    """Rows of ``model`` whose note ``user`` reads, among those that are theirs to see.

    The field ``writer`` names who wrote the note; where it is NULL, that was ``else_by``. The team is the one it was
    written for, wherever its writer works today.
    """
    in_team = Q(note_team__in=Team.members.through.objects.filter(user=user).values("team"))
    named = model._meta.get_field("note_named").remote_field.through.objects
    is_named = Exists(named.filter(**{model._meta.model_name: OuterRef("pk")}, user=user))
    return (
        Q(**{writer: user})
        | Q(**{writer: None, else_by: user})
        | Q(note_readers=NoteReaders.OFFICERS)
        | (Q(note_readers=NoteReaders.TEAM) & in_team)
        | (Q(note_readers=NoteReaders.NAMED) & Q(is_named))
    )
