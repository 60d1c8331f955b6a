"""The list of words that suggest a case, and who changed it."""

from collections.abc import Iterable

from django.db import transaction

from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.privacy.case_words import forget
from outreach.privacy.models import CaseWord


@transaction.atomic
def add(word: CaseWord, *, actor: User) -> CaseWord:
    """From now on a form asks about it; in other processes a minute later."""
    word.save()
    record("create", word, actor=actor)
    transaction.on_commit(forget)
    return word


@transaction.atomic
def remove(words: Iterable[CaseWord], *, actor: User) -> int:
    """No form asks about these any more; how many they were."""
    gone = [word.pk for word in words]
    CaseWord.objects.filter(pk__in=gone).delete()
    record("delete", "privacy.CaseWord", actor=actor, ids=gone)
    transaction.on_commit(forget)
    return len(gone)
