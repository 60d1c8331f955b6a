"""How many seats an event has, in all, per mode and held for kinds of partner; set while nobody can take one."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from events.models import Event, HeldSeats, Mode, Registration, SeatCounter
from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.queue.enqueue import enqueue


class SeatPlan(NamedTuple):
    """The seats as an officer wants them; a mode of None is bound by ``capacity`` only."""

    capacity: int
    in_person: int | None = None
    online: int | None = None
    held: Mapping[str, int] = {}  # by kind of partner
    release_at: datetime | None = None  # when what is held and left becomes everybody's

    def limit(self, mode: str) -> int | None:
        return self.in_person if mode == Mode.IN_PERSON else self.online


class TooFewSeats(Exception):
    """Fewer seats were asked for than are taken, offered or held.

    ``least`` is how many it takes, ``where`` says of what: "capacity", a Mode or a PartnerKind.
    """

    def __init__(self, where: str, least: int):
        super().__init__(where, least)
        self.where = where
        self.least = least


def begin(event: Event, plan: SeatPlan) -> None:
    """The counter of a new event. Raises TooFewSeats when more is held than there are seats."""
    SeatCounter.objects.create(event=event, capacity=max(plan.capacity, 0))
    arrange(event, plan)


@transaction.atomic
def resize(event: Event, plan: SeatPlan, *, officer: User) -> None:
    """Set the seats, if they are others than now. What is new is offered to those who wait. Raises TooFewSeats."""
    Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    before = current(event)
    if before == plan:
        return
    arrange(event, plan)
    enqueue("events.seat_freed", event.pk)
    record("change", event, actor=officer, reason=f"seats: {plan.capacity}")


def current(event: Event) -> SeatPlan:
    """The seats as they are planned now."""
    counter = SeatCounter.objects.get(event=event)
    pools = list(HeldSeats.objects.held().filter(event=event))
    return SeatPlan(
        counter.capacity,
        counter.in_person_capacity,
        counter.online_capacity,
        {pool.kind: pool.seats for pool in pools},
        min((pool.release_at for pool in pools), default=None),
    )


def arrange(event: Event, plan: SeatPlan) -> None:
    """Write the plan into the counters; the event's row is locked, or not known to anybody yet."""
    counter = SeatCounter.objects.get(event=event)
    held = hold(event, plan)
    if plan.capacity < counter.taken + held:
        raise TooFewSeats("capacity", counter.taken + held)
    for mode in Mode.values:
        limit = plan.limit(mode)
        if limit is not None and limit < counter.taken_in(mode):
            raise TooFewSeats(mode, counter.taken_in(mode))
    SeatCounter.objects.filter(event=event).update(
        capacity=plan.capacity, held=held, in_person_capacity=plan.in_person, online_capacity=plan.online
    )


def hold(event: Event, plan: SeatPlan) -> int:
    """Keep as many seats per kind as planned; returns how many of them nobody has taken yet."""
    for pool in HeldSeats.objects.filter(event=event):
        wanted = plan.held.get(pool.kind, 0)
        if wanted and wanted < pool.taken:
            raise TooFewSeats(pool.kind, pool.taken)
        if not wanted:
            HeldSeats.objects.filter(pk=pool.pk).update(released=True)
    for kind, seats in plan.held.items():
        if seats:
            told = {"seats": seats, "release_at": plan.release_at, "released": False}
            HeldSeats.objects.update_or_create(event=event, kind=kind, defaults=told)
    return sum(pool.left for pool in HeldSeats.objects.held().filter(event=event))


def gather(event: Event) -> None:
    """Everybody takes part in the one mode that is left; the event's row is locked."""
    (mode,) = event.modes
    Registration.objects.of(event).update(mode=mode, wishes_mode="")
    (other,) = set(Mode.values) - {mode}
    everything = {f"{mode}_{what}": F(what) for what in ("taken", "waiting")}
    nothing = {f"{other}_taken": 0, f"{other}_waiting": 0}
    limits = {f"{each}_capacity": None for each in Mode.values}
    SeatCounter.objects.filter(event=event).update(**everything, **nothing, **limits)
