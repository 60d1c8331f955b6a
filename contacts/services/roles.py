"""The roles people hold: given, corrected, ended; who held each role of an organisation before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from contacts.models import Affiliation, Person
from contacts.services.meanwhile import count_up
from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.places.folding import danish_order

HELD_SHOWN = 300  # roles of one organisation, the current ones first


@dataclass(frozen=True)
class Handover:
    """Whose role ends because somebody else has it now, and on which day."""

    role: Affiliation
    ended_on: date


@dataclass
class Post:
    """One role of an organisation, however it was spelt: who holds it, and who held it before."""

    title: str
    holders: list[Affiliation] = field(default_factory=list)
    earlier: list[Affiliation] = field(default_factory=list)

    @property
    def everybody(self) -> list[Affiliation]:
        return [*self.holders, *self.earlier]


@transaction.atomic
def give_role(role: Affiliation, *, actor: User, instead_of: Handover | None = None) -> Affiliation:
    """Write down that a person holds a role; a new main role takes the place of the old one.

    ``instead_of`` is the one whose role ends with it: never without being asked for. Raises ChangedMeanwhile when
    that role is no longer as it was.
    """
    _hold_still(role, instead_of)
    if instead_of:
        end_role(instead_of.role, ended_on=instead_of.ended_on, actor=actor)
    _save(role, actor)
    record("create", role, actor=actor)
    return role


@transaction.atomic
def correct_role(role: Affiliation, *, actor: User, instead_of: Handover | None = None) -> Affiliation:
    """Save what was corrected in a role, an ended one too; without an end it is held again.

    Raises ChangedMeanwhile, also where the role of ``instead_of`` is no longer as it was.
    """
    _hold_still(role, instead_of)
    count_up(role)
    if instead_of:
        end_role(instead_of.role, ended_on=instead_of.ended_on, actor=actor)
    _save(role, actor)
    record("change", role, actor=actor)
    return role


@transaction.atomic
def end_role(role: Affiliation, *, ended_on: date, actor: User) -> Affiliation:
    """The person no longer holds it; the oldest role left becomes the main one. Raises ChangedMeanwhile."""
    _hold_still(role)
    count_up(role)
    role.ended_on = ended_on
    _save(role, actor)
    record("change", role, actor=actor)
    return role


def _hold_still(role: Affiliation, instead_of: Handover | None = None) -> None:
    """Of two who change roles of these people at once, the second waits; always locked in one order, people first."""
    people = {role.person_id, *([instead_of.role.person_id] if instead_of else [])}
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))


def _save(role: Affiliation, actor: User) -> None:
    """Save it so that the person has one main role while they have any.

    A role ``actor`` may not know of changes nothing in what they are told: the only one they see is the main one.
    """
    others = Affiliation.objects.filter(person=role.person_id).exclude(pk=role.pk).current()
    if not role.is_current:
        role.primary = False
    elif not role.primary:
        role.primary = not others.visible_to(actor).exists()
    if role.primary:
        others.filter(primary=True).update(primary=False, version=F("version") + 1)
    _save_as_main(role)
    if not (role.primary or others.filter(primary=True).exists()):
        heir = others.order_by("started_on", "pk").first()
        if heir:
            others.filter(pk=heir.pk).update(primary=True, version=F("version") + 1)


def _save_as_main(role: Affiliation) -> None:
    """Where the database hides the main one there is, it is asked to make room (contacts/sight.sql)."""
    try:
        with transaction.atomic():
            role.save()
    except IntegrityError:
        if not role.primary or connection.vendor != "postgresql":
            raise
        with connection.cursor() as cursor:
            cursor.execute("SELECT sight_make_room(%s, %s)", [role.person_id, role.pk])
        role.save()


def others_with(role: Affiliation, *, user: User) -> list[Affiliation]:
    """Who else, as far as ``user`` may know, holds the same role there today."""
    held = Affiliation.objects.visible_to(user).holders_of(role.organisation, role.role)
    return list(held.exclude(person=role.person_id).select_related("person").order_by("person__name", "pk"))


def current_and_earlier(held: Sequence[Affiliation]) -> tuple[list[Affiliation], list[Affiliation]]:
    """The roles still held in their own order, and those that are over, the latest first."""
    over = sorted((role for role in held if role.ended_on), key=lambda role: role.ended_on or date.min, reverse=True)
    return [role for role in held if role.is_current], over


def posts_of(held: Iterable[Affiliation]) -> list[Post]:
    """The roles of an organisation, told with whoever held each; those nobody holds today come last."""
    latest_first = sorted(held, key=lambda role: role.role_key)
    posts = [_post(list(same)) for _key, same in groupby(latest_first, key=lambda role: role.role_key)]
    return sorted(posts, key=lambda post: (not post.holders, danish_order(post.title)))


def _post(roles: Sequence[Affiliation]) -> Post:
    holders = sorted((role for role in roles if role.is_current), key=lambda role: danish_order(role.person.name))
    earlier = [role for role in roles if not role.is_current]
    return Post((holders or earlier)[0].role, holders, earlier)
