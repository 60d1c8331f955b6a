"""The trail: who read and who changed what. It holds ids, not names, and is only ever added to."""

import uuid

from django.db import models
from django.db.models import Count, F, Max, Min
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AppendOnly(Exception):
    """Somebody tried to change or delete an entry of the trail."""


class EntryQuerySet(models.QuerySet):
    def about(self, obj):
        """Entries about this object alone; a list it stood in has its id among ``ids``."""
        return self.filter(object_label=obj._meta.label, object_id=str(obj.pk))

    def update(self, **values):
        raise AppendOnly

    def delete(self):
        raise AppendOnly

    def bulk_update(self, objs, fields, batch_size=None):
        raise AppendOnly


class Entry(models.Model):
    """One thing done to personal data. Every entry is written by ``outreach.audit.record``, one insert."""

    class Verb(models.TextChoices):
        VIEW = "view", _("read")
        LIST = "list", _("read a list")
        SEARCH = "search", _("searched")
        EXPORT = "export", _("exported")
        CREATE = "create", _("created")
        CHANGE = "change", _("changed")
        DELETE = "delete", _("deleted")
        REFUSE = "refuse", _("was refused")
        SIGN_IN = "sign_in", _("signed in")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    # No foreign keys: the trail outlives what it tells of.
    actor_id = models.UUIDField(null=True, editable=False)  # NULL: the system, or a visitor
    verb = models.CharField(max_length=10, choices=Verb, editable=False)
    object_label = models.CharField(max_length=80, editable=False)
    object_id = models.CharField(max_length=64, blank=True, editable=False)  # blank: a list, see ids
    ids = models.JSONField(default=list, blank=True, editable=False)
    reason = models.CharField(max_length=200, blank=True, editable=False)
    request_id = models.CharField(max_length=32, blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("entry of the trail")
        verbose_name_plural = _("entries of the trail")
        indexes = [
            models.Index(fields=["object_label", "object_id", "-at"], name="audit_of_object"),
            models.Index(fields=["actor_id", "-at"], name="audit_of_actor"),
            models.Index(fields=["-at"], name="audit_newest"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.object_label} {self.object_id}".rstrip()

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise AppendOnly


class SeenQuerySet(models.QuerySet):
    def of(self, obj):
        """Whatever was done to this object, also in a list with others; the newest first."""
        return self.filter(object_id=obj.pk).order_by("-at", "-entry_id").select_related("entry")

    def by_day_and(self, **more):
        """The same told together: how often (``times``), and when ``first`` and ``last``, each ``actor`` did so on
        each ``day``; of ``more`` each thing for itself. The newest first."""
        told = self.order_by().values(day=TruncDate("at"), actor=F("entry__actor_id"), **more)
        times = {"times": Count("entry_id"), "first": Min("at"), "last": Max("at")}
        return told.annotate(**times).order_by("-day", "-last", "actor")


class Seen(models.Model):
    """The index of the trail by whom an entry names, kept by the database (index.py), read by "who looked".

    It tells nothing the trail does not, and can be made anew from it.
    """

    pk = models.CompositePrimaryKey("object_id", "at", "entry_id")
    object_id = models.UUIDField(editable=False)
    at = models.DateTimeField(editable=False)
    entry = models.ForeignKey(Entry, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")

    objects = SeenQuerySet.as_manager()

    class Meta:
        verbose_name = _("object named by the trail")
        verbose_name_plural = _("objects named by the trail")

    def __str__(self):
        return f"{self.object_id} {self.at:%Y-%m-%d %H:%M}"


class Link(models.Model):
    """An entry's place in the chain, given by the database itself (chain.py): a number, and a hash over all so far."""

    seq = models.BigIntegerField(_("number"), primary_key=True, editable=False)
    entry = models.OneToOneField(Entry, models.DO_NOTHING, db_constraint=False, related_name="link", editable=False)
    hash = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["seq"]
        verbose_name = _("link of the trail")
        verbose_name_plural = _("links of the trail")

    def __str__(self):
        return f"{self.seq} {bytes(self.hash).hex()}"


class Verification(models.Model):
    """A walk along the whole chain, and how it ended (verifying.py)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(editable=False)
    last = models.BigIntegerField(editable=False)  # the number it got to
    walked = models.BigIntegerField(editable=False)
    faults = models.PositiveIntegerField(editable=False)
    checkpoint = models.BigIntegerField(null=True, editable=False)  # number of the newest it was held against, if any

    class Meta:
        ordering = ["-at"]
        get_latest_by = "at"
        verbose_name = _("verification of the trail")
        verbose_name_plural = _("verifications of the trail")

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} up to {self.last}: {self.faults} faults"
