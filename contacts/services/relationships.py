"""What contacts are to each other: noted, corrected, struck out; read from one end."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from contacts.models import Organisation, Person, Relationship, RelationshipKind
from contacts.services.meanwhile import count_up
from outreach.accounts.models import User
from outreach.audit.trail import record

SHOWN = 200


class NotedAlready(ValueError):
    """The same two have this relationship today, written down in the same moment."""


class NotBetweenThese(ValueError):
    """The kind of relationship is for others than these two."""


@dataclass(frozen=True)
class Tie:
    """A relationship as it reads from one of its ends."""

    relationship: Relationship
    words: str
    other: Person | Organisation


@dataclass(frozen=True)
class Reading:
    """A kind, and which of its two labels the contact at hand has."""

    kind: RelationshipKind
    backwards: bool = False

    @property
    def value(self) -> str:
        return f"{self.kind.pk}:{'second' if self.backwards else 'first'}"

    @property
    def words(self) -> str:
        return self.kind.reverse if self.backwards else self.kind.label

    def ends(self, here: Person | Organisation, there: Person | Organisation) -> tuple:
        return (there, here) if self.backwards else (here, there)


def readings(
    here: Person | Organisation, there: Person | Organisation, *, now: RelationshipKind | None = None
) -> list[Reading]:
    """What ``here`` may be to ``there``: every kind in use for two such ends, and the one they have ``now``."""
    found = []
    for kind in RelationshipKind.objects.in_use_or(now).prefetch_related("branches"):
        for one in (Reading(kind), *([] if kind.symmetric else [Reading(kind, backwards=True)])):
            ends = one.ends(here, there)
            if kind.may_join(*ends) or (kind == now and kind.end_models == tuple(map(type, ends))):
                found.append(one)
    return sorted(found, key=lambda one: one.words)


@transaction.atomic
def relate(relationship: Relationship, *, actor: User) -> Relationship:
    """Save a new or corrected relationship. Raises NotedAlready, NotBetweenThese for a kind it gets now, and
    ChangedMeanwhile."""
    verb = "create" if relationship._state.adding else "change"
    had_the_kind = Relationship.objects.filter(pk=relationship.pk, kind=relationship.kind).exists()
    if not (had_the_kind or relationship.kind.may_join(relationship.first, relationship.second)):
        raise NotBetweenThese(relationship)
    if verb == "change":
        count_up(relationship)
    try:
        with transaction.atomic():
            relationship.save()
    except IntegrityError as double:
        if Relationship.objects.filter(pk=relationship.pk).exists() and verb == "create":
            raise  # the same form a second time: its key is taken
        raise NotedAlready(relationship) from double
    record(verb, relationship, actor=actor)
    return relationship


@transaction.atomic
def strike_out(relationship: Relationship, *, actor: User) -> None:
    """It never was: what ended keeps its history, what was wrong goes. Raises ChangedMeanwhile."""
    count_up(relationship)
    record("delete", relationship, actor=actor)
    relationship.delete()
