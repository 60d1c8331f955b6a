"""One conversation that took place, and what it was about."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation
from .person import Person
from .visibility import READERS


class Topic(models.Model):
    name_da = models.CharField(_("Danish name"), max_length=60, unique=True)
    name_en = models.CharField(_("English name"), max_length=60, unique=True)

    class Meta:
        ordering = ["name_da"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self):
        return self.name_en if get_language() == "en" else self.name_da


class DialogueQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those ``user`` logged, or with at least one participant ``user`` may see."""
        if not user.is_active or user.role not in READERS:
            return self.none()
        people = Person.objects.visible_to(user).values("pk")
        organisations = Organisation.objects.visible_to(user).values("pk")
        return self.filter(
            Q(pk__in=Dialogue.people.through.objects.filter(person__in=people).values("dialogue"))
            | Q(
                pk__in=Dialogue.organisations.through.objects.filter(organisation__in=organisations).values("dialogue")
            )
            | Q(author=user)
        )


class Dialogue(models.Model):
    """A conversation. The summary is fit for the counterpart's eyes; the note is ours and has its own readers."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("Meeting")
        CALL = "call", _("Call")
        VISIT = "visit", _("Visit")
        EMAIL = "email", _("E-mail")
        EVENT = "event", _("Event")

    class NoteReaders(models.TextChoices):
        ME = "me", _("Only me")
        TEAM = "team", _("My team")
        OFFICERS = "officers", _("All officers")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.MEETING)
    date = models.DateField(_("date"))
    starts_at = models.TimeField(_("time"), null=True, blank=True)  # NULL: not noted
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)  # NULL: not noted
    place = models.CharField(_("place"), max_length=140, blank=True)
    people = models.ManyToManyField(Person, verbose_name=_("people"), related_name="dialogues", blank=True)
    organisations = models.ManyToManyField(
        Organisation, verbose_name=_("organisations"), related_name="dialogues", blank=True
    )
    officers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("colleagues"), related_name="dialogues", blank=True
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), related_name="dialogues", blank=True)
    summary = models.TextField(_("shareable summary"), max_length=4000)
    note = models.TextField(_("internal note"), max_length=4000, blank=True)
    note_readers = models.CharField(
        _("who may read the note"), max_length=10, choices=NoteReaders, default=NoteReaders.TEAM
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = DialogueQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-created_at"]
        verbose_name = _("dialogue")
        verbose_name_plural = _("dialogues")
        indexes = [models.Index(fields=["-date", "-id"], name="dialogue_newest")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.date}"
