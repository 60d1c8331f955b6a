"""Those who are invited to a meeting of the demonstration: who comes has said yes, others have said no or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import repeat
from typing import Protocol

from events.models import Event, Invitation
from outreach.mail.models import normal

Status = Invitation.Status
WORDS = "Vi har bestyrelsesmøde samme aften, men vil gerne høre, hvad I når frem til."


class Person(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...


def load(event: Event, counts: Mapping[str, int], people: Sequence[Person], *, now: datetime) -> None:
    """An invitation of everybody registered, and of as many ``people`` in each other state; nobody is mailed."""
    for registration in event.registrations.live().reachable():
        registration.invitation = asked(event, registration, Status.ACCEPTED, now)
        registration.save(update_fields=["invitation"])
    there = set(event.invitations.values_list("email_key", flat=True))
    others = (person for person in people if normal(person.email) not in there)
    for status, person in zip(states(counts), others, strict=False):
        asked(event, person, status, now)


def states(counts: Mapping[str, int]) -> Iterator[Status]:
    for status, number in counts.items():
        yield from repeat(Status(status), number)


def asked(event: Event, person: Person, status: Status, now: datetime) -> Invitation:
    sent = None if status == Status.PREPARED else now - timedelta(days=6, hours=3)
    return Invitation.objects.create(
        event=event,
        name=person.name,
        email=person.email,
        language=event.language,
        status=status,
        words=WORDS if status == Status.DECLINED else "",
        invited_by=event.owner,
        created_at=now - timedelta(days=7),
        sent_at=sent,
        answered_at=now - timedelta(days=2) if status in Invitation.ANSWERED else None,
    )
