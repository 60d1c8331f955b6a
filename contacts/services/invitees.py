"""The contacts a colleague may invite to an event: those they see, narrowed as on the list of people.

Not the restricted ones: the names on a list of invited are read by everybody who runs the event.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower
from django.forms import BoundField
from django.utils import timezone
from django.utils.safestring import SafeString

from contacts import vocabulary
from contacts.filters import PeopleFilter
from contacts.models import Affiliation, Channel, Person, Refusal, SavedView
from contacts.models.visibility import may_read
from events.inviting_seams import Choice, Invitee
from outreach.accounts.models import User
from outreach.mail.models import normal

ASKED = ("q", "kind", "place", "topic", "initiative", "owner")


class Asking(NamedTuple):
    """What the filters of the list want to know of a request."""

    user: User


def may_choose(user: User) -> bool:
    return may_read(user)


def choose(user: User, asked: Mapping[str, str], *, most: int) -> Choice:
    """The first ``most`` by name of those that are asked for, and what the choice can be narrowed by."""
    today = timezone.localdate()
    people = Person.objects.visible_to(user).filter(restricted=False)
    found = PeopleFilter(asked, queryset=people, request=Asking(user), today=today)
    rows = found.qs.order_by("name", "pk")
    fields = [(field, drawn(field)) for field in (found.form[name] for name in ASKED)]
    saved = SavedView.objects.visible_to(user).of(SavedView.Table.PEOPLE)
    lists = [(view.name, view.query) for view in saved]
    return Choice(fields, lists, invitees(user, rows[:most]), rows.count(), Person._meta.label)


def drawn(field: BoundField) -> SafeString:
    return vocabulary.drawn_chosen(field) if field.value() else vocabulary.drawn(field)


def chosen(user: User, keys: Iterable[str]) -> list[Invitee]:
    """Those of ``keys`` that ``user`` may see; anything else is nobody."""
    known = [key for key in map(_key, keys) if key]
    people = Person.objects.visible_to(user).filter(restricted=False, pk__in=known)
    return invitees(user, people.order_by("name", "pk"))


def invitees(user: User, people: QuerySet[Person]) -> list[Invitee]:
    """Each with where they are from, as far as ``user`` may know, and whether they want e-mail."""
    refused = Refusal.objects.of(Channel.EMAIL).filter(person=OuterRef("pk"))
    rows = list(people.annotate(refuses=Exists(refused)).prefetch_related("languages"))
    roles = Affiliation.objects.current().visible_to(user).filter(person__in=[row.pk for row in rows])
    houses: dict[UUID, str] = {}
    for person, name in roles.order_by("pk").values_list("person", "organisation__name"):
        houses.setdefault(person, name)
    return [
        Invitee(str(row.pk), row.name, row.email, houses.get(row.pk, ""), spoken(row), row.refuses) for row in rows
    ]


def spoken(person: Person) -> str:
    """English for somebody who has English and no Danish; else whatever is chosen for all."""
    codes = {language.code for language in person.languages.all()}
    return "en" if "en" in codes and "da" not in codes else ""


def refusers(user: User, addresses: Collection[str]) -> set[str]:
    """Of people ``user`` may see; what others want, the gate alone knows."""
    keys = [normal(address) for address in addresses]
    refused = Refusal.objects.of(Channel.EMAIL).filter(person=OuterRef("pk"))
    visible = Person.objects.visible_to(user).alias(mailbox=Lower("email")).filter(mailbox__in=keys)
    return {normal(address) for address in visible.filter(Exists(refused)).values_list("email", flat=True)}


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
