"""A follow-up that was put off: until when, and why. Each time is a row, so that "put off twice" can be seen."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .followup import FollowUp
from .visibility import may_read


class SnoozeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of follow-ups ``user`` may see."""
        if not may_read(user):
            return self.none()
        return self.filter(follow_up__in=FollowUp.objects.visible_to(user))


class Snooze(models.Model):
    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="snoozes")
    was_due = models.DateField(_("was due"))
    until = models.DateField(_("put off until"))
    reason = models.CharField(_("reason"), max_length=200)
    at = models.DateTimeField()

    objects = SnoozeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("postponement")
        verbose_name_plural = _("postponements")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("was_due")),
                name="snooze_goes_later",
                violation_error_message=_("Choose a day later than the one it was due."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="snooze_has_a_reason",
                violation_error_message=_("Write why it is put off."),
            ),
        ]

    def __str__(self):
        return self.reason
