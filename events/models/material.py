"""What is handed out at an event, as a file. Nothing serves the folder they lie in: a view hands one out."""

import uuid
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _

from content.files import throw_away, unguessable


def storage() -> FileSystemStorage:
    """A folder of its own, which the public process reads too; its files have no address."""
    return FileSystemStorage(location=settings.MATERIALS_ROOT, base_url=None)


class MaterialQuerySet(models.QuerySet):
    def out(self, now):
        """Those whose time has come."""
        return self.filter(Q(after_event=False) | Q(event__ends_at__lte=now))

    def for_everyone(self, now):
        """Those the public page of the event shows."""
        return self.out(now).filter(readers=Material.Readers.EVERYONE)


class Material(models.Model):
    """One file of an event. ``after_event``: nobody outside gets it before the event has ended."""

    class Readers(models.TextChoices):
        EVERYONE = "everyone", _("Everybody who reads the page of the event")
        PARTICIPANTS = "participants", _("Only those with a seat")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey("events.Event", models.CASCADE, related_name="materials")
    title = models.CharField(_("title"), max_length=140)
    readers = models.CharField(_("Who gets it?"), max_length=15, choices=Readers, default=Readers.PARTICIPANTS)
    after_event = models.BooleanField(_("not before the event is over"), default=False)
    name = models.CharField(_("name of the file"), max_length=140)
    file = models.FileField(_("file"), storage=storage, upload_to=unguessable, max_length=60)
    size = models.PositiveIntegerField()  # bytes
    added_at = models.DateTimeField(auto_now_add=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["event", "added_at", "pk"]
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="material_holds_something")]

    def __str__(self):
        return self.title

    @property
    def kind(self):
        """What the file is, as people write it: PDF."""
        return Path(self.name).suffix.removeprefix(".").upper()


post_delete.connect(throw_away, sender=Material)
