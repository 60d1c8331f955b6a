"""Dialogues as lists and searches tell of them: read with their participants in one query."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.utils import timezone

from contacts import vocabulary
from contacts.models import Dialogue
from contacts.models.visibility import may_read
from contacts.services.happenings import is_among, keys_named_by, with_participants
from outreach.accounts.models import User
from outreach.prepared import Among, prepared

LATELY = timedelta(days=30)


@prepared
def _newest(user: User, *, everyone: bool, since: date | None, start: int, most: int) -> QuerySet:
    if connection.vendor == "postgresql" and not everyone and may_read(user):
        latest: Any = is_among(keys_named_by("sight_newest_of_mine", Value(start), Value(most)))
    else:
        seen = Dialogue.objects.visible_to(user)
        own = seen.lately_with_officer(user, since) if since else seen.with_officer(user)
        rows = seen if everyone else own
        # Keys first: SQLite would gather the participants of every talk before it puts them in order.
        latest = Q(pk__in=rows.newest_first().values("pk")[start : start + most])
    found = Dialogue.objects.filter(latest).only("kind", "date", "summary")
    return found.gathering_participants(user).newest_first()


def newest(user: User, *, everyone: bool, start: int, most: int) -> list[Dialogue]:
    """From the newest on: ``user``'s own, or everyone's that ``user`` may see; ``there`` are the colleagues."""
    found: list[Any] = _lately(user, start, most) if not everyone and connection.vendor == "sqlite" else []
    if len(found) < most:
        found = _newest(user, everyone=everyone, since=None, start=start, most=most)
    with_participants(found)
    each = [[UUID(one["user_id"]) for one in talk.told_officers] for talk in found]
    colleagues = vocabulary.colleagues({key for keys in each for key in keys})
    for talk, keys in zip(found, each, strict=True):
        talk.there = [colleagues[key] for key in keys]
    return found


def _lately(user: User, start: int, most: int) -> list[Dialogue]:
    """As many of ``user``'s own as were held lately, for SQLite: it would read all of their thousands to put them in
    order. PostgreSQL is asked for their keys before the second lock looks at any (contacts/sight.sql)."""
    since = timezone.localdate() - LATELY
    return _newest(user, everyone=False, since=since, start=start, most=most)


def told(dialogues: Any, user: User) -> QuerySet:
    """With what a search tells of each, the newest first."""
    return dialogues.only("kind", "date", "place", "summary").gathering_participants(user).newest_first()


@prepared
def _among(user: User) -> QuerySet:
    return told(Dialogue.objects.visible_to(user).filter(Among("id")), user)


def among(keys: Sequence[UUID], *, user: User) -> list[Dialogue]:
    """Those with these keys that ``user`` may see, the newest first."""
    return with_participants(_among(user, those=keys)) if keys else []
