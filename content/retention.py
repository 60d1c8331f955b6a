"""How long we keep what owners were asked (security.md, 19)."""

from datetime import datetime

from django.db.models import QuerySet

from content.models import OwnerQuestion
from outreach.privacy.retention import Rule


def questions(moment: datetime) -> QuerySet:
    return OwnerQuestion.objects.filter(expires_at__lte=moment)


RULES = [
    Rule(
        name="content.owner_questions",
        trigger="the link in the mail to the owner stopped working",
        days=183,
        due=questions,
        basis="what an owner said of a text is of use until an editor has looked at it",
    )
]
