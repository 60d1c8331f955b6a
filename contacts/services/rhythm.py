"""The rhythm of contact: when we last talked, and who has gone quiet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from contacts.models import Dialogue, Organisation, Person
from contacts.models.visibility import ContactQuerySet
from contacts.services.keeping import put_main_roles
from outreach.accounts.models import User

SHOWN = 50  # of people and of organisations


@dataclass(frozen=True)
class Quiet:
    """Who has gone quiet: the furthest past their own rhythm first, and those nobody has talked with yet."""

    past: list[Person | Organisation]
    never: list[Person | Organisation]
    more: bool  # there are more of either than are shown


def gone_quiet(kept: Iterable[ContactQuerySet], *, user: User, today: date) -> Quiet:
    """Among the contacts ``kept``, which ``user`` may see; five queries however many there are."""
    past = [list(contacts.most_past_first(today)[: SHOWN + 1]) for contacts in kept]
    never = [list(contacts.never_talked().order_by("created_at", "pk")[: SHOWN + 1]) for contacts in kept]
    quiet = Quiet(
        past=sorted(chain(*(rows[:SHOWN] for rows in past)), key=lambda one: -how_far_past(one, today)),
        never=sorted(chain(*(rows[:SHOWN] for rows in never)), key=lambda one: one.created_at),
        more=any(len(rows) > SHOWN for rows in (*past, *never)),
    )
    put_main_roles([one for one in (*quiet.past, *quiet.never) if isinstance(one, Person)], user)
    return quiet


def how_far_past(contact: Person | Organisation, today: date) -> float:
    """The time since we talked as a share of what was agreed: 1 on the agreed day."""
    pace = contact.rhythm(today)
    return (pace.days_since or 0) / pace.agreed_days


def talked(contacts: Iterable[Person | Organisation], dialogue: Dialogue) -> None:
    """Note a new talk with each contact, unless it does not count: as many queries for several as for two."""
    if not dialogue.is_talk:
        return
    for _name, of_kind in groupby(_in_order(contacts), key=lambda one: one._meta.model_name):
        several = list(of_kind)
        (_with_several if len(several) > 1 else _with_one)(several, dialogue)


def _with_one(contacts: list[Person | Organisation], dialogue: Dialogue) -> None:
    """In one statement; where it is not simply the latest, look at all."""
    for contact in contacts:
        was, contact.last_dialogue_on = contact.last_dialogue_on, dialogue.date
        contact.talk_by = contact.next_talk()
        same = type(contact)._base_manager.filter(
            Q(last_dialogue_on=None) | Q(last_dialogue_on__lte=dialogue.date),
            pk=contact.pk,
            rhythm_weeks=contact.rhythm_weeks,
            status=contact.status,
        )
        if not same.update(last_dialogue_on=dialogue.date, talk_by=contact.talk_by):
            contact.last_dialogue_on = was
            keep_rhythm([contact])


def _with_several(contacts: list[Person | Organisation], dialogue: Dialogue) -> None:
    """Lock their rows, all of one kind, in one order; an older talk logged late changes none of them."""
    model: Any = type(contacts[0])
    rows = model._base_manager.select_for_update(no_key=True).filter(pk__in=[one.pk for one in contacts])
    now = {
        pk: told for pk, *told in rows.order_by("pk").values_list("pk", "rhythm_weeks", "status", "last_dialogue_on")
    }
    for contact in (one for one in contacts if one.pk in now):  # the others are hidden from this session
        contact.rhythm_weeks, contact.status, last = now[contact.pk]
        contact.last_dialogue_on = max(last or dialogue.date, dialogue.date)
        contact.talk_by = contact.next_talk()
    model._base_manager.bulk_update(contacts, ["last_dialogue_on", "talk_by"])


@transaction.atomic(savepoint=False)
def keep_rhythm(contacts: Iterable[Person | Organisation]) -> None:
    """Hold each contact's last talk, and the day to talk next, against the dialogues that count.

    An organisation's are those it stands in itself: a talk with its chair counts when it is shown with it. Each row is
    locked before its dialogues are read, in one order: of two who log at once, the second finds what the first wrote.
    """
    for contact in _in_order(contacts):
        row = type(contact)._base_manager.select_for_update(no_key=True).filter(pk=contact.pk)
        agreed = row.values_list("rhythm_weeks", "status").first()
        if agreed is None:
            continue  # hidden from this session
        contact.rhythm_weeks, contact.status = agreed
        contact.last_dialogue_on = contact.dialogues.talks().aggregate(last=Max("date"))["last"]
        contact.talk_by = contact.next_talk()
        type(contact)._base_manager.filter(pk=contact.pk).update(
            last_dialogue_on=contact.last_dialogue_on, talk_by=contact.talk_by
        )


def _in_order(contacts: Iterable[Person | Organisation]) -> list[Person | Organisation]:
    return sorted(set(contacts), key=lambda one: (one._meta.model_name, one.pk))
