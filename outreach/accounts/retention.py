"""How long requests about lost second factors are kept (security.md, 19)."""

from datetime import datetime

from django.db.models import QuerySet

from outreach.privacy.retention import Rule

from .models import FactorReset


def asked_by(moment: datetime) -> QuerySet:
    return FactorReset.objects.filter(asked_at__lte=moment)


RULES = [
    Rule(
        name="accounts.factor_resets",
        trigger="an administrator asked for the removal of a lost second factor",
        days=365,
        due=asked_by,
        basis="to show who asked and who agreed while somebody may still wonder; the trail keeps that it was done",
    ),
]
