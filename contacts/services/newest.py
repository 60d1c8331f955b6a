"""Dialogues as lists and searches tell of them: read with their participants in one query."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from contacts import vocabulary
from contacts.models import Dialogue
from contacts.models.visibility import may_read
from contacts.services.happenings import with_participants
from contacts.services.in_order import is_among_newest_of
from outreach.accounts.models import User
from outreach.prepared import Among, prepared


@prepared
def _newest(user: User, *, everyone: bool, start: int, most: int) -> QuerySet:
    seen = Dialogue.objects.visible_to(user)
    if everyone or not may_read(user):
        # Keys first: SQLite would gather the participants of every talk before it puts them in order.
        latest: Any = Q(pk__in=seen.newest_first().values("pk")[start : start + most])
    else:
        latest = is_among_newest_of(user, start=start, most=most)
    found = Dialogue.objects.filter(latest).only("kind", "date", "summary")
    return found.gathering_participants(user).newest_first()


def newest(user: User, *, everyone: bool, start: int, most: int) -> list[Dialogue]:
    """From the newest on: ``user``'s own, or everyone's that ``user`` may see; ``there`` are the colleagues."""
    found: list[Any] = _newest(user, everyone=everyone, start=start, most=most)
    with_participants(found)
    each = [[UUID(one["user_id"]) for one in talk.told_officers] for talk in found]
    colleagues = vocabulary.colleagues({key for keys in each for key in keys})
    for talk, keys in zip(found, each, strict=True):
        talk.there = [colleagues[key] for key in keys]
    return found


def told(dialogues: Any, user: User) -> QuerySet:
    """With what a search tells of each, the newest first."""
    return dialogues.only("kind", "date", "place", "summary").gathering_participants(user).newest_first()


@prepared
def _among(user: User) -> QuerySet:
    return told(Dialogue.objects.visible_to(user).filter(Among("id")), user)


def among(keys: Sequence[UUID], *, user: User) -> list[Dialogue]:
    """Those with these keys that ``user`` may see, the newest first."""
    return with_participants(_among(user, those=keys)) if keys else []
