"""A person or an organisation with all that its page shows beside the timeline, in one query."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from contacts import vocabulary
from contacts.models import (
    Address,
    Affiliation,
    ContactGrant,
    ContactPoint,
    Language,
    Organisation,
    OtherName,
    Person,
    Refusal,
    Relationship,
)
from contacts.services.happenings import ALL_TIMES, Kind, counted, latest_talks, numbers_of, registered
from contacts.services.relationships import SHOWN as TIES_SHOWN
from contacts.services.relationships import Tie
from contacts.services.roles import HELD_SHOWN
from contacts.services.timeline import PAGE
from contacts.services.umbrellas import SHOWN as MEMBERS_SHOWN
from contacts.services.umbrellas import Family
from outreach.accounts.models import User
from outreach.gathering import Gathered, made
from outreach.prepared import prepared

ROLE = ["id", "role", "role_key", "started_on", "ended_on", "primary", "person_id", "organisation_id"]
PLACE = ["municipality_id", "municipality__name", "municipality__police_district_id"]
DISTRICT = "municipality__police_district__name"
ENDS = [f"{side}_{end}" for side in ("from", "to") for end in ("person", "organisation")]
MODELS: dict[str, Any] = {
    "points": ContactPoint,
    "other_names": OtherName,
    "spoken": Language,
    "refusals": Refusal,
    "addresses": Address,
    "grants": ContactGrant,
    "relationships": Relationship,
    "held": Affiliation,
    "members": Organisation,
    "umbrella": Organisation,
}


@dataclass(frozen=True)
class Opened:
    """What the reader may know; ``held`` are the roles of a person, or those in an organisation."""

    contact: Person | Organisation
    counts: dict[Kind, int]
    registered: list[dict[str, Any]]  # as Known has them
    talks: list[dict[str, Any]]
    points: list[ContactPoint]
    other_names: list[OtherName]
    spoken: list[Language]
    refusals: list[Refusal]
    addresses: list[Address]
    grants: list[ContactGrant]  # to others than the owner
    relationships: list[Relationship]
    held: list[Affiliation]
    members: list[Organisation] = field(default_factory=list)
    umbrella: list[Organisation] = field(default_factory=list)

    @property
    def ties(self) -> list[Tie]:
        """Those of today first."""
        return [Tie(one, one.words(self.contact), one.other(self.contact)) for one in self.relationships]

    @property
    def family(self) -> Family:
        shown, more = self.members[:MEMBERS_SHOWN], len(self.members) > MEMBERS_SHOWN
        return Family(self.umbrella[0] if self.umbrella else None, shown, more)


def opened(model: type[Person | Organisation], key: UUID, *, user: User) -> Opened | None:
    """The contact with this key, for ``user`` to read; None: not theirs to know of, or not there."""
    found: list[Any] = _rows(model(pk=key), user)
    if not found:
        return None
    contact = found[0]
    told = {name: made(MODELS[name], vars(contact).pop(f"told_{name}")) for name in _beside(model)}
    vocabulary.put_owners([contact])
    for role in told["held"]:
        setattr(role, str(contact._meta.model_name), contact)
    _put_readers(told["grants"])
    return Opened(contact, numbers_of(contact), contact.registered, contact.latest_talks, **told)


def _put_readers(grants: Iterable[ContactGrant]) -> None:
    colleagues = vocabulary.colleagues(grant.user_id for grant in grants)
    for grant in grants:
        grant.user = colleagues[grant.user_id]


def _beside(model: type[Person | Organisation]) -> list[str]:
    return [name for name in MODELS if model is Organisation or name not in ("members", "umbrella")]


@prepared
def _rows(contact: Person | Organisation, user: User) -> QuerySet:
    of_kind = ["kind"] if isinstance(contact, Organisation) else []
    found = type(contact).objects.visible_to(user).filter(pk=contact.pk)
    found = found.select_related("team__police_district", "municipality__police_district", *of_kind)
    beside = _of_any(contact) | _tied(contact, user)
    if isinstance(contact, Organisation):
        beside |= _related(contact, user)
    return found.annotate(
        **{f"told_{name}": Gathered(rows) for name, rows in beside.items()},
        **counted(contact, user, ALL_TIMES),
        registered=Gathered(registered(contact, user)),
        latest_talks=Gathered(latest_talks(contact, user, most=PAGE + 1)),
    )


def _of_any(contact: Person | Organisation) -> dict[str, QuerySet]:
    """What whoever sees the contact may see of it."""
    here = {str(contact._meta.model_name): contact}
    spoken = type(contact).languages.through.objects.filter(**here).values("language")
    grants = ContactGrant.objects.live(timezone.localdate()).exclude(user=OuterRef("owner"))
    return {
        "points": ContactPoint.objects.filter(**here).values("id", "channel", "value", "use", "preferred"),
        "other_names": OtherName.objects.filter(**here).values("id", "name", "kind", "language_id"),
        "spoken": Language.objects.filter(pk__in=spoken).values("code", "name_da", "name_en"),
        "refusals": Refusal.objects.filter(**here).values("id", "channel", "since", "why"),
        "addresses": Address.objects.filter(**here).values(
            "id", "use", "street", "postal_code", "town", "main", *PLACE, DISTRICT
        ),
        "grants": grants.filter(**here).values("id", "user_id", "until", "reason"),
    }


def _tied(contact: Person | Organisation, user: User) -> dict[str, QuerySet]:
    """Relationships and roles whose other end ``user`` may see too."""
    labels = [f"kind__{label}" for label in ("label_da", "label_en", "reverse_da", "reverse_en")]
    ends = [f"{end}{part}" for end in ENDS for part in ("_id", "__name", "__restricted")]
    ties = Relationship.objects.visible_to(user).of(contact).today_first()
    other = "organisation" if isinstance(contact, Person) else "person"
    roles = Affiliation.objects.visible_to(user).filter(**{str(contact._meta.model_name): contact})
    if isinstance(contact, Organisation):
        roles = roles.order_by("-ended_on", "-started_on", "pk")
    return {
        "relationships": ties.values("id", "started_on", "ended_on", "note", "kind_id", *labels, *ends)[:TIES_SHOWN],
        "held": roles.values(*ROLE, f"{other}__name", f"{other}__restricted")[:HELD_SHOWN],
    }


def _related(contact: Organisation, user: User) -> dict[str, QuerySet]:
    """What belongs under an organisation, and what it belongs under, as far as ``user`` may see it."""
    seen = Organisation.objects.visible_to(user)
    told = ["id", "name", "restricted", "kind_id", "kind__name_da", "kind__name_en"]
    return {
        "members": seen.filter(umbrella=contact).order_by("name", "pk").values(*told)[: MEMBERS_SHOWN + 1],
        "umbrella": seen.filter(pk=OuterRef("umbrella")).values("id", "name"),
    }
