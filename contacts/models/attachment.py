"""A file that belongs to a dialogue. Nothing serves the folder they lie in: a file is handed out by a view."""

import uuid

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _

from content.files import throw_away, unguessable

from .dialogue import Dialogue
from .visibility import may_read


def storage() -> FileSystemStorage:
    """A folder apart from what the site shows; its files have no address."""
    return FileSystemStorage(location=settings.ATTACHMENTS_ROOT, base_url=None)


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of dialogues ``user`` may know of, the note's only for its readers; and one's own not yet saved."""
        if not may_read(user):
            return self.none()
        dialogue = Dialogue.objects.visible_to(user).filter(pk=OuterRef("dialogue"))
        reads = Q(part=Attachment.Part.SUMMARY) | Exists(dialogue.with_note_read_by(user))
        return self.filter(Q(dialogue=None, added_by=user) | (Exists(dialogue) & reads))

    def removable_by(self, user):
        """Those of dialogues ``user`` may correct."""
        return self.filter(dialogue__in=Dialogue.objects.changeable_by(user).values("pk"))

    def waiting(self):
        """Uploaded with a form that is not saved yet."""
        return self.filter(dialogue=None)

    def waiting_since(self, moment):
        return self.waiting().filter(added_at__lte=moment)


class Attachment(models.Model):
    class Part(models.TextChoices):
        SUMMARY = "summary", _("Everyone who may see the dialogue")
        NOTE = "note", _("Those who may read the internal note")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dialogue = models.ForeignKey(
        Dialogue, models.CASCADE, null=True, related_name="attachments"
    )  # NULL: the form it came with is not saved yet
    part = models.CharField(_("who may open the files"), max_length=10, choices=Part, default=Part.SUMMARY)
    name = models.CharField(_("name"), max_length=140)
    file = models.FileField(storage=storage, upload_to=unguessable, max_length=60)
    size = models.PositiveIntegerField()  # bytes
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="attachment_holds_something")]
        indexes = [models.Index(fields=["added_at"], condition=Q(dialogue=None), name="attachment_waiting")]

    def __str__(self):
        return self.name


post_delete.connect(throw_away, sender=Attachment)
