"""What somebody's calendar answered to our entry of their seat. It changes nothing by itself: an officer decides."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from .event import Event
from .registration import Registration


class ReplyQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(registration__in=Registration.objects.visible_to(user).values("pk"))

    def about(self, event):
        return self.filter(registration__event=event)

    def with_people(self):
        """With whom they are about, and who has decided."""
        return self.select_related("registration__event", "decided_by")

    def by_event(self):
        """How many there are about each event: dictionaries with its key and name (``called``), the nearest first."""
        event = "registration__event"
        called = Coalesce(NullIf(f"{event}__internal_title", models.Value("")), f"{event}__title")
        told = (f"{event}__starts_at", event, f"{event}__language", "called")
        return self.annotate(called=called).order_by(*told).values(*told).annotate(number=models.Count("pk"))

    def undecided(self):
        return self.filter(decision="")

    def to_decide(self, now):
        """Those somebody should look at, oldest first: the seat is still theirs, and they have said nothing since."""
        ahead = Q(registration__event__status=Event.Status.PUBLISHED, registration__event__starts_at__gt=now)
        said_since = Q(registration__comes_at__gte=F("said_at"))
        seated = self.undecided().filter(ahead, registration__status=Registration.Status.CONFIRMED)
        return seated.exclude(said_since).order_by("said_at", "pk")

    def of_events_over_by(self, moment):
        return self.filter(registration__event__ends_at__lte=moment)


class Reply(models.Model):
    """The newest answer to one entry (RFC 5546 §3.2.3, §3.2.7); a newer one takes its place and is open again."""

    class Said(models.TextChoices):
        """PARTSTAT (RFC 5545 §3.2.12), and what METHOD:COUNTER says."""

        DECLINED = "declined", _("Says no in their calendar")
        TENTATIVE = "tentative", _("Says perhaps in their calendar")
        DELEGATED = "delegated", _("Wants somebody else to come instead")
        COUNTERED = "countered", _("Proposes another time")
        ACCEPTED = "accepted", _("Says yes in their calendar")

    class Decision(models.TextChoices):
        GIVEN_UP = "given_up", _("The seat was given up")
        COMES = "comes", _("It was noted that they come")
        LEFT = "left", _("The seat was left as it is")
        NEEDLESS = "needless", _("There was nothing to decide")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.OneToOneField(Registration, models.CASCADE, related_name="reply")
    said = models.CharField(max_length=10, choices=Said)
    words = models.CharField(max_length=300, blank=True)
    words_refused = models.BooleanField(default=False)  # they looked like a CPR number, and are not kept
    proposes_at = models.DateTimeField(null=True)  # NULL: they propose none
    sequence = models.PositiveIntegerField()  # of the entry they answered
    fingerprint = models.CharField(max_length=64, editable=False)  # SHA-256 of the answer: the same, or another
    said_at = models.DateTimeField()
    received_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)  # blank: not decided yet
    decided_at = models.DateTimeField(null=True)  # NULL: not decided yet
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )  # NULL: nobody, or nobody had to

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["said_at", "pk"]
        verbose_name = _("answer from a calendar")
        verbose_name_plural = _("answers from calendars")
        indexes = [models.Index(fields=["said_at"], condition=Q(decision=""), name="reply_undecided")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True) | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="decided_reply_has_its_time",
            ),
        ]

    def __str__(self):
        return f"{self.registration}: {self.get_said_display()}"

    @property
    def is_yes(self):
        return self.said == self.Said.ACCEPTED

    @property
    def is_about_earlier(self):
        """Whether they answered an earlier time or place."""
        return self.sequence < self.registration.event.sequence

    def waits(self, now):
        """Whether an officer should look at it: as ``to_decide``, of a row at hand."""
        seat = self.registration
        silent = seat.comes_at is None or seat.comes_at < self.said_at
        ahead = seat.event.status == Event.Status.PUBLISHED and seat.event.starts_at > now
        return not self.decision and silent and ahead and seat.status == Registration.Status.CONFIRMED
