"""Three invented associations that have invited the centre, relative to the day they are loaded."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from events.demonstration.files import key, read
from events.models import DialogueRequest
from outreach.accounts.models import User
from outreach.places.models import Municipality


def load(*, officers: Sequence[User], now: datetime) -> None:
    """Make the invitations; those that are there already stay as they are."""
    for row in read("invitations"):
        facts = {name: value for name, value in row.items() if name not in ("key", "days", "officer", "municipality")}
        place = Municipality.objects.filter(name=row.get("municipality", "")).first()
        sent = now - timedelta(days=row["days"], hours=2)
        DialogueRequest.objects.get_or_create(
            pk=key(row),
            defaults={
                **facts,
                "municipality": place,
                "online": place is None,
                "handler": officers[row["officer"]] if "officer" in row else None,
                "status": DialogueRequest.Status.CONFIRMED,
                "created_at": sent,
                "confirmed_at": sent + timedelta(minutes=20),
            },
        )


def remove() -> None:
    DialogueRequest.objects.filter(pk__in=[key(row) for row in read("invitations")]).delete()
