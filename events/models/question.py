"""What an officer asks everybody who registers for one event. Answers stand with the registration, by question."""

from datetime import timedelta
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outreach.privacy.retention import RULES

from .event import Event


class QuestionQuerySet(models.QuerySet):
    def of(self, event):
        return self.filter(event=event)

    def asked(self):
        """Those a registrant meets."""
        return self.not_retired().filter(emptied_at=None)

    def not_retired(self):
        """Those that stand on the form, or did when the event came."""
        return self.filter(retired_at=None)

    def readable(self):
        """Those that may still have answers."""
        return self.filter(emptied_at=None)

    def over_by(self, moment):
        """Those whose answers were to go before ``moment`` and are still there."""
        due = [Q(keep_days=keep, event__ends_at__lte=moment - kept_for(keep)) for keep in Question.Keep]
        return self.readable().filter(reduce(or_, due))


class Question(models.Model):
    """One question. It is never deleted: retired, nobody new is asked, and what was answered stays until its day."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        CHOICE = "choice", _("Choose one")
        SEVERAL = "several", _("Choose several")
        YES_NO = "yes_no", _("Yes or no")
        NUMBER = "number", _("Number")

    class Keep(models.IntegerChoices):
        """How many days after the event the answers go; never later than the name of who gave them."""

        FORTNIGHT = 14, _("14 days after the event")
        MONTH = 30, _("30 days after the event")
        QUARTER = 90, _("90 days after the event")
        HALF_YEAR = 183, _("6 months after the event")

    CHOOSES = (Kind.CHOICE, Kind.SEVERAL)
    MOST = 20  # that one form asks

    event = models.ForeignKey(Event, models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=Kind, default=Kind.TEXT)
    label = models.CharField(_("question"), max_length=200)
    help = models.CharField(_("help"), max_length=300, blank=True)
    choices = models.TextField(_("answers to choose from"), max_length=2000, blank=True)  # one a line
    required = models.BooleanField(_("must be answered"), default=False)
    keep_days = models.PositiveSmallIntegerField(_("answers are deleted"), choices=Keep, default=Keep.FORTNIGHT)
    retired_at = models.DateTimeField(null=True, editable=False)  # NULL: it is asked
    emptied_at = models.DateTimeField(null=True, editable=False)  # NULL: its answers are kept still

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["choice", "several"]) | ~Q(choices=""),
                name="question_has_choices",
                violation_error_message=_("Write the answers to choose from, one on each line."),
            ),
            models.CheckConstraint(condition=Q(keep_days__in=[14, 30, 90, 183]), name="question_is_kept_for_a_while"),
        ]

    def __str__(self):
        return self.label

    @property
    def key(self):
        """Under which its answer stands in ``Registration.answers``."""
        return str(self.pk)

    @property
    def options(self):
        """The answers to choose from."""
        return self.choices.splitlines()

    @property
    def gone_at(self):
        """When the answers go."""
        return self.event.ends_at + kept_for(self.keep_days)


def kept_for(days):
    """How long answers are kept, as an officer chose: no longer than names are."""
    return min(timedelta(days=days), RULES["events.names"].period)
