"""The facts of an event: what, when, where, for how many. Its story, if any, is a Wagtail page."""

import uuid
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from outreach.places.folding import fold
from outreach.privacy.retention import RULES

from .audiences import ForWhom, ForWhomField
from .event_queryset import EventQuerySet
from .seats import Mode

MORNING = 9  # mails about whole days go out at this hour, not at midnight


def days_later(moment, days, *, whole_days=False):
    """So many days later at the same hour, on the clock people read; in the morning where only days are told."""
    later = timezone.localtime(moment) + timedelta(days=days)
    return later.replace(hour=MORNING, minute=0) if whole_days else later


def whole_days_of(starts_at, ends_at):
    """The first and the last minute of the days on which something lies, on the clock people read."""
    first = timezone.localtime(starts_at).replace(hour=0, minute=0, second=0, microsecond=0)
    return first, timezone.localtime(ends_at).replace(hour=23, minute=59, second=0, microsecond=0)


class Refusal(models.TextChoices):
    """Why a visitor's click changed nothing."""

    EVENT_CANCELLED = "event_cancelled", _("The event is cancelled.")
    STARTED = "started", _("The event has started.")
    CLOSED = "closed", _("Registration has closed.")
    ALREADY_REGISTERED = "already_registered", _("You are already registered.")
    WITHDRAWN = "withdrawn", _("The invitation has been withdrawn.")
    PASSED_ON = "passed_on", _("You have named somebody else.")
    USED_UP = "used_up", _("All seats of this link are taken.")
    MODE_FULL = "mode_full", _("There is no seat left for taking part that way.")
    SEAT_GONE = "seat_gone", _("The seat is no longer there to take over.")
    HELD = "held", _("The seat is held for another kind of partner.")


