"""Corrections: a registrant sends one, an officer decides once. Whoever is first has decided."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from events.models import Correction
from outreach.accounts.models import User
from outreach.audit.trail import record

Status = Correction.Status


class AlreadyDecided(Exception):
    """A colleague was first: nothing was changed."""


def propose(registration_id: UUID, changes: Mapping[str, str], *, now: datetime) -> None:
    """Keep what the registrant wrote until an officer decides: one INSERT, no SELECT. Nothing else is changed."""
    told = {field: changes.get(field, "") for field in (*Correction.TOLD, "removes")}
    Correction(registration_id=registration_id, created_at=now, **told).save(force_insert=True)


def close(correction: Correction, status: str, *, officer: User, now: datetime, reason: str = "") -> None:
    """``officer`` has decided. Call it first in the transaction of what follows. Raises AlreadyDecided."""
    waiting = Correction.objects.waiting().filter(pk=correction.pk).order_by()
    if not waiting.update(status=status, decided_by=officer, closed_at=now):
        raise AlreadyDecided
    record("change", correction, actor=officer, reason=": ".join(filter(None, [str(status), reason])))
