"""The public forms under attack: each asks for the e-mail only and goes on by a link in a mail, the same for everyone.

No script, no puzzle, nobody singled out. A colleague declares it (``manage.py siege``), with an end; a rush on the
forms does the same by itself, and ends with it. Every process asks the database: nothing is started anew.
"""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Model

from outreach.audit.trail import record

from .limits import HOUR, RUSH, in_all, keys_of
from .models import Siege

ASKED = """
    SELECT EXISTS (SELECT 1 FROM privacy_siege WHERE since <= %s AND until > %s)
        OR EXISTS (SELECT 1 FROM privacy_hit WHERE key IN ({marks}) AND at > %s LIMIT 1 OFFSET %s)
"""


def besieged(now: datetime) -> bool:
    """Whether the public forms ask for the e-mail only. One query."""
    at = connection.ops.adapt_datetimefield_value
    keys = sorted(keys_of(in_all(), now=now))
    marks = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(ASKED.format(marks=marks), [at(now), at(now), *keys, at(now - HOUR), RUSH - 1])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def declare(until: datetime, *, now: datetime, actor: Model | None = None) -> Siege:
    """From now on, until then; instead of what was declared before."""
    Siege.objects.not_over_at(now).update(until=now)
    siege = Siege.objects.create(since=now, until=until)
    record("create", siege, actor=actor, reason=f"until {until:%Y-%m-%d %H:%M}")
    return siege


@transaction.atomic
def lift(*, now: datetime, actor: Model | None = None) -> bool:
    """The forms are whole again; False where nothing was declared."""
    declared = list(Siege.objects.not_over_at(now))
    Siege.objects.not_over_at(now).update(until=now)
    for siege in declared:
        record("change", siege, actor=actor, reason="lifted")
    return bool(declared)
