"""The words dialogues and relationships are sorted by: kept, and told to every form at once."""

from collections.abc import Iterable

from django.db import transaction

from contacts.models import Initiative, OrganisationKind, RelationshipKind, Topic
from contacts.services.meanwhile import count_up
from contacts.vocabulary import forget
from outreach.accounts.models import User
from outreach.audit.trail import record

Word = Topic | Initiative | RelationshipKind


@transaction.atomic
def keep_word(word: Word, *, actor: User, branches: Iterable[OrganisationKind] = ()) -> Word:
    """Save a new or changed word; only organisations of ``branches`` may have a kind of relationship, or any.

    Raises ChangedMeanwhile.
    """
    verb = "create" if word._state.adding else "change"
    if verb == "change":
        count_up(word)
    word.save()
    if isinstance(word, RelationshipKind):
        word.branches.set(branches)
    record(verb, word, actor=actor)
    transaction.on_commit(forget)
    return word
