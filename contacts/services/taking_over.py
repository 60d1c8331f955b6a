"""What a visitor wrote against what we hold, field by field; what an officer chose is taken over all or not at all.

Nothing a visitor typed reaches a contact unless an officer chose it (product.md, rule 1).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.models import Affiliation, ContactPoint, Organisation, OtherName, Person
from contacts.reaching import is_phone, key_of
from contacts.services import linking
from contacts.services.belongings import Point, carry, write_points
from contacts.services.deciding import hold
from contacts.services.keeping import keep
from contacts.services.meanwhile import ChangedMeanwhile
from contacts.services.roles import Handover, end_role, give_role, others_with
from contacts.services.telling import Proposal, told
from events.models import Correction, Registration
from events.services import correcting
from outreach.accounts.models import User
from outreach.places.folding import fold

Channel = ContactPoint.Channel
CHANNELS: dict[str, str | Promise] = {str(Channel.EMAIL): _("E-mail"), str(Channel.PHONE): _("Phone")}
GIVES_WAY = "gives_way"


class Choice(models.TextChoices):
    KEEP = "keep", _("Keep ours")
    TAKE = "take", _("Use theirs instead")
    ADD = "add", _("Keep ours, and add theirs")


@dataclass(frozen=True)
class Difference:
    """One field in which they say something else than we hold; ``theirs`` is blank where ours is to be removed.

    ``held`` is the role that would end.
    """

    field: str
    label: str | Promise
    theirs: str
    ours: str
    choices: tuple[Choice, ...]
    organisation: Organisation | None = None
    held: Affiliation | None = None
    holders: tuple[Affiliation, ...] = ()  # others who hold that role there, as far as the officer may know


def differences(proposal: Proposal, person: Person, *, user: User) -> list[Difference]:
    """What could be taken over to ``person``, in the order of a form; what we hold already is left out."""
    said = told(proposal)
    named = linking.organisation_named(proposal, user=user)
    removed = proposal.removed if isinstance(proposal, Correction) else []
    found = [
        _name(said.name, person),
        _point(Channel.EMAIL, _("E-mail"), said.email, person),
        _point(Channel.PHONE, _("Phone"), said.phone if is_phone(said.phone) else "", person),
        *(_no_point(channel, label, person) for channel, label in CHANNELS.items() if channel in removed),
        _left(named, person, user)
        if "organisation" in removed
        else _role(str(_("member")) if "role" in removed else said.role, named, person, user),
    ]
    return [difference for difference in found if difference]


def fingerprint(found: Sequence[Difference]) -> str:
    """Everything that is told of ``found``, in a word for a page to carry and its button to send back."""
    everything = [(one.field, one.theirs, one.ours, [role.pk for role in one.holders]) for one in found]
    return sha256(json.dumps(everything).encode()).hexdigest()


def _name(theirs: str, person: Person) -> Difference | None:
    if not theirs or theirs in (person.name, *(other.name for other in person.other_names.all())):
        return None
    return Difference("name", _("Name"), theirs, person.name, tuple(Choice))


def _point(channel: str, label: str | Promise, theirs: str, person: Person) -> Difference | None:
    key = key_of(channel, theirs)
    if not theirs or any(point.channel == channel and point.key == key for point in person.points.all()):
        return None
    ours = getattr(person, channel)
    return Difference(str(channel), label, theirs, ours, tuple(Choice) if ours else (Choice.KEEP, Choice.ADD))


def _no_point(channel: str, label: str | Promise, person: Person) -> Difference | None:
    """All we hold of a channel, to be removed."""
    ours = ", ".join(point.value for point in person.points.all() if point.channel == channel)
    return Difference(channel, label, "", ours, (Choice.KEEP, Choice.TAKE)) if ours else None


def _left(organisation: Organisation | None, person: Person, user: User) -> Difference | None:
    """The role at a workplace that is to be held no longer; it ends, and stays in the history."""
    held = _held_at(organisation, person, user) if organisation else []
    if not held:
        return None
    ours, choices = f"{held[0].role}, {organisation}", (Choice.KEEP, Choice.TAKE)
    return Difference("organisation", _("Workplace or association"), "", ours, choices, organisation, held[0])


def _held_at(organisation: Organisation, person: Person, user: User) -> list[Affiliation]:
    return list(Affiliation.objects.visible_to(user).current().filter(person=person, organisation=organisation))


def _role(theirs: str, organisation: Organisation | None, person: Person, user: User) -> Difference | None:
    """A title at an organisation we know, and may see; of another one an officer makes a contact first."""
    if organisation is None:
        return None
    held = _held_at(organisation, person, user)
    if any(not theirs or role.role_key == fold(theirs) for role in held):
        return None
    first = held[0] if held else None
    choices = tuple(Choice) if first else (Choice.KEEP, Choice.ADD)
    title = theirs or str(_("member"))
    ours = f"{first.role}, {organisation}" if first else ""
    others = others_with(Affiliation(person=person, organisation=organisation, role=title), user=user)
    theirs = f"{title}, {organisation}"
    return Difference("role", _("Role"), theirs, ours, choices, organisation, first, tuple(others))


@transaction.atomic
def accept_registration(
    registration: Registration,
    person: Person,
    chosen: Mapping[str, str],
    *,
    seen: str,
    shown: str,
    version: int,
    actor: User,
    today: date,
) -> None:
    """Link it to ``person`` and take over what was chosen. Raises AlreadyDecided when a colleague was first, and
    ChangedMeanwhile when the person, a role that is to end, or anything that was ``shown`` (``fingerprint``) is no
    longer as ``actor`` saw it."""
    hold(registration, seen=seen)
    linking.link(registration, person, actor=actor, seen=seen)
    found = _as_shown(registration, person, shown, actor)
    take_over(person, found, chosen, version=version, actor=actor, today=today)


@transaction.atomic
def accept_correction(
    correction: Correction,
    person: Person,
    chosen: Mapping[str, str],
    *,
    shown: str,
    version: int,
    actor: User,
    now: datetime,
) -> None:
    """Take over to ``person`` what was chosen. Raises AlreadyDecided and ChangedMeanwhile, as above."""
    correcting.close(correction, Correction.Status.ACCEPTED, officer=actor, now=now)
    found, today = _as_shown(correction, person, shown, actor), timezone.localdate(now)
    take_over(person, found, chosen, version=version, actor=actor, today=today)


@transaction.atomic
def refuse_correction(correction: Correction, *, actor: User, now: datetime, reason: str) -> None:
    """Nothing is changed. Raises AlreadyDecided."""
    correcting.close(correction, Correction.Status.REFUSED, officer=actor, now=now, reason=reason)


def _as_shown(proposal: Proposal, person: Person, shown: str, user: User) -> list[Difference]:
    """A registrant may write something else while an officer chooses: nothing that nobody saw is taken over."""
    found = differences(proposal, person, user=user)
    if fingerprint(found) != shown:
        raise ChangedMeanwhile
    return found


@transaction.atomic
def take_over(
    person: Person,
    found: Sequence[Difference],
    chosen: Mapping[str, str],
    *,
    version: int,
    actor: User,
    today: date,
) -> None:
    """Take over of ``found`` what was ``chosen`` by field; ``GIVES_WAY`` names the holder whose role ends with it.

    Raises ChangedMeanwhile.
    """
    taken = {one.field: one for one in found if chosen.get(one.field, Choice.KEEP) in one.choices[1:]}
    role, left = taken.pop("role", None), taken.pop("organisation", None)
    if taken:
        adds = {field for field in taken if chosen[field] == Choice.ADD}
        _change(person, taken, adds, version=version, actor=actor)
    if role:
        leaving = next((one for one in role.holders if chosen.get(GIVES_WAY) == str(one.pk)), None)
        _change_role(person, role, leaving, takes=chosen["role"] == Choice.TAKE, actor=actor, today=today)
    if left and left.held:
        _end(left.held, actor=actor, today=today)


def _end(held: Affiliation, *, actor: User, today: date) -> None:
    end_role(held, ended_on=_last_day(held, today), actor=actor)


def _change(person: Person, taken: Mapping[str, Difference], adds: set[str], *, version: int, actor: User) -> None:
    name = taken.get("name")
    if name and "name" not in adds:
        person.name = name.theirs
    keep(person, actor=actor, version=version)
    if name and "name" in adds:
        OtherName.objects.create(person=person, name=name.theirs, order=person.other_names.count())
    points = [Point(row.channel, row.value, row.use, row.preferred) for row in person.points.all()]
    for channel in Channel:
        if channel in taken:
            points = _with(points, channel, taken[channel], instead=channel not in adds)
    write_points(person, points)
    carry(person)


def _with(points: list[Point], channel: str, difference: Difference, *, instead: bool) -> list[Point]:
    """The rows with theirs behind ours, or in the place of the one we use first; none where ours are to be removed."""
    if not difference.theirs:
        return [point for point in points if point.channel != channel]
    if not instead:
        return [*points, Point(channel, difference.theirs)]
    return [
        point._replace(value=difference.theirs)
        if (point.channel, point.value) == (channel, difference.ours)
        else point
        for point in points
    ]


def _change_role(
    person: Person, difference: Difference, leaving: Affiliation | None, *, takes: bool, actor: User, today: date
) -> None:
    """Theirs is a role of its own: one it takes the place of ends the day before, and stays in the history."""
    role = Affiliation(person=person, organisation=difference.organisation)
    role.role = difference.theirs.removesuffix(f", {difference.organisation}")
    before, held = today - timedelta(days=1), difference.held
    if takes and held:
        role.started_on, role.primary = today, held.primary
        end_role(held, ended_on=_last_day(held, before), actor=actor)
    give_role(role, actor=actor, instead_of=Handover(leaving, _last_day(leaving, before)) if leaving else None)


def _last_day(role: Affiliation, day: date) -> date:
    return max(day, role.started_on) if role.started_on else day
