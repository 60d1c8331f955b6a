"""Whom a new contact may be already, as far as the one who writes may know; somebody hidden changes nothing here."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from contacts.models import ContactPoint, Organisation, Person
from contacts.reaching import key_of
from outreach.accounts.models import User
from outreach.places.folding import fold
from outreach.places.models import Municipality

SHOWN = 5
READ = 50


@dataclass(frozen=True)
class Typed:
    """What was typed about a contact that is to be new."""

    name: str
    points: tuple[tuple[str, str], ...] = ()  # channel and value
    municipality: Municipality | None = None
    company_number: str = ""

    @property
    def keys(self) -> set[tuple[str, str]]:
        return {(channel, key_of(channel, value)) for channel, value in self.points if value}


@dataclass(frozen=True)
class Alike:
    """A contact it may be, and why we think so."""

    contact: Person | Organisation
    reasons: tuple[str, ...]


def alike(model: type[Person] | type[Organisation], typed: Typed, *, user: User) -> list[Alike]:
    """Those ``user`` may see with the same e-mail, phone or CVR number, or the same name in the same place."""
    keys = {key for _channel, key in typed.keys}
    holder = model._meta.model_name
    theirs = ContactPoint.objects.filter(key__in=keys).exclude(**{holder: None}).values(holder)
    same = Q(name_key=fold(typed.name)[:140]) | Q(pk__in=theirs)
    if typed.company_number and model is Organisation:
        same |= Q(company_number=typed.company_number)
    points = Prefetch("points", ContactPoint.objects.filter(key__in=keys), to_attr="shared_points")
    known = model.objects.visible_to(user).filter(same).order_by("name", "pk")
    known = known.select_related("municipality").prefetch_related(points)
    likely = [Alike(contact, tuple(_reasons(contact, typed))) for contact in known[:READ]]
    return sorted((one for one in likely if one.reasons), key=lambda one: -len(one.reasons))[:SHOWN]


def _reasons(contact: Person | Organisation, typed: Typed) -> Iterable[str]:
    shared_points: list[ContactPoint] = contact.shared_points  # type: ignore[union-attr]  # prefetched by ``alike``
    shared = {point.channel for point in shared_points if (point.channel, point.key) in typed.keys}
    if "email" in shared:
        yield _("same e-mail")
    if "phone" in shared:
        yield _("same phone")
    if typed.company_number and getattr(contact, "company_number", "") == typed.company_number:
        yield _("same CVR number")
    apart = typed.municipality and contact.municipality_id and typed.municipality.pk != contact.municipality_id
    if contact.name_key == fold(typed.name)[:140] and not apart:
        yield _("same name")
