"""The contacts a colleague may invite to an event: those they see, narrowed as on their lists.

An organisation is asked by its own mailbox, or by those who hold a role there today and have mail.

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
from contacts.filters import OrganisationFilter, PeopleFilter
from contacts.models import Affiliation, Channel, Organisation, Person, Refusal, SavedView
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


def choose_organisations(user: User, asked: Mapping[str, str], *, most: int) -> Choice:
    """The same of organisations, each with those who hold a role there, as far as ``user`` may know."""
    today = timezone.localdate()
    houses = Organisation.objects.visible_to(user).filter(restricted=False)
    found = OrganisationFilter(asked, queryset=houses, request=Asking(user), today=today)
    rows = found.qs.order_by("name", "pk")
    fields = [(field, drawn(field)) for field in (found.form[name] for name in ASKED)]
    saved = SavedView.objects.visible_to(user).of(SavedView.Table.ORGANISATIONS)
    lists = [(view.name, view.query) for view in saved]
    shown = with_holders(user, mailboxes(rows.select_related("kind")[:most]))
    return Choice(fields, lists, shown, rows.count(), Organisation._meta.label, Person._meta.label)


def chosen_organisations(user: User, keys: Iterable[str]) -> list[Invitee]:
    """The mailboxes of those of ``keys`` that ``user`` may see; anything else is none."""
    known = [key for key in map(_key, keys) if key]
    houses = Organisation.objects.visible_to(user).filter(restricted=False, pk__in=known)
    return mailboxes(houses.order_by("name", "pk").select_related("kind"))


def mailboxes(organisations: QuerySet[Organisation]) -> list[Invitee]:
    """Each by its own address, if it has one."""
    refused = Refusal.objects.of(Channel.EMAIL).filter(organisation=OuterRef("pk"))
    rows = organisations.annotate(refuses=Exists(refused)).prefetch_related("languages")
    return [Invitee(str(row.pk), row.name, row.email, str(row.kind), spoken(row), row.refuses) for row in rows]


def with_holders(user: User, houses: list[Invitee]) -> list[Invitee]:
    """Each with the people in its roles, by name; who has ended, or is hidden, is in none."""
    roles = Affiliation.objects.current().visible_to(user).filter(organisation__in=[house.key for house in houses])
    held = list(roles.order_by("pk").values_list("organisation", "person", "role"))
    people = Person.objects.visible_to(user).lasting().filter(restricted=False, pk__in={row[1] for row in held})
    named = {one.key: one for one in invitees(user, people.order_by("name", "pk"))}
    roles_in: dict[tuple[str, str], str] = {}
    for house, person, role in held:
        roles_in.setdefault((str(house), str(person)), role)
    return [
        house._replace(
            holders=tuple(
                one._replace(detail=roles_in[house.key, key])
                for key, one in named.items()
                if (house.key, key) in roles_in
            )
        )
        for house in houses
    ]


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


def spoken(contact: Person | Organisation) -> str:
    """English for one who has English and no Danish; else whatever is chosen for all."""
    codes = {language.code for language in contact.languages.all()}
    return "en" if "en" in codes and "da" not in codes else ""


def refusers(user: User, addresses: Collection[str]) -> set[str]:
    """Of contacts ``user`` may see; what others want, the gate alone knows."""
    keys, told = [normal(address) for address in addresses], set()
    for model, field in ((Person, "person"), (Organisation, "organisation")):
        refused = Refusal.objects.of(Channel.EMAIL).filter(**{field: OuterRef("pk")})
        visible = model.objects.visible_to(user).alias(mailbox=Lower("email")).filter(mailbox__in=keys)
        told |= {normal(address) for address in visible.filter(Exists(refused)).values_list("email", flat=True)}
    return told


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