class Event(models.Model):
    """One meeting, seminar, course or conference. Published facts alone make a complete public page."""

    class Kind(models.TextChoices):
        NETWORK_MEETING = "network_meeting", _("Network meeting")
        SEMINAR = "seminar", _("Seminar")
        COURSE = "course", _("Course")
        PUBLIC_MEETING = "public_meeting", _("Public meeting")
        CONFERENCE = "conference", _("Conference")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        CANCELLED = "cancelled", _("Cancelled")

    class Attendance(models.TextChoices):
        IN_PERSON = "in_person", _("At the venue")
        ONLINE = "online", _("Online")
        BOTH = "both", _("At the venue and online")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Public")
        UNLISTED = "unlisted", _("Unlisted: only those with the link")
        INVITATION = "invitation", _("Invitation only")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.NETWORK_MEETING)
    title = models.CharField(_("title"), max_length=140)
    internal_title = models.CharField(_("what colleagues call it"), max_length=140, blank=True)
    title_key = models.TextField(default="", editable=False)  # titles and place, folded: a search looks there
    public_title = models.CharField(_("neutral title for mails and calendars"), max_length=140)
    slug = models.SlugField(max_length=140, unique=True)
    audience = models.CharField(_("for whom"), max_length=140, blank=True)
    audiences = ForWhomField(_("audiences"), default=list, blank=True)
    summary = models.CharField(_("summary"), max_length=300)
    text_before = models.TextField(_("text before the event"), blank=True)
    text_during = models.TextField(_("text on the day"), blank=True)
    text_after = models.TextField(_("text after the event"), blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=[("da", _("Danish")), ("en", _("English"))], default="da"
    )
    interpreter = models.CharField(_("interpreting into"), max_length=140, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    # It begins with its first day then, and ends in the last minute of its last: whole_days_of.
    whole_days = models.BooleanField(_("it lasts whole days"), default=False)
    registration_closes_at = models.DateTimeField(
        _("registration closes"), null=True, blank=True
    )  # NULL: at the start
    venue_name = models.CharField(_("venue"), max_length=140, blank=True)
    venue_address = models.CharField(_("address"), max_length=200, blank=True)
    municipality = models.ForeignKey(
        "places.Municipality", models.PROTECT, verbose_name=_("municipality"), null=True, blank=True
    )
    accessibility = models.CharField(_("access to the venue"), max_length=200, blank=True)
    attendance = models.CharField(
        _("how one takes part"), max_length=10, choices=Attendance, default=Attendance.IN_PERSON
    )
    needs_approval = models.BooleanField(_("we say yes or no to each registration"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    visibility = models.CharField(_("who can find it"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    asks_days_before = models.PositiveSmallIntegerField(
        _("days before, we ask who still comes"), null=True, blank=True
    )  # NULL: nobody is asked
    releases_days_before = models.PositiveSmallIntegerField(
        _("days before, the seats of those who did not answer are free"), null=True, blank=True
    )
    list_days_before = models.PositiveSmallIntegerField(
        _("days before, participants see who else comes"), null=True, blank=True
    )  # NULL: they see nobody
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("owner"), related_name="events")
    team = models.ForeignKey("accounts.Team", models.PROTECT, verbose_name=_("team"), null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)  # RFC 5545 §3.8.7.4
    ics_text = models.TextField(editable=False, blank=True)  # the VEVENT as of `sequence`
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["status", "visibility", "ends_at"], name="event_public_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="event_ends_after_it_starts",
                violation_error_message=_("The event ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(registration_closes_at=None) | Q(registration_closes_at__lte=F("starts_at")),
                name="registration_closes_before_the_event",
                violation_error_message=_("Registration closes after the event has started."),
            ),
            models.CheckConstraint(
                condition=Q(asks_days_before=None, releases_days_before=None)
                | Q(asks_days_before__gt=F("releases_days_before")),
                name="asked_before_seats_are_released",
                violation_error_message=_("Ask at least a day before the seats are free."),
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.derive()
        super().save(*args, **kwargs)

    def derive(self):
        """Set the field that follows from the others. Whoever writes events in bulk calls it on each before."""
        place = self.municipality.name if self.municipality else ""
        texts = [self.title, self.internal_title, self.public_title, self.venue_name, self.venue_address, place]
        self.title_key = fold(" ".join(dict.fromkeys(texts)))

    @property
    def known_as(self):
        """What it is called in the workspace; nothing outside shows it."""
        return self.internal_title or self.title

    @property
    def has_public_page(self):
        """Whether anyone with the address may read about it."""
        return self.status != self.Status.DRAFT and self.visibility != self.Visibility.INVITATION

    @property
    def kept_until(self):
        """Until when its registrations say who it was; mails and pages tell."""
        try:
            return self.ends_at + RULES["events.names"].period
        except OverflowError:  # in the last months of the calendar
            return self.ends_at

    @property
    def audience_words(self):
        """The audiences as people read them, in the order of the list."""
        return [word.label for word in ForWhom if word in self.audiences]

    @property
    def online(self):
        """Whether one can take part online."""
        return self.attendance != self.Attendance.IN_PERSON

    @property
    def modes(self):
        """The ways to take part one can choose between."""
        return Mode.values if self.attendance == self.Attendance.BOTH else [self.attendance]

    @property
    def modes_with_seats(self):
        """The ways to take part in which whoever confirms next gets a seat."""
        return [mode for mode in self.modes if self.seats.left_for(mode)]

    @cached_property
    def held_now(self):
        """The seats still kept for a kind of partner."""
        return [pool for pool in self.held.all() if not pool.released]

    @cached_property
    def asked(self):
        """The questions a registrant meets."""
        return list(self.questions.asked())

    def has_seat_for(self, mode, kind):
        """Whether somebody of this kind who confirms next gets a seat in this mode, as far as the counters tell."""
        held = mode in self.seats.rooms() and any(pool.kind == kind and pool.left for pool in self.held_now)
        return held or self.seats.left_for(mode) > 0

    @property
    def closes_at(self):
        """When registration closes: the day agreed, else the start."""
        return self.registration_closes_at or self.starts_at

    @property
    def asks_at(self):
        """When each participant is asked whether they still come; None when nobody is."""
        return self._days_before(self.asks_days_before) if self.asks_days_before else None

    @property
    def releases_at(self):
        """When the seats of those who did not answer are free for others; None when nobody is asked."""
        return self._days_before(self.releases_days_before) if self.asks_days_before else None

    def _days_before(self, days):
        return days_later(self.starts_at, -days, whole_days=self.whole_days)

    def next_moment(self, now):
        """When it closes, begins or ends next, by the clock alone; None when all that is past."""
        moments = (self.closes_at, self.starts_at, self.ends_at)
        return min((moment for moment in moments if moment > now), default=None)

    @property
    def list_from(self):
        """From when participants see who else comes, until it ends: that midnight. None when they do not."""
        if self.list_days_before is None:
            return None
        day = timezone.localdate(self.starts_at) - timedelta(days=self.list_days_before)
        return datetime.combine(day, time.min, timezone.get_current_timezone())

    def shows_list(self, now):
        """Whether participants see at ``now`` who else comes."""
        on = self.status == self.Status.PUBLISHED and self.list_from is not None
        return on and self.list_from <= now < self.ends_at

    @property
    def days(self):
        """Every day on which it takes place, on the clock people read."""
        first, last = timezone.localdate(self.starts_at), timezone.localdate(self.ends_at)
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]

    @property
    def ends_same_day(self):
        """Whether its last hour falls on the day it begins, on the clock people read."""
        return timezone.localdate(self.starts_at) == timezone.localdate(self.ends_at)

    def refusal(self, now):
        """Why nobody can register at ``now``, or "" when one can; a full event stays open for its waiting list."""
        if self.status != self.Status.PUBLISHED:
            return Refusal.EVENT_CANCELLED
        if now >= self.starts_at:
            return Refusal.STARTED
        return Refusal.CLOSED if now >= self.closes_at else ""

    def is_open(self, now):
        return not self.refusal(now)

    def still_takes_place(self, now):
        """Whether it is ahead of us and on; a seat that falls free can go to somebody."""
        return self.refusal(now) in ("", Refusal.CLOSED)
