"""The words lists are narrowed by: kinds, places, colleagues, topics. The same for every reader, and seldom new.

Each process reads them once a minute (``lexicon``). Whoever is chosen from them is still met only where ``visible_to``
lets the reader.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model
from django.forms import BoundField
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from contacts.lexicon import forget, lexicon, once_made
from contacts.models import Contact, FollowUp, Initiative, Language, Organisation, OrganisationKind, Topic
from contacts.models.visibility import READERS
from contacts.services.kinds import tree
from outreach.accounts.models import Team, User
from outreach.places.folding import danish_order
from outreach.places.models import Municipality, PoliceDistrict, Region, RegionMembership

__all__ = ["forget"]

Choices = list[tuple[str, Any]]
Made = TypeVar("Made")


def _once_a_minute(find: Callable[[], Made]) -> Callable[[], Made]:
    @wraps(find)
    def found() -> Made:
        return once_made(find.__name__, find)

    return found


def drawn(field: BoundField) -> SafeString:
    """A field of a list's filter in which nothing is chosen: hundreds of options, the same on every page."""
    form = type(field.form)
    return once_made(f"{form.__qualname__}.{field.name}", lambda: form()[field.name].as_widget())


def drawn_chosen(field: BoundField) -> SafeString:
    """The same with one of the options chosen, put together of what each is drawn as; anything else is drawn anew."""
    form, value = type(field.form), field.value()
    pieces = once_made(f"{form.__qualname__}.{field.name}.pieces", lambda: list(_pieces(field)))
    if not any(value == key for key, _plain, _chosen in pieces):
        return field.as_widget(attrs={"class": "on"})
    options = format_html_join("", "{}", ((chosen if value == key else plain,) for key, plain, chosen in pieces))
    return format_html('<select class="on" name="{}" id="{}">{}</select>', field.name, field.id_for_label, options)


def _pieces(field: BoundField) -> Iterator[tuple[str | None, SafeString, SafeString]]:
    """For each option its value, and how it is drawn as one of many and as the one that is chosen."""
    options_of = getattr(field.field.widget, "optgroups", lambda *_of: [])  # a field to type in has none
    for group, options, _index in options_of(field.name, []):
        if group:
            begin = format_html('<optgroup label="{}">', group)
            yield None, begin, begin
        for option in options:
            shown = option["value"], option["label"]
            plain = format_html('<option value="{}">{}</option>', *shown)
            yield str(option["value"]), plain, format_html('<option value="{}" selected>{}</option>', *shown)
        if group:
            end = format_html("</{}>", "optgroup")
            yield None, end, end


@_once_a_minute
def kinds() -> Choices:
    """Every kind and branch, those that stand under another set in."""
    branches = tree(in_use=False, among=lexicon().every(OrganisationKind))
    walked = (one for branch in branches for one in branch.walk())
    return [(one.kind.slug, "\N{EM SPACE}" * one.level + str(one.kind)) for one in walked]


@_once_a_minute
def places() -> Choices:
    """Regions of today, police districts and municipalities; a value says which: "district-3"."""
    today = timezone.localdate()
    return [
        (label, [(f"{word}-{place.pk}", place.name) for place in lexicon().every(model) if place.holds_on(today)])
        for word, label, model in (
            ("district", _("Police districts"), PoliceDistrict),
            ("region", _("Regions"), Region),
            ("municipality", _("Municipalities"), Municipality),
        )
    ]


@_once_a_minute
def owners() -> Choices:
    """Teams, as "team-2", and those who work with contacts, by their key."""
    return [
        (_("Teams"), [(f"team-{team.pk}", team.name) for team in lexicon().every(Team)]),
        (_("Colleagues"), [(str(colleague.pk), colleague.name) for colleague in at_work()]),
    ]


@_once_a_minute
def at_work() -> list[User]:
    """Colleagues who work with contacts, by name."""
    everybody = sorted(lexicon().every(User), key=lambda user: danish_order(user.name))
    return [user for user in everybody if user.is_active and user.role in READERS]


@_once_a_minute
def memberships() -> list[RegionMembership]:
    """Which region each municipality belongs to, and when."""
    regions, found = _by_key(Region), lexicon().every(RegionMembership)
    for row in found:
        row.region = regions[row.region_id]
    return found


def colleagues(keys: Iterable[UUID]) -> dict[UUID, User]:
    """Everybody there is, and certainly those with these keys."""
    return _by_key(User, keys)


def put_owners(contacts: Iterable[Contact | FollowUp]) -> None:
    """Give each of these its ``owner``. Not by a join: SQLite would then read everybody by their owners."""
    _put("owner", User, list(contacts))


def put_all(contacts: Sequence[Contact]) -> None:
    """Give each of these its ``owner``, its ``municipality`` and, organisations, their ``kind``."""
    put_owners(contacts)
    put_kinds_and_places(contacts)


def put_kinds_and_places(contacts: Sequence[Contact]) -> None:
    """The same without owners."""
    _put("municipality", Municipality, contacts)
    if contacts and isinstance(contacts[0], Organisation):
        _put("kind", OrganisationKind, contacts)


def _put(name: str, model: type[Model], rows: Sequence[Any]) -> None:
    """Give each row what its foreign key ``name`` leads to."""
    keys = [getattr(row, f"{name}_id") for row in rows]
    known = _by_key(model, filter(None, keys))
    for row, key in zip(rows, keys, strict=True):
        if key is not None:
            setattr(row, name, known[key])


def _by_key(model: type[Model], keys: Iterable[Any] = ()) -> dict[Any, Any]:
    """Every row there is, and certainly those with these keys: what is not there was made within the minute."""
    known = once_made(model._meta.label, lambda: {row.pk: row for row in lexicon().every(model)})
    if all(key in known for key in keys):
        return known
    forget()
    return _by_key(model)


@_once_a_minute
def topics() -> Choices:
    return _by_name((str(topic.pk), str(topic)) for topic in lexicon().every(Topic))


@_once_a_minute
def initiatives() -> Choices:
    return [(str(initiative.pk), str(initiative)) for initiative in lexicon().every(Initiative)]


@_once_a_minute
def topics_on_offer() -> list[Topic]:
    return [topic for topic in lexicon().every(Topic) if topic.on_offer]


@_once_a_minute
def initiatives_on_offer() -> list[Initiative]:
    return [initiative for initiative in lexicon().every(Initiative) if initiative.on_offer]


@_once_a_minute
def languages() -> Choices:
    """All there are: which of them somebody speaks with us would tell of those a reader may not see."""
    return _by_name((language.code, str(language)) for language in lexicon().every(Language))


def spoken(codes: Iterable[str]) -> list[str]:
    """The names of languages, in their usual order."""
    names = once_made("names of languages", lambda: {one.code: str(one) for one in lexicon().every(Language)})
    here = set(codes)
    return [name for code, name in names.items() if code in here]


def _by_name(choices: Iterable[tuple[str, str]]) -> Choices:
    return sorted(choices, key=lambda choice: danish_order(choice[1]))
