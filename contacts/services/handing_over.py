"""A colleague leaves, or is away for long: another answers for what they answered for."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from contacts.models import FollowUp, Organisation, Person
from contacts.models.visibility import may_read
from events.services import planning
from outreach.accounts.models import User
from outreach.audit.trail import record


class NotAReader(ValueError):
    """The one who is to receive may not read contacts: by their role, or because they have left."""


@dataclass(frozen=True)
class HandedOver:
    """How many there were of each."""

    people: int
    organisations: int
    follow_ups: int
    events: int
    kept_back: int  # open follow-ups about somebody hidden from the receiver


@transaction.atomic
def hand_over(giver: User, receiver: User, *, reason: str, now: datetime) -> HandedOver:
    """Give ``receiver`` the contacts of ``giver``, restricted ones too, the open follow-ups and the events to come.

    A follow-up about another's restricted contact stays until its owner lets ``receiver`` in. Safe to do again.
    Raises NotAReader.
    """
    if giver == receiver or not may_read(receiver):
        raise NotAReader(receiver)
    people, organisations = (_contacts(model, giver, receiver, reason, now) for model in (Person, Organisation))
    return HandedOver(
        people=people,
        organisations=organisations,
        follow_ups=_follow_ups(giver, receiver, reason),
        events=planning.hand_over(giver, receiver, now=now, reason=reason),
        kept_back=FollowUp.objects.owned_by(giver).open().count(),
    )


def _contacts(model: type[Person | Organisation], giver: User, receiver: User, reason: str, now: datetime) -> int:
    """Each in its next version: whoever is changing one meanwhile is told."""
    contacts = list(model.objects.owned_by(giver).order_by("pk").select_for_update(no_key=True, of=("self",)))
    theirs = model.objects.filter(pk__in=[contact.pk for contact in contacts])
    theirs.update(owner=receiver, version=F("version") + 1, updated_at=now)
    for contact in contacts:
        record("change", contact, actor=None, reason=reason)
    return len(contacts)


def _follow_ups(giver: User, receiver: User, reason: str) -> int:
    follow_ups = list(FollowUp.objects.owned_by(giver).open().keepable_by(receiver))
    FollowUp.objects.filter(pk__in=[follow_up.pk for follow_up in follow_ups]).update(
        owner=receiver, version=F("version") + 1
    )
    for follow_up in follow_ups:
        record("change", follow_up, actor=None, reason=reason)
    return len(follow_ups)
