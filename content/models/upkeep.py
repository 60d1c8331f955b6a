"""Who answers for an entry of the directory or a contact channel, and whether they have been asked about it.

Names and addresses of owners have tables of their own: the public role cannot read them (outreach/wall/grants.py).
"""

import uuid
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .channels import ContactChannel
from .directory import DirectoryEntry


class OwnerQuerySet(models.QuerySet):
    def due_by(self, day: date):
        """Those whose row is to be checked again by ``day``, with the row."""
        due = self.filter(Q(entry__review_by__lte=day) | Q(channel__review_by__lte=day))
        return due.select_related("entry", "channel", "colleague")


class Owner(models.Model):
    """A colleague, or somebody elsewhere by name and e-mail, who knows whether one row is still right."""

    entry = models.OneToOneField(
        DirectoryEntry, models.CASCADE, verbose_name=_("entry of “Who does what”"), null=True, blank=True
    )  # NULL: it is a channel
    channel = models.OneToOneField(
        ContactChannel, models.CASCADE, verbose_name=_("contact channel"), null=True, blank=True
    )  # NULL: it is an entry
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("colleague"),
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"is_active": True},
    )  # NULL: somebody elsewhere
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="da")

    objects = OwnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("owner")
        verbose_name_plural = _("owners")
        constraints = [
            models.CheckConstraint(
                condition=Q(entry=None, channel__isnull=False) | Q(entry__isnull=False, channel=None),
                name="owner_of_one_row",
                violation_error_message=_("Choose one entry or one contact channel."),
            ),
            models.CheckConstraint(
                condition=Q(colleague__isnull=False, email="") | (Q(colleague=None) & ~Q(email="")),
                name="owner_can_be_reached",
                violation_error_message=_("Choose a colleague, or give a name and an e-mail address."),
            ),
        ]

    def __str__(self):
        return str(self.row)  # logs of the admin keep it: no name of a person

    def save(self, *args, **kwargs):
        """With another address, the links sent to the old one stop working."""
        super().save(*args, **kwargs)
        self.questions.exclude(sent_to=self.address).delete()

    def clean(self):
        if self.email and not self.name:
            raise ValidationError({"name": _("Write the name.")})

    @property
    def row(self) -> DirectoryEntry | ContactChannel:
        return self.entry or self.channel

    @property
    def address(self) -> str:
        return self.colleague.email if self.colleague else self.email

    @property
    def called(self) -> str:
        return self.colleague.name if self.colleague else self.name

    @property
    def speaks(self) -> str:
        return self.colleague.language if self.colleague else self.language


class OwnerQuestion(models.Model):
    """ "Is it still right?", asked once for each day by which a row is to be checked, with the lookup of its link.

    The token is derived when the mail is sent (HMAC of purpose, question and nonce) and stands nowhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Owner, models.CASCADE, related_name="questions")
    due_on = models.DateField()  # the day it asks about; over when the row has another
    sent_to = models.EmailField()
    good_for = models.PositiveSmallIntegerField()  # days until the next check, if it is still right
    hash = models.CharField(max_length=64, unique=True)  # SHA-256 of the token, hexadecimal
    nonce = models.CharField(max_length=32)
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)  # NULL: not yet
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)  # NULL: not yet
    recorded = models.BooleanField(default=False)  # whether the trail knows of the answer
    note = models.TextField(max_length=1000, blank=True)  # what is wrong, in the owner's words; "" when it is right

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "due_on"], name="owner_is_asked_once_about_a_day"),
            models.CheckConstraint(condition=Q(note="") | Q(answered_at__isnull=False), name="a_note_is_an_answer"),
        ]

    def __str__(self):
        return f"{self.owner} {self.due_on}"

    @property
    def is_over(self) -> bool:
        """Whether the row has been checked since."""
        return self.owner.row.review_by != self.due_on
