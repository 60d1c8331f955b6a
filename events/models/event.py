"""The facts of an event: what, when, where, for how many. Its story, if any, is a Wagtail page."""

import uuid
from datetime import timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, TextField
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach.places.folding import fold
from outreach.places.models import RegionMembership
from outreach.prepared import LikeEach, MatchEach
from outreach.privacy.retention import RULES

from .audiences import ForWhom, ForWhomField
from .seats import Mode


class Refusal(models.TextChoices):
    """Why a visitor's click changed nothing."""

    EVENT_CANCELLED = "event_cancelled", _("The event is cancelled.")
    STARTED = "started", _("The event has started.")
    CLOSED = "closed", _("Registration has closed.")
    ALREADY_REGISTERED = "already_registered", _("You are already registered.")


def title_patterns(text):
    """What titles and place are like that have every word of ``text``; one of one or two letters as a beginning."""
    return [f"% {word}%" if len(word) <= 2 else f"%{word}%" for word in fold(text).split()]


class EventQuerySet(models.QuerySet):
    def announced(self):
        """Those a visitor may meet in lists, feeds and searches."""
        return self.filter(visibility=Event.Visibility.PUBLIC).exclude(status=Event.Status.DRAFT)

    def with_public_page(self):
        """Those anyone with the address may read: the announced and the unlisted."""
        return self.exclude(visibility=Event.Visibility.INVITATION).exclude(status=Event.Status.DRAFT)

    def coming(self, now):
        """Those that have not ended at ``now``, soonest first."""
        return self.filter(ends_at__gt=now).order_by("starts_at", "pk")

    def listed(self, now):
        """The public list: announced, not over, not cancelled."""
        return self.announced().coming(now).filter(status=Event.Status.PUBLISHED)

    def meant_for(self, *audiences):
        """Those for any of these words of ForWhom; the same text is looked for in both databases' JSON."""
        told = [Q(told_audiences__contains=f'"{audience}"') for audience in audiences]
        return self.alias(told_audiences=Cast("audiences", TextField())).filter(reduce(or_, told))

    def in_feed(self, now):
        """What a subscribed calendar holds: the announced of a year back and to come; cancelled until it had ended."""
        over = Q(status=Event.Status.CANCELLED, ends_at__lte=now)
        recent = self.announced().filter(ends_at__gt=now - timedelta(days=365))
        return recent.exclude(over).order_by("starts_at", "pk")

    def narrowed_to(self, narrowing):
        """Those that have every word of the ``narrowing``."""
        words = {"kind": narrowing.kind, "language": narrowing.language}
        found = self.filter(**{field: word for field, word in words.items() if word})
        if narrowing.audience:
            found = found.meant_for(narrowing.audience, ForWhom.EVERYONE)
        return found.held_in(*narrowing.place.split(".", 1)) if narrowing.place else found

    def held_in(self, level, slug):
        """Those in the municipality, or in one of the police district, or of the region as it is on that day."""
        if level == "municipality":
            return self.filter(municipality__slug=slug)
        if level == "district":
            return self.filter(municipality__police_district__slug=slug)
        there = RegionMembership.objects.on(OuterRef("held_on")).filter(
            region__slug=slug, municipality=OuterRef("municipality")
        )
        return self.alias(held_on=TruncDate("starts_at")).filter(Exists(there))

    def next_change(self, now):
        """When the first of the listed begins, ends or closes its registration; None when nothing is to come."""
        rows = self.listed(now).values_list("starts_at", "ends_at", "registration_closes_at")
        return min((moment for row in rows for moment in row if moment and moment > now), default=None)

    def on_the_days_of(self, event):
        """The others that take place on one of its days, on the clock people read; not those called off."""
        midnight = {"hour": 0, "minute": 0, "second": 0, "microsecond": 0}
        first = timezone.localtime(event.starts_at).replace(**midnight)
        after = (timezone.localtime(event.ends_at) + timedelta(days=1)).replace(**midnight)
        others = self.exclude(pk=event.pk).exclude(status=Event.Status.CANCELLED)
        return others.filter(starts_at__lt=after, ends_at__gt=first).order_by("starts_at", "pk")

    def with_seats(self):
        return self.select_related("seats")

    def past(self, now):
        """Those that have ended at ``now``, latest first."""
        return self.filter(ends_at__lte=now).order_by("-starts_at", "pk")

    def run_by(self, user):
        """Those ``user`` plans: owns, or is in the team of."""
        return self.filter(Q(owner=user) | Q(team__in=user.teams.all()))

    def owned_by(self, user):
        return self.filter(owner=user)

    def seen_by(self, user):
        """Those a colleague may know of: everything with a public page, and what they run themselves."""
        return self.filter(pk__in=self.model.objects.with_public_page().values("pk")) | self.run_by(user)

    def titled(self):
        """Those a prepared query asks for by ``title_patterns``."""
        return self.filter(LikeEach("title_key"))

    def nearly_titled(self):
        """Those a prepared query asks for by expressions that match each word, as it stands or mistyped."""
        return self.filter(MatchEach("title_key"))

    def opening_for(self, user):
        """Each with ``opens``: whether its page in the workspace does for ``user``."""
        return self.annotate(opens=Exists(self.model.objects.run_by(user).filter(pk=OuterRef("pk"))))

    def with_seats_to_offer(self, now):
        """Those still open that have a free seat and somebody waiting for it."""
        still_open = self.filter(status=Event.Status.PUBLISHED, starts_at__gt=now)
        return still_open.filter(seats__waiting__gt=0, seats__taken__lt=F("seats__capacity"))

    def asking(self, now):
        """Those ahead of us whose participants are asked whether they still come."""
        return self.filter(status=Event.Status.PUBLISHED, starts_at__gt=now, asks_days_before__gt=0)

    def with_seats_to_release(self, now):
        """Those with seats held for a kind of partner past the time agreed."""
        return self.filter(held__release_at__lte=now, held__released=False).distinct()


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
        texts = [self.title, self.public_title, self.venue_name, self.venue_address, place]
        self.title_key = fold(" ".join(dict.fromkeys(texts)))

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

    @property
    def held_now(self):
        """The seats still kept for a kind of partner."""
        return [pool for pool in self.held.all() if not pool.released]

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
        return self.starts_at - timedelta(days=self.asks_days_before) if self.asks_days_before else None

    @property
    def releases_at(self):
        """When the seats of those who did not answer are free for others; None when nobody is asked."""
        return self.starts_at - timedelta(days=self.releases_days_before) if self.asks_days_before else None

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
