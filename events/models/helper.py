"""A colleague who stands at the door of one event on one day and reads who comes."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from .event import Event


class HelperQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those named for events ``user`` runs."""
        return self.filter(event__in=Event.objects.run_by(user).values("pk"))

    def of(self, event):
        """Those named for ``event``, day by day."""
        return self.filter(event=event).select_related("colleague").order_by("day", Lower("colleague__name"), "pk")

    def ahead_of(self, user, today):
        """The days ``user`` is named for and that are not over, the nearest first."""
        ahead = self.filter(colleague=user, day__gte=today, event__status=Event.Status.PUBLISHED)
        return ahead.select_related("event").order_by("day", "event__starts_at", "pk")

    def of_events_over_by(self, moment):
        return self.filter(event__ends_at__lte=moment)


class Helper(models.Model):
    """The name of a check-in helper for one event and one day of it. It opens names on that day only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="helpers")
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("who helps"), related_name="+"
    )
    day = models.DateField(_("on which day"))
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = HelperQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        verbose_name = _("check-in helper of an event")
        verbose_name_plural = _("check-in helpers of events")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "colleague", "day"],
                name="helper_is_named_once_a_day",
                violation_error_message=_("They are named for that day already."),
            )
        ]

    def __str__(self):
        return f"{self.colleague} {self.day}"
