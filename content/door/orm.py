"""The door on SQLite: the rules of functions.sql, in Python."""

from datetime import timedelta

from django.utils import timezone

from content.models import ContactChannel, DirectoryEntry, OwnerQuestion

from .answers import Outcome, View

OWNER = DirectoryEntry.CheckedWith.OWNER


def view(h: str) -> View | None:
    question = _behind(h)
    if question is None or (question.answered_at is None and question.is_over):
        return None
    owner = question.owner
    answered = question.answered_at is not None
    return View(question.pk, owner.entry_id, owner.channel_id, answered, bool(question.note))


def confirm(h: str) -> Outcome | None:
    question = _behind(h)
    if question is None:
        return None
    if question.answered_at or question.is_over:
        return Outcome(question.pk, False)
    row: DirectoryEntry | ContactChannel = question.owner.row
    today = timezone.localdate()
    row.checked_on, row.checked_with, row.review_by = today, OWNER, today + timedelta(days=question.good_for)
    row.save(update_fields=["checked_on", "checked_with", "review_by"])
    return _answered(question)


def object_to(h: str, note: str) -> Outcome | None:
    question = _behind(h)
    if question is None:
        return None
    if question.answered_at or question.is_over:
        return Outcome(question.pk, False)
    question.note = note[:1000]
    return _answered(question)


def _answered(question: OwnerQuestion) -> Outcome:
    question.answered_at = timezone.now()
    question.save(update_fields=["answered_at", "note"])
    return Outcome(question.pk, True)


def _behind(h: str) -> OwnerQuestion | None:
    found = OwnerQuestion.objects.filter(hash=h, expires_at__gt=timezone.now())
    return found.select_related("owner__entry", "owner__channel").first()
