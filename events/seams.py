"""What the apps above may add to the screens of events, without events knowing them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.db.models import Model

from outreach.accounts.models import User

from .models import Event, Registration


class ContactLink(NamedTuple):
    """Where a registration leads in the register of contacts, or where one can link it."""

    label: str
    url: str
    named: Model | None = None  # the contact whose name the label tells, for the trail
    warning: str = ""  # what to know before phoning them


Finder = Callable[[User, Iterable[Registration]], dict[UUID, ContactLink]]
_finders: list[Finder] = []


def register_contact_links(find: Finder) -> None:
    """``find(user, registrations)`` answers by registration id, only with what ``user`` may see."""
    _finders.append(find)


def put_contacts(user: User, registrations: Iterable[Registration]) -> None:
    """Give each registration ``contact``: its ContactLink, or None."""
    links = contact_links(user, registrations)
    for registration in registrations:
        registration.contact = links.get(registration.pk)


def contact_links(user: User, registrations: Iterable[Registration]) -> dict[UUID, ContactLink]:
    links: dict[UUID, ContactLink] = {}
    for find in _finders:
        links |= find(user, registrations)
    return links


class EventLink(NamedTuple):
    """Where the page of an event leads, in the words of a button."""

    label: str
    url: str


Leader = Callable[[User, Event, datetime], EventLink | None]
_leaders: list[Leader] = []


def register_event_links(lead: Leader) -> None:
    """``lead(user, event, now)`` answers where the page of ``event`` leads ``user``; None: nowhere now."""
    _leaders.append(lead)


def event_links(user: User, event: Event, *, now: datetime) -> list[EventLink]:
    return [link for lead in _leaders if (link := lead(user, event, now))]


class PlanningPart(NamedTuple):
    """What an upper room knows of an event beside its facts: asked on the planning form, kept in tables of its own."""

    fields: Callable[[Event | None], dict[str, forms.Field]]  # of an event, or of one that is being planned
    keep: Callable[[Event, Mapping[str, Any]], None]  # what these fields were answered with
    told: Callable[[Event], list[tuple[str, str]]]  # name and words, for colleagues
    copy: Callable[[Event, Event], None]  # from an event to the one that was made like it


_parts: list[PlanningPart] = []


def register_planning_part(part: PlanningPart) -> None:
    """Its fields stand under "For whom" on the planning form; no two parts may name the same one."""
    _parts.append(part)


def planning_fields(event: Event | None) -> dict[str, forms.Field]:
    return {name: field for part in _parts for name, field in part.fields(event).items()}


def keep_parts(event: Event, data: Mapping[str, Any]) -> None:
    for part in _parts:
        part.keep(event, data)


def told_of(event: Event) -> list[tuple[str, str]]:
    return [line for part in _parts for line in part.told(event)]


def copy_parts(event: Event, made: Event) -> None:
    for part in _parts:
        part.copy(event, made)
