"""How long the workspace keeps what nobody finished (security.md, 19)."""

from datetime import datetime

from django.db.models import QuerySet

from contacts.models import Draft
from outreach.privacy.retention import Rule


def drafts(moment: datetime) -> QuerySet:
    return Draft.objects.untouched_since(moment)


RULES = [
    Rule(
        name="contacts.drafts",
        trigger="the last word typed",
        days=14,
        due=drafts,
        basis="text that a colleague typed and neither saved nor threw away",
    ),
]
