"""Whether there is anything of each kind about a contact: most have little, and what is not there is not read."""

from functools import lru_cache

from django.db.models import Exists, OuterRef, Q, QuerySet

from contacts.models import (
    Address,
    ContactGrant,
    ContactPoint,
    FollowUp,
    Organisation,
    OtherName,
    Person,
    Refusal,
    RegistrationLink,
    Relationship,
)
from contacts.models.visibility import ContactQuerySet


def saying_what_there_is(contacts: ContactQuerySet) -> ContactQuerySet:
    """With ``has_points``, ``has_ties`` …; what there is, the reader may still not be allowed to know."""
    return contacts.annotate(**_kinds(of_people=contacts.model is Person))


@lru_cache
def _kinds(*, of_people: bool) -> dict[str, Exists]:
    model, end = (Person, "person") if of_people else (Organisation, "organisation")
    here = {end: OuterRef("pk")}
    ties = Q(**{f"from_{end}": OuterRef("pk")}) | Q(**{f"to_{end}": OuterRef("pk")})
    kinds: dict[str, QuerySet] = {
        "has_points": ContactPoint.objects.filter(**here),
        "has_addresses": Address.objects.filter(**here),
        "has_other_names": OtherName.objects.filter(**here),
        "has_languages": model.languages.through.objects.filter(**here),
        "has_refusals": Refusal.objects.filter(**here),
        "has_grants": ContactGrant.objects.filter(**here),
        "has_follow_ups": FollowUp.objects.filter(**here),
        "has_ties": Relationship.objects.filter(ties),
    }
    if of_people:
        kinds["has_registrations"] = RegistrationLink.objects.filter(**here)
    return {name: Exists(rows) for name, rows in kinds.items()}
