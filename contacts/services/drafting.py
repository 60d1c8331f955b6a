"""Drafts: what is typed into a form is kept on the server, so that no closed tab and no ended sign-in loses it.

Each page of a form has a key of its own. A page that goes on with a draft takes its place at the first word typed
there, unless somebody still types in the page it came from: then both are kept.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from contacts.models import Contact, Draft, FollowUp, Organisation, Person
from outreach.accounts.models import User
from outreach.prepared import prepared

MOST_DRAFTS = 50  # of one colleague
MOST_TEXT = 40_000  # characters in one draft: every form's fields at their longest, several times over


class TooMuch(ValueError):
    """The text is longer than any form takes, or the colleague has too many drafts."""


@dataclass(frozen=True)
class Continued:
    """The draft a page goes on with, as it was when the page was made."""

    pk: UUID
    sequence: int

    def __str__(self) -> str:
        return f"{self.pk}:{self.sequence}"

    @classmethod
    def read(cls, text: str) -> "Continued | None":
        """What ``str`` wrote; None for anything else."""
        pk, _colon, sequence = text.partition(":")
        try:
            return cls(UUID(pk), int(sequence))
        except ValueError:
            return None


@dataclass(frozen=True)
class Page:
    """One page of ``form`` that ``user`` types in."""

    user: User
    form: str
    key: UUID = field(default_factory=uuid4)
    continued: Continued | None = None

    def drafts(self) -> QuerySet[Draft]:
        return Draft.objects.visible_to(self.user).of_form(self.form)

    def sealed(self, typed: Mapping[str, list[str]]) -> Any:
        """What is typed, as it stands in the row of this page."""
        row = Draft(user=self.user, form=self.form, key=self.key)
        return Draft._meta.get_field("data").sealed_for(row, dict(typed))


@prepared
def latest_drafts(user: User, *, form: str, most: int) -> QuerySet[Draft]:
    return Draft.objects.visible_to(user).of_form(form).newest_first()[:most]


@transaction.atomic
def keep_draft(
    page: Page, typed: Mapping[str, list[str]], *, sequence: int, now: datetime, based_on: int | None = None
) -> Draft:
    """Keep what stands in the page; a save that comes late leaves the newer one as it is."""
    if sum(len(value) for values in typed.values() for value in values) > MOST_TEXT:
        raise TooMuch
    values = {"data": page.sealed(typed), "sequence": sequence, "based_on": based_on, "updated_at": now}
    same = page.drafts().filter(key=page.key)
    older = same.filter(sequence__lt=sequence)
    if older.update(**values):
        return same.get()
    if same.exists():
        older.update(**values)  # one that began since the first question
    elif Draft.objects.visible_to(page.user).count() >= MOST_DRAFTS:
        raise TooMuch
    else:
        _begin(page, values)
    return same.get()


def _begin(page: Page, values: dict) -> None:
    """The first save of a page; two at the same moment leave the newer."""
    _draft, is_new = Draft.objects.get_or_create(user=page.user, form=page.form, key=page.key, defaults=values)
    if not is_new:
        page.drafts().filter(key=page.key, sequence__lt=values["sequence"]).update(**values)
    _replace(page)


def _replace(page: Page) -> None:
    """Drop the draft the page went on with, unless it has been typed in since."""
    if page.continued:
        page.drafts().filter(pk=page.continued.pk, sequence=page.continued.sequence).delete()


@contextmanager
def used_up(page: Page, *, savepoint: bool = True) -> Iterator[None]:
    """What is saved inside needs its draft no longer: both happen, or neither. Without ``savepoint`` an error undoes
    the transaction around it too."""
    with transaction.atomic(savepoint=savepoint):
        yield
        page.drafts().filter(key=page.key).delete()
        _replace(page)


def throw_away(draft: Draft) -> None:
    """What was typed is gone for good. No trail: nobody but its writer ever reads a draft."""
    draft.delete()


def about(user: User, drafts: Iterable[Draft]) -> dict[UUID, Contact]:
    """Whom each draft of a log names, by its key, as far as ``user`` may see them; one query for each kind named."""
    chosen = [(draft.pk, *draft.typed.get("who", "").partition(":")[::2]) for draft in drafts]
    named: dict[UUID, Any] = {}
    rows: dict[str, Callable[[], QuerySet]] = {
        "person": lambda: Person.objects.visible_to(user),
        "organisation": lambda: Organisation.objects.visible_to(user),
        "meeting": lambda: FollowUp.objects.visible_to(user).with_contacts(),
    }
    for kind, visible in rows.items():
        keys = {key for _pk, what, key in chosen if what == kind and _is_key(key)}
        found = {str(row.pk): row for row in visible().filter(pk__in=keys)} if keys else {}
        named |= {pk: found[key] for pk, what, key in chosen if what == kind and key in found}
    contacts = {pk: one.contact if isinstance(one, FollowUp) else one for pk, one in named.items()}
    return {pk: contact for pk, contact in contacts.items() if contact}


def _is_key(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
