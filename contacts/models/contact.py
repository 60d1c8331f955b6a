"""What people and organisations have in common: how we reach them, who keeps the contact, how often we talk."""

import uuid
from datetime import date, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.finding.words import lookup_key, search_key
from outreach.places.folding import fold

from .asread import AsRead
from .rhythm import Rhythm
from .visibility import ContactQuerySet


class Contact(AsRead):
    """A person or an organisation we keep a relationship with (product.md, "The boundary")."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        RESTING = "resting", _("Resting")
        ENDED = "ended", _("Ended")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=140)
    # The e-mail and the phone to use first, for lists and mails; the rows are the truth (services.belongings).
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    municipality = models.ForeignKey(
        "places.Municipality",
        models.PROTECT,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        related_name="+",
    )  # NULL: works in no one place, or we do not know it
    languages = models.ManyToManyField("contacts.Language", verbose_name=_("languages"), blank=True, related_name="+")
    remember = models.CharField(_("remember"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.ACTIVE)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)  # NULL: has not ended
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("owner"), related_name="+")
    team = models.ForeignKey(
        "accounts.Team", models.PROTECT, verbose_name=_("team"), null=True, blank=True, related_name="+"
    )
    source = models.CharField(_("where we have the details from"), max_length=200)
    purpose = models.CharField(_("what we keep them for"), max_length=200)
    informed_on = models.DateField(_("told that we keep them"), null=True, blank=True)  # NULL: not yet
    rhythm_weeks = models.PositiveSmallIntegerField(
        _("agreed rhythm in weeks"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(104)],
    )  # NULL: none agreed
    last_dialogue_on = models.DateField(null=True, blank=True, editable=False)  # NULL: never talked
    # When the rhythm says we should talk next; stored so that lists can sort by it. NULL: no rhythm, or never talked.
    talk_by = models.DateField(null=True, blank=True, editable=False)
    restricted = models.BooleanField(_("restricted"), default=False)
    name_key = models.CharField(max_length=140, editable=False, db_index=True)  # the folded name, for equal names
    version = models.PositiveIntegerField(default=1, editable=False)  # grows with every change a colleague makes
    search_key = models.TextField(editable=False)  # everything that finds the contact, folded: by any part of it
    lookup_key = models.TextField(editable=False, default="")  # the words that find it: contacts/finding/words.py
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    similar: bool  # whether it only comes close to what was searched for: finding.door.best
    next_due: date | None  # when the first of its follow-ups falls due: services.beside

    objects = ContactQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(purpose=""),
                name="%(class)s_has_source_and_purpose",
                violation_error_message=_("Write where we have the details from, and what we keep them for."),
            ),
            models.CheckConstraint(
                condition=Q(status="ended", ended_on__isnull=False) | (~Q(status="ended") & Q(ended_on__isnull=True)),
                name="%(class)s_ended_on_a_day",
                violation_error_message=_("Write the day it ended, or choose another status."),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Set every field that follows from the others. Whoever writes contacts in bulk calls it on each before."""
        names, found_under = self.names(), self.found_under()
        self.name_key = fold(self.name)[:140]
        self.search_key = search_key([*names, *found_under])
        self.lookup_key = lookup_key(names, found_under, self.municipality_id)
        self.talk_by = self.next_talk()

    def names(self) -> list[str]:
        """What the contact is called: words of these are found mistyped, too, and as they sound."""
        others = [] if self._state.adding else [other.name for other in self.other_names.all()]
        return [self.name, *others]

    def found_under(self) -> list[str]:
        """The other texts that find this contact; mailboxes, numbers and addresses once they are there."""
        place = self.municipality.name if self.municipality else ""
        texts = [self.email, self.phone, place]
        if not self._state.adding:
            texts += [point.value for point in self.points.all()]
            texts += [text for address in self.addresses.all() for text in (address.street, address.town)]
        return list(dict.fromkeys(texts))

    @property
    def has_ended(self) -> bool:
        return self.status == self.Status.ENDED

    @property
    def is_waited_for(self) -> bool:
        """Whether its rhythm runs: not while it rests, nor once it has ended."""
        return self.status == self.Status.ACTIVE

    def next_talk(self) -> date | None:
        """When the rhythm says we should talk next, if it runs."""
        if not self.is_waited_for or not (self.rhythm_weeks and self.last_dialogue_on):
            return None
        return self.last_dialogue_on + timedelta(weeks=self.rhythm_weeks)

    def rhythm(self, today: date) -> Rhythm:
        """How long ago we talked, held against what was agreed."""
        runs = self.is_waited_for
        return Rhythm(weeks=self.rhythm_weeks, last_on=self.last_dialogue_on, today=today, runs=runs)
