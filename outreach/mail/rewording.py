"""Changing the words of our mails: version by version, and never over words somebody has not seen."""

from datetime import datetime

from django.db import IntegrityError, transaction

from outreach.accounts.models import User
from outreach.audit.trail import record

from .models import Wording
from .wording import LANGUAGES, WORDABLE, Words

NONE = Words("", "")


class Meanwhile(Exception):
    """Somebody saved other words after these were opened; ``newest`` is their version."""

    def __init__(self, newest: Wording):
        super().__init__(newest.pk)
        self.newest = newest


@transaction.atomic
def save(kind: str, language: str, *, words: Words, seen: int, author: User, now: datetime) -> Wording:
    """Keep ``words`` as the version after ``seen``, the one their author had before them; 0 for none.

    NONE gives the built-in words back. Raises Meanwhile.
    """
    version = Wording(kind=kind, language=language, number=seen + 1, saved_by=author, saved_at=now)
    version.subject, version.text = words
    try:
        with transaction.atomic():
            newest = Wording.objects.of(kind, language).select_related("saved_by").first()
            if newest and newest.number != seen:
                raise Meanwhile(newest)
            version.save(force_insert=True)
    except IntegrityError as error:
        raise Meanwhile(Wording.objects.of(kind, language).select_related("saved_by")[0]) from error
    record("change", version, actor=author, reason=f"words of {kind} in {language}: version {version.number}")
    return version


def versions(kind: str, language: str) -> list[Wording]:
    """The newest first."""
    return list(Wording.objects.of(kind, language).select_related("saved_by")[:50])


def overview() -> list[tuple[str, list[tuple[str, Wording | None]]]]:
    """Every kind whose words can be changed, with the version that counts in each language; None: as we ship it."""
    newest = {(row.kind, row.language): row for row in Wording.objects.newest().select_related("saved_by")}
    return [(kind, [(language, newest.get((kind, language))) for language in LANGUAGES]) for kind in WORDABLE]
