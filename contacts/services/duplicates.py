"""Whom a new contact may be already, as far as the one who writes may know; somebody hidden changes nothing here."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from contacts.models import ContactPoint, Organisation, Person
from contacts.reaching import key_of
from contacts.services.namesakes import SAME, called_like, likeness, names_of
from outreach.accounts.models import User
from outreach.places.folding import fold
from outreach.places.models import Municipality

SHOWN = 5
READ = 300


@dataclass(frozen=True)
class Typed:
    """What was typed about a contact that is to be new."""

    name: str
    points: tuple[tuple[str, str], ...] = ()  # channel and value
    municipality: Municipality | None = None
    company_number: str = ""
    also_called: tuple[str, ...] = ()

    @property
    def names(self) -> set[str]:
        """Folded; without those of marks alone."""
        return {key for name in (self.name, *self.also_called) if (key := fold(name)[:140])}

    @property
    def keys(self) -> set[tuple[str, str]]:
        return {(channel, key_of(channel, value)) for channel, value in self.points if value}


@dataclass(frozen=True)
class Alike:
    """A contact it may be, and why we think so."""

    contact: Person | Organisation
    reasons: tuple[str, ...]
    weight: int = 0


def alike(
    model: type[Person] | type[Organisation],
    typed: Typed,
    *,
    user: User,
    but: Person | Organisation | None = None,
) -> list[Alike]:
    """Those ``user`` may see with the same e-mail, phone or CVR number, or a like name in the same place."""
    keys = {key for _channel, key in typed.keys}
    called = called_like(model.objects.visible_to(user), typed.names)
    holder = "person" if model is Person else "organisation"
    theirs = ContactPoint.objects.filter(key__in=keys).exclude(**{holder: None}).values(holder)
    same = Q(name_key__in=typed.names) | Q(pk__in=called) | Q(pk__in=theirs)
    if typed.company_number and model is Organisation:
        same |= Q(company_number=typed.company_number)
    points = Prefetch("points", ContactPoint.objects.filter(key__in=keys), to_attr="shared_points")
    known = model.objects.visible_to(user).filter(same).exclude(pk=but.pk if but else None).order_by("name", "pk")
    known = known.select_related("municipality").prefetch_related(points, "other_names")
    likely = [_alike(contact, typed) for contact in known[:READ]]
    return [one for one in sorted(likely, key=lambda one: -one.weight) if one.reasons][:SHOWN]


def _alike(contact: Person | Organisation, typed: Typed) -> Alike:
    """Each other reason weighs as much as the very same name."""
    apart = typed.municipality and contact.municipality_id and typed.municipality.pk != contact.municipality_id
    reasons, name = list(_reasons(contact, typed)), None if apart else likeness(typed.names, names_of(contact))
    weight = SAME.weight * len(reasons) + (name.weight if name else 0)
    return Alike(contact, (*reasons, *([str(name.words)] if name else [])), weight)


def _reasons(contact: Person | Organisation, typed: Typed) -> Iterable[str]:
    shared_points: list[ContactPoint] = contact.shared_points  # type: ignore[union-attr]  # prefetched by ``alike``
    shared = {point.channel for point in shared_points if (point.channel, point.key) in typed.keys}
    if "email" in shared:
        yield _("same e-mail")
    if "phone" in shared:
        yield _("same phone")
    if typed.company_number and getattr(contact, "company_number", "") == typed.company_number:
        yield _("same CVR number")
