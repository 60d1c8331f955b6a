"""How long the workspace keeps what nobody finished (security.md, 19)."""

from datetime import datetime

from django.db.models import QuerySet

from contacts.models import Attachment, Draft
from outreach.privacy.retention import Rule


def drafts(moment: datetime) -> QuerySet:
    return Draft.objects.untouched_since(moment)


def waiting_files(moment: datetime) -> QuerySet:
    return Attachment.objects.waiting_since(moment)


RULES = [
    Rule(
        name="contacts.drafts",
        trigger="the last word typed",
        days=14,
        due=drafts,
        basis="text that a colleague typed and neither saved nor threw away",
    ),
    Rule(
        name="contacts.attachments",
        trigger="the upload",
        days=14,
        due=waiting_files,
        basis="files that came with a form nobody saved",
    ),
]
