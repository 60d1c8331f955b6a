"""Which events a reader, a colleague, a feed or a task of the worker is after."""

from datetime import timedelta
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, TextField
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from outreach.accounts.models import DESK_ROLES, Role
from outreach.places.folding import fold
from outreach.places.models import RegionMembership
from outreach.prepared import LikeEach, MatchEach

from .audiences import ForWhom

IN_FEED_AFTER = timedelta(days=365)


def title_patterns(text):
    """What titles and place are like that have every word of ``text``; one of one or two letters as a beginning."""
    return [f"% {word}%" if len(word) <= 2 else f"%{word}%" for word in fold(text).split()]


def run_at(path, user):
    """Which events ``user`` runs, as a condition on the event behind ``path``, such as "event__"; "": on itself."""
    if not (user.is_active and user.role in DESK_ROLES):
        return Q(pk__in=[])
    own = Q(**{f"{path}owner": user})
    return own if user.role == Role.EVENT_HOST else own | Q(**{f"{path}team__in": user.teams.all()})


class EventQuerySet(models.QuerySet):
    def announced(self):
        """Those a visitor may meet in lists, feeds and searches."""
        return self.filter(visibility=self.model.Visibility.PUBLIC).exclude(status=self.model.Status.DRAFT)

    def with_public_page(self):
        """Those anyone with the address may read: the announced and the unlisted."""
        return self.exclude(visibility=self.model.Visibility.INVITATION).exclude(status=self.model.Status.DRAFT)

    def coming(self, now):
        """Those that have not ended at ``now``, soonest first."""
        return self.filter(ends_at__gt=now).order_by("starts_at", "pk")

    def listed(self, now):
        """The public list: announced, not over, not cancelled."""
        return self.announced().coming(now).filter(status=self.model.Status.PUBLISHED)

    def meant_for(self, *audiences):
        """Those for any of these words of ForWhom; the same text is looked for in both databases' JSON."""
        told = [Q(told_audiences__contains=f'"{audience}"') for audience in audiences]
        return self.alias(told_audiences=Cast("audiences", TextField())).filter(reduce(or_, told))

    def in_feed(self, now):
        """What a subscribed calendar holds: the announced of a year back and to come; cancelled until it had ended."""
        over = Q(status=self.model.Status.CANCELLED, ends_at__lte=now)
        recent = self.announced().filter(ends_at__gt=now - IN_FEED_AFTER)
        return recent.exclude(over).order_by("starts_at", "pk")

    def leave_feed_at(self):
        """When each of them is no longer in a feed, by the clock alone."""
        rows = self.order_by().values_list("status", "ends_at")
        cancelled = self.model.Status.CANCELLED
        return [ends_at if status == cancelled else ends_at + IN_FEED_AFTER for status, ends_at in rows]

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
        others = self.exclude(pk=event.pk).exclude(status=self.model.Status.CANCELLED)
        return others.filter(starts_at__lt=after, ends_at__gt=first).order_by("starts_at", "pk")

    def with_seats(self):
        return self.select_related("seats")

    def with_every_seat(self):
        """Each with its counter, and with what is held for kinds of partner."""
        return self.with_seats().prefetch_related("held")

    def past(self, now):
        """Those that have ended at ``now``, latest first."""
        return self.filter(ends_at__lte=now).order_by("-starts_at", "pk")

    def run_by(self, user):
        """Those ``user`` plans: owns, or is in the team of; a host looks after what they own."""
        return self.filter(run_at("", user))

    def helped_by(self, user, today):
        """Those whose door ``user`` is named for today, as long as that is a day of theirs."""
        if not (user.is_active and user.role == Role.CHECK_IN_HELPER):
            return self.none()
        named = self.filter(helpers__colleague=user, helpers__day=today, status=self.model.Status.PUBLISHED)
        return named.filter(starts_at__date__lte=today, ends_at__date__gte=today)

    def with_door_open_to(self, user, today):
        """Those whose names for the door ``user`` may read today."""
        return self.helped_by(user, today) if user.role == Role.CHECK_IN_HELPER else self.run_by(user)

    def owned_by(self, user):
        return self.filter(owner=user)

    def seen_by(self, user):
        """Those a colleague may know of: everything with a public page, and what they run; a host what they own."""
        if user.role == Role.EVENT_HOST:
            return self.run_by(user)
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
        still_open = self.filter(status=self.model.Status.PUBLISHED, starts_at__gt=now)
        return still_open.filter(seats__waiting__gt=0, seats__taken__lt=F("seats__capacity"))

    def asking(self, now):
        """Those ahead of us whose participants are asked whether they still come."""
        return self.filter(status=self.model.Status.PUBLISHED, starts_at__gt=now, asks_days_before__gt=0)

    def with_seats_to_release(self, now):
        """Those with seats held for a kind of partner past the time agreed."""
        return self.filter(held__release_at__lte=now, held__released=False).distinct()
