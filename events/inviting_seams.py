"""Whom a colleague may choose to invite: the room that keeps contacts says, and who of them wants no e-mail."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple, Protocol

from django import forms
from django.utils.safestring import SafeString

from outreach.accounts.models import User
from outreach.mail.reach import declining


class Invitee(NamedTuple):
    """Somebody the colleague may see, or an organisation with its mailbox and those who hold a role there."""

    key: str
    name: str
    email: str  # "": nothing to write to
    detail: str  # where they are from
    language: str  # "da" or "en"; "": not known
    refuses: bool  # wants no e-mail from us
    holders: tuple["Invitee", ...] = ()  # of an organisation; their detail is the role


class Choice(NamedTuple):
    """What one can narrow the choice by, and who is left."""

    fields: list[tuple[forms.BoundField, SafeString]]  # each with its widget as it is drawn
    lists: list[tuple[str, str]]  # name and query of lists the colleague has saved
    people: list[Invitee]
    total: int  # how many there are, of whom ``people`` are the first
    label: str  # of the model they are rows of, for the trail
    holders_label: str = ""  # the same for their holders


class Contacts(Protocol):
    """What the room above fills in, each only with what ``user`` may see."""

    def choose(self, user: User, asked: Mapping[str, str], *, most: int) -> Choice: ...

    def choose_organisations(self, user: User, asked: Mapping[str, str], *, most: int) -> Choice: ...

    def chosen(self, user: User, keys: Iterable[str]) -> list[Invitee]: ...

    def chosen_organisations(self, user: User, keys: Iterable[str]) -> list[Invitee]: ...

    def refusers(self, user: User, addresses: Collection[str]) -> set[str]: ...

    def may_choose(self, user: User) -> bool: ...


_rooms: list[Contacts] = []


def register_contacts(room: Contacts) -> None:
    _rooms[:] = [room]


def contacts_of(user: User) -> Contacts | None:
    """The room, for a colleague who may enter it."""
    return next((room for room in _rooms if room.may_choose(user)), None)


def refusers(user: User, addresses: Collection[str]) -> set[str]:
    """Those of ``addresses``, in their normal form, whose owner wants no e-mail, as far as ``user`` may see.

    Said to a colleague, or by the owner of the address, who may want no invitations and every other mail.
    """
    room = contacts_of(user)
    told = room.refusers(user, addresses) if room and addresses else set()
    return told | declining(addresses, "events.invitations")
