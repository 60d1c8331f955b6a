"""The same on SQLite: the link is looked up here, the rules are in events/services."""

from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone

from events.door.orm import registration_behind
from events.models import MailboxLink, Registration, RegistrationToken
from events.services import modes, showing, swapping
from outreach.mail.models import OutboxMessage

from .answers import Listed, Mail, Outcome, Own, Participant, Swap

Purpose = RegistrationToken.Purpose


def mailbox(h: str) -> list[Listed]:
    link = MailboxLink.objects.filter(hash=h, expires_at__gt=timezone.now()).first() if h else None
    if link is None:
        return []
    rows = Registration.objects.filter(tokens__mailbox=link).select_related("event").with_places()
    told = ("pk", "status", "name", "mode", "waits_as", "offer_expires_at", "event")
    each = ([getattr(row, field) for field in told] for row in rows.order_by("-event__starts_at", "pk"))
    return [Listed._make([link.email, link.expires_at, *fields]) for fields in each]


def own(h: str) -> Own | None:
    found = managed(h)
    if found is None:
        return None
    registration = Registration.objects.select_related("held_seats").get(pk=found)
    pool = registration.held_seats
    offered = Registration.objects.swaps_of(registration).first()
    swap = Swap(offered.name, offered.email, offered.offer_expires_at, offered.status) if offered else None
    sent = OutboxMessage.objects.about(registration).filter(state=OutboxMessage.State.SENT).order_by("sent_at", "pk")
    mails = [Mail(*told) for told in sent.values_list("subject", "sent_at")]
    held_for = pool.kind if pool and not pool.released else ""
    return Own(registration.shown, registration.wishes_mode, held_for, swap, mails)


def choose_mode(h: str, mode: str, waits: bool) -> Outcome | None:
    found = managed(h)
    return modes.choose(found, mode, waits=waits, now=timezone.now()) if found else None


def show(h: str, how: str) -> Outcome | None:
    found = managed(h)
    return showing.choose(found, how, now=timezone.now()) if found else None


def participants(h: str) -> list[Participant] | None:
    found = managed(h)
    seen = showing.seen_by(found, now=timezone.now()) if found else None
    return None if seen is None else [Participant._make(row) for row in seen]


def swap(h: str, colleague: Mapping[str, str]) -> Outcome | None:
    found = managed(h)
    return swapping.offer(found, colleague, now=timezone.now()) if found else None


def end_swap(h: str) -> Outcome | None:
    found = managed(h)
    return swapping.end(found, now=timezone.now()) if found else None


def take_over(h: str, accept: bool) -> Outcome | None:
    found = registration_behind(h, Purpose.SWAP)
    return swapping.answer(found, accept, now=timezone.now()) if found else None


def managed(h: str) -> UUID | None:
    return registration_behind(h, Purpose.MANAGE)
