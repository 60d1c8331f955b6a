"""How many seats an event has, how many are taken, and for whom some are held. Every seat is counted here."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    """How one person takes part."""

    IN_PERSON = "in_person", _("At the venue")
    ONLINE = "online", _("Online")


class PartnerKind(models.TextChoices):
    """What a registrant comes from, in words they would use; an event can hold seats for a kind."""

    HOUSING = "housing", _("Social housing")
    FAITH = "faith", _("Religious community")
    ASSOCIATION = "association", _("Association or sports club")
    RESEARCH = "research", _("Research")
    SCHOOL = "school", _("School or education")
    AUTHORITY = "authority", _("Municipality or authority")
    NETWORK = "network", _("Network of parents, mentors or young people")
    FOUNDATION = "foundation", _("Foundation or interest group")
    MEDIA = "media", _("Media or public debate")


class SeatCounter(models.Model):
    """The one row every seat of an event is taken from.

    ``taken`` counts confirmed registrations and offers that are out, ``held`` the seats kept for kinds of partner that
    nobody of that kind has taken yet, ``waiting`` those on the waiting list. The same per mode; a mode without a
    capacity of its own is bound by the whole only. The numbers move only by conditional UPDATE while the row of the
    event is locked. A seat is free to take only while nobody waits who could have it: a freed seat belongs to the
    longest waiting, not to whoever comes by before it is offered.
    """

    event = models.OneToOneField("events.Event", models.CASCADE, primary_key=True, related_name="seats")
    capacity = models.PositiveIntegerField(_("seats"))
    taken = models.PositiveIntegerField(default=0, editable=False)
    held = models.PositiveIntegerField(default=0, editable=False)
    waiting = models.PositiveIntegerField(default=0, editable=False)
    last_queue_number = models.PositiveIntegerField(default=0, editable=False)
    in_person_capacity = models.PositiveIntegerField(_("seats at the venue"), null=True, blank=True)
    in_person_taken = models.PositiveIntegerField(default=0, editable=False)
    in_person_waiting = models.PositiveIntegerField(default=0, editable=False)
    online_capacity = models.PositiveIntegerField(_("seats online"), null=True, blank=True)
    online_taken = models.PositiveIntegerField(default=0, editable=False)
    online_waiting = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__lte=F("capacity") - F("held")),
                name="event_never_oversold",
                violation_error_message=_("This event has no seats left."),
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{mode}_capacity": None}) | Q(**{f"{mode}_taken__lte": F(f"{mode}_capacity")}),
                    name=f"{mode}_never_oversold",
                    violation_error_message=_("This event has no seats left."),
                )
                for mode in Mode.values
            ),
            models.CheckConstraint(
                condition=Q(taken=F("in_person_taken") + F("online_taken"))
                & Q(waiting=F("in_person_waiting") + F("online_waiting")),
                name="seats_add_up",
            ),
        ]

    def __str__(self):
        return f"{self.taken}/{self.capacity}"

    def rooms(self):
        """The modes that take one more, whatever the whole says."""
        return [mode for mode in Mode.values if (limit := self.limit(mode)) is None or self.taken_in(mode) < limit]

    def limit(self, mode):
        return getattr(self, f"{mode}_capacity")

    def taken_in(self, mode):
        return getattr(self, f"{mode}_taken")

    def waiting_in(self, mode):
        return getattr(self, f"{mode}_waiting")

    def mode_lines(self):
        """How full each mode is, where one can choose: its label, limit, and how many have a seat and wait."""
        modes = Mode if self.event.attendance == "both" else ()
        return [(mode.label, self.limit(mode), self.taken_in(mode), self.waiting_in(mode)) for mode in modes]

    @property
    def contested(self):
        """Whether somebody waits who could have the next seat that is free to all."""
        return any(self.waiting_in(mode) for mode in self.rooms())

    def left_for(self, mode):
        """Seats in this mode that the next to confirm can get, whoever they are."""
        if self.contested:
            return 0
        left = self.capacity - self.taken - self.held
        limit = self.limit(mode)
        return left if limit is None else min(left, limit - self.taken_in(mode))

    @property
    def left(self):
        """Seats that the next to confirm can get, in one mode or the other."""
        return max(self.left_for(mode) for mode in Mode.values)


class HeldSeatsQuerySet(models.QuerySet):
    def held(self):
        """Those still kept for their kind."""
        return self.filter(released=False)

    def due(self, now):
        """Those whose time is up."""
        return self.held().filter(release_at__lte=now)


class HeldSeats(models.Model):
    """Seats of an event kept for one kind of partner until a set time; what is left is everybody's then."""

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="held")
    kind = models.CharField(_("held for"), max_length=20, choices=PartnerKind)
    seats = models.PositiveIntegerField(_("seats"))
    taken = models.PositiveIntegerField(default=0, editable=False)
    release_at = models.DateTimeField(_("until"))
    released = models.BooleanField(default=False, editable=False)

    objects = HeldSeatsQuerySet.as_manager()

    class Meta:
        ordering = ["event", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "kind"],
                name="held_once_for_a_kind",
                violation_error_message=_("Seats are held for this kind already."),
            ),
            models.CheckConstraint(condition=Q(taken__lte=F("seats")), name="held_never_oversold"),
        ]
        indexes = [models.Index(F("release_at"), condition=Q(released=False), name="held_to_release")]

    def __str__(self):
        return f"{self.kind} {self.taken}/{self.seats}"

    @property
    def left(self):
        """Seats only this kind can get."""
        return 0 if self.released else self.seats - self.taken
