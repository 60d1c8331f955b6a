"""What a dialogue was after each correction: who saved it, when, and every field."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from outreach.accounts.models import Team
from outreach.sealing.fields import OpenedAs, SealedTextField
from outreach.sealing.key_files import RESTRICTED_NOTES

from .dialogue import Dialogue
from .note import NOTE, NoteReaders, note_read_by


class DialogueRevisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of dialogues ``user`` may know of."""
        return self.filter(dialogue__in=Dialogue.objects.visible_to(user))

    def as_read_by(self, user):
        """With ``note_to_read``: empty unless ``user`` wrote the note of that revision, or was to read it and is to
        read the one of today: whoever keeps a note for fewer means what it said before, too."""
        then = note_read_by(user, DialogueRevision, writer="note_by", else_by="saved_by")
        wrote = Q(note_by=user) | Q(note_by=None, saved_by=user)
        reads = then & (wrote | Exists(Dialogue.objects.filter(pk=OuterRef("dialogue")).with_note_read_by(user)))
        return (
            self.defer("note")
            .annotate(
                note_to_read=Case(When(reads, then=F("note")), default=Value("", models.TextField())),
                note_is_open=Case(When(Q(note="") | reads, then=Value(True)), default=Value(False)),
            )
            .select_related("saved_by", "note_by")
            .prefetch_related("note_named")
        )

    def newest_first(self):
        return self.order_by("-version")


class DialogueRevision(models.Model):
    """A dialogue that was never corrected has none; its first correction keeps what it was, and what it became.

    ``fields`` holds keys and plain values, no names: whom a reader may see is asked when it is read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    fields = models.JSONField()  # name of a field: its values, as a form would send them; the note apart
    note = SealedTextField(register=RESTRICTED_NOTES, kind=NOTE, bound_to=("dialogue_id",), blank=True)
    note_readers = models.CharField(max_length=10, choices=NoteReaders)
    note_named = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    note_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )  # NULL: there was no note

    note_team = models.ForeignKey(
        Team, models.SET_NULL, null=True, related_name="+"
    )  # whom "my team" meant; NULL: nobody

    note_to_read = OpenedAs("note")  # both put there by as_read_by
    note_is_open: bool

    objects = DialogueRevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        verbose_name = _("earlier version of a dialogue")
        verbose_name_plural = _("earlier versions of dialogues")
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "version"], name="one_revision_per_version_of_a_dialogue"),
        ]

    def __str__(self):
        return f"{self.dialogue_id} {self.version}"
