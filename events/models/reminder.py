"""A mail to those who come, some days before an event or after it; it moves along when the event moves."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .event import Event, days_later


class ReminderQuerySet(models.QuerySet):
    def unsent(self):
        """Those of events that are on, not sent yet."""
        return self.filter(sent_at=None, event__status=Event.Status.PUBLISHED).select_related("event")


class Reminder(models.Model):
    """What is sent is the facts of the event and, above them, the officer's own words."""

    class Anchor(models.TextChoices):
        START = "start", _("before the event")
        END = "end", _("after the event")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="reminders")
    anchor = models.CharField(_("before or after"), max_length=5, choices=Anchor, default=Anchor.START)
    days = models.PositiveSmallIntegerField(_("days"))
    words = models.TextField(_("your words in the mail"), max_length=2000, blank=True)
    sent_at = models.DateTimeField(null=True, editable=False)  # NULL: waits for its day

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["event", "-anchor", "days"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "anchor", "days"],
                name="one_reminder_a_day",
                violation_error_message=_("There is a reminder for that day already."),
            ),
            models.CheckConstraint(condition=models.Q(days__gte=1, days__lte=90), name="reminded_within_90_days"),
        ]
        indexes = [models.Index(fields=["event"], condition=models.Q(sent_at=None), name="reminder_unsent")]

    def __str__(self):
        return f"{self.days} {self.get_anchor_display()}"

    @property
    def due_at(self):
        """When it is sent: at the hour the event begins, or ends; in the morning where it lasts whole days."""
        event, whole = self.event, self.event.whole_days
        if self.anchor == self.Anchor.START:
            return days_later(event.starts_at, -self.days, whole_days=whole)
        days = max(self.days, 1) if whole else self.days  # not on the last morning
        return days_later(event.ends_at, days, whole_days=whole)

    def is_due(self, now):
        """Whether it is to be sent now. One before an event that has begun is too late to be of use."""
        too_late = self.anchor == self.Anchor.START and now >= self.event.starts_at
        return self.due_at <= now and not too_late
