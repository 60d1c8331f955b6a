"""What belongs to a contact: its e-mails and phones, addresses and other names.

The rows are the truth. The contact carries what lists and mails need: the e-mail and the phone to use first, and the
municipality of the main address. Both are written here and nowhere else.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from django.db import transaction
from django.db.models import F, Model, QuerySet

from contacts.models import Address, ContactPoint, Language, Organisation, OtherName, Person
from contacts.reaching import key_of
from outreach.places.models import Municipality

Channel = ContactPoint.Channel
Owner = TypeVar("Owner", Person, Organisation)


class Point(NamedTuple):
    channel: str
    value: str
    use: str = ""
    preferred: bool = False


class Place(NamedTuple):
    street: str = ""
    postal_code: str = ""
    town: str = ""
    municipality: Municipality | None = None
    use: str = ""
    main: bool = False


class Name(NamedTuple):
    name: str
    kind: str = OtherName.Kind.OTHER
    language: Language | None = None


class Belongings(NamedTuple):
    """Everything at once, as a form hands it over; each list takes the place of what was there."""

    points: Sequence[Point]
    addresses: Sequence[Place]
    other_names: Sequence[Name]


@transaction.atomic
def write(contact: Owner, belongings: Belongings) -> None:
    """Keep exactly these rows of a saved contact, and save what the contact carries of them."""
    write_points(contact, belongings.points)
    _replace(contact.addresses.all(), _of(contact), Address, _with_one_main(belongings.addresses))
    _replace(contact.other_names.all(), _of(contact), OtherName, belongings.other_names)
    carry(contact)


def write_points(contact: Owner, points: Sequence[Point]) -> None:
    """A row whose address or number stays keeps its identity: others may point to it."""
    there = {(row.channel, row.key): row for row in contact.points.all()}
    contact.points.update(preferred=False)  # before another one is: one only, at every moment
    for order, point in enumerate(points):
        key = key_of(point.channel, point.value)
        row = there.pop((point.channel, key), None) or ContactPoint(**_of(contact), channel=point.channel, key=key)
        row.value, row.use, row.preferred, row.order = point.value, point.use, point.preferred, order
        row.save()
    contact.points.filter(pk__in=[row.pk for row in there.values()]).delete()


def keep_carried(contact: Owner) -> None:
    """An e-mail or phone set on the contact itself, by a proposal for one, becomes its first row; none is lost."""
    for channel in Channel:
        value = getattr(contact, channel)
        key = key_of(channel, value)
        if value and not contact.points.filter(channel=channel, key=key).exists():
            contact.points.filter(channel=channel).update(order=F("order") + 1)
            ContactPoint.objects.create(**_of(contact), channel=channel, value=value, key=key)
    carry(contact)


def carry(contact: Owner) -> None:
    """Save on the contact what it carries of its rows, and the texts that find it."""
    points = list(contact.points.all())
    for channel in Channel:
        of_channel = sorted((row for row in points if row.channel == channel), key=lambda row: not row.preferred)
        setattr(contact, channel, of_channel[0].value if of_channel else "")
    main = contact.addresses.filter(main=True).exclude(municipality=None).select_related("municipality").first()
    if main:
        contact.municipality = main.municipality
    contact.save()


def _of(contact: Person | Organisation) -> dict[str, Person | Organisation]:
    return {str(contact._meta.model_name): contact}


def _with_one_main(addresses: Sequence[Place]) -> list[Place]:
    """The first is the main one unless another is said to be."""
    chosen = next((place for place, one in enumerate(addresses) if one.main), 0)
    return [one._replace(main=place == chosen) for place, one in enumerate(addresses)]


def _replace(rows: QuerySet, owner: dict, model: type[Model], wanted: Sequence[Place | Name]) -> None:
    """Nothing is written where nothing changed."""
    fields = Place._fields if model is Address else Name._fields
    there = sorted(rows, key=lambda row: row.order)
    if [tuple(getattr(row, field) for field in fields) for row in there] == [tuple(one) for one in wanted]:
        return
    rows.delete()
    model._default_manager.bulk_create(
        [model(**owner, **one._asdict(), order=order) for order, one in enumerate(wanted)]
    )
