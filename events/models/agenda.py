"""What happens on the day, hour by hour. The public page shows it as the programme."""

from datetime import timedelta

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AgendaItem(models.Model):
    """One session: the hour it begins, what it is, who speaks.

    The day counts from the first of the event and the hour is that of the clock people read, so that a programme moves
    with its event.
    """

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="agenda")
    day = models.PositiveSmallIntegerField(_("day"), default=1, validators=[MinValueValidator(1)])
    at = models.TimeField(_("begins"))
    title = models.CharField(_("what happens"), max_length=200)
    speakers = models.CharField(_("who speaks"), max_length=200, blank=True)

    class Meta:
        ordering = ["event", "day", "at", "pk"]
        verbose_name = _("line of the programme")
        verbose_name_plural = _("lines of the programme")
        constraints = [models.CheckConstraint(condition=Q(day__gte=1), name="agenda_counts_days_from_one")]

    def __str__(self):
        return f"{self.at:%H:%M} {self.title}"

    @property
    def date(self):
        """The day it falls on as the event stands now."""
        return timezone.localdate(self.event.starts_at) + timedelta(days=self.day - 1)
