"""A colleague has lost the second factor: one administrator asks for its removal, another one decides."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

OPEN_FOR = timedelta(hours=24)


class FactorResetQuerySet(models.QuerySet["FactorReset"]):
    def visible_to(self, user: Any) -> "FactorResetQuerySet":
        """Administrators see them all: they decide on each other's."""
        return self if user.is_active and user.administers else self.none()

    def open(self, now: datetime) -> "FactorResetQuerySet":
        return self.filter(outcome="", expires_at__gt=now)

    def lapsed(self, now: datetime) -> "FactorResetQuerySet":
        """Nobody decided on these in time, and nobody has written that down yet."""
        return self.filter(outcome="", expires_at__lte=now)

    def waiting_for(self, user: Any, now: datetime) -> "FactorResetQuerySet":
        """What ``user`` can decide on: not what they asked for, nor what is about themselves."""
        return self.visible_to(user).open(now).exclude(asked_by=user).exclude(colleague=user)

    def naming(self, user: Any) -> "FactorResetQuerySet":
        """Asked by this colleague, or about them."""
        return self.filter(Q(asked_by=user) | Q(colleague=user))


class FactorReset(models.Model):
    """A request to remove every second factor of ``colleague``. Decided once, by neither of the two it names."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXPIRED = "expired", _("ran out")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=200)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)  # blank: nobody has decided
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)  # NULL: nobody has decided

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("request about a lost second factor")
        verbose_name_plural = _("requests about lost second factors")
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by=F("colleague")),
                name="factorreset_asked_by_another",
                violation_error_message=_("Another administrator asks when it is your own."),
            ),
            models.CheckConstraint(
                condition=~Q(outcome="approved")
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("colleague"))),
                name="factorreset_approved_by_a_third",
                violation_error_message=_("It takes two administrators, and neither is the one it is about."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None) | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="factorreset_decided_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["colleague"],
                condition=Q(outcome=""),
                name="factorreset_one_at_a_time",
                violation_error_message=_("Somebody has asked already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M} {self.get_outcome_display()}".rstrip()

    @property
    def state(self) -> str:
        """What became of it, in a word; of one nobody decided on and nobody wrote down, that it ran out."""
        return str(self.get_outcome_display() if self.outcome else self.Outcome.EXPIRED.label)

    def is_open(self, now: datetime) -> bool:
        return not self.outcome and self.expires_at > now
