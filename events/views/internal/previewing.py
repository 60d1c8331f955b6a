"""How a mail will read, before the button that sends it is pressed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from events.mail_words import kind_words
from events.models import Event, Invitation, Registration
from events.services import planning
from events.services.following import Following
from events.services.waiting_list import ANSWER_WITHIN
from outreach.mail import gate
from outreach.mail.rendering import preview

Status = Registration.Status


@dataclass
class Foreseen:
    """A registration as a mail will find it: called “…” where it is anybody's."""

    event: Event
    name: str = "…"
    status: str = Status.CONFIRMED
    place: int = 0
    mode: str = ""
    offer_expires_at: datetime | None = None

    @property
    def manage_until(self) -> datetime:
        return Registration(event=self.event).manage_until

    @property
    def kept_until(self) -> datetime:
        return self.event.kept_until


def read(kind: str, about: Foreseen, *, language: str, **context: Any) -> dict:
    return {"language": language, "mail": preview(kind, about=about, language=language, context=context)}


def settled(registration: Registration, *, name: str) -> tuple[str, Foreseen]:
    """The mail to somebody who is settled now, and what it will find: a seat if there is one, else a place."""
    event = registration.event
    if event.has_seat_for(registration.mode, registration.partner_kind):
        return "events.confirmed", Foreseen(event, name)
    ahead = event.registrations.waiting().filter(mode=registration.mode).count()
    return "events.waiting", Foreseen(event, name, Status.WAITING, ahead + 1)


def on_yes(registration: Registration, giver: Registration | None) -> list[dict]:
    """The mail to one we say yes to; with that to ``giver``, if it is their seat that goes on."""
    if giver is None:
        kind, foreseen = settled(registration, name=registration.name)
        return [read(kind, foreseen, language=registration.language)]
    foreseen = Foreseen(registration.event, registration.name, mode=giver.mode)
    return [
        read("events.confirmed", foreseen, language=registration.language) | {"label": registration.name},
        to_giver("events.seat_swapped", giver, Status.SWAPPED),
    ]


def to_giver(kind: str, giver: Registration, status: str = Status.CONFIRMED) -> dict:
    """What comes of the offer of a seat, to the one who made it."""
    foreseen = Foreseen(giver.event, giver.name, status, mode=giver.mode)
    return read(kind, foreseen, language=giver.language) | {"label": giver.name}


def to_all(before: Event, after: Event, what: str) -> list[dict]:
    """The mails that tell of a change of ``before``, or that it is off: to those who come, and to the invited."""
    coming, invited = planning.coming_by_language(before, what), planning.invited_by_language(before, what)
    kind, other = f"events.event_{what}", f"events.invitation_{what}"
    read_by = [read(kind, Foreseen(after), language=language) for language in sorted(coming)]
    for language in sorted(invited):
        about = Invitation(event=after, name="…", language=language)
        read_by.append({"language": language, "mail": preview(other, about=about, language=language, context={})})
    if invited:
        names = [kind] * len(coming) + [other] * len(invited)
        read_by = [one | {"label": kind_words(name)} for one, name in zip(read_by, names, strict=True)]
    return read_by


def that_follow(event: Event, following: Following, *, now: datetime, name: str = "") -> list[dict]:
    """The mails to those who are offered a seat, or move, in each of their languages; to ``name`` if given."""
    note_who_is_mailed(following)
    until = min(now + ANSWER_WITHIN, event.starts_at)
    seen: dict[tuple[str, str], dict] = {}
    for kind, rows in (("events.offer", following.offered), ("events.mode_granted", following.moved)):
        for row in rows:
            if row.is_mailed and (kind, row.language) not in seen:  # type: ignore[attr-defined]
                mode = row.wishes_mode or row.mode
                about = Foreseen(event, name or row.name, Status.OFFERED, mode=mode, offer_expires_at=until)
                seen[kind, row.language] = read(kind, about, language=row.language) | {"label": kind_words(kind)}
    return list(seen.values())


def note_mailed(kind: str, rows: Sequence[Registration]) -> None:
    """Put to each whether a mail of this kind would go to them now: ``is_mailed``."""
    mailed = {row.pk for row in gate.getting(kind, rows)}
    for row in rows:
        row.is_mailed = row.pk in mailed  # type: ignore[attr-defined]


def note_who_is_mailed(following: Following) -> None:
    note_mailed("events.offer", following.offered)
    note_mailed("events.mode_granted", following.moved)


def mails_that_follow(following: Following) -> Counter[str]:
    """How many mails go to those who are offered a seat, or move, in each language."""
    note_who_is_mailed(following)
    return Counter(row.language for row in following.told if row.is_mailed)  # type: ignore[attr-defined]
