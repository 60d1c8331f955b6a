"""Finding what is public: the entries that fit, how many of each kind, and a word that may have been meant."""

from collections import Counter
from datetime import datetime
from difflib import get_close_matches
from typing import NamedTuple

from django.core.paginator import Paginator
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Length

from content.models import SearchEntry, SearchKind
from content.models.audiences import Audience

from .search_asked import Asked
from .search_backends import backend
from .search_words import WORD, folded_word

PER_PAGE = 10
TITLES_READ = 800  # for a suggestion
CLOSE = 0.75
SHORTEST_GUESSED = 4  # letters
WORDS_GUESSED = 4


class Filters(NamedTuple):
    """What a reader narrowed the results by; "" for nothing."""

    kind: str = ""
    audience: str = ""


class Results(NamedTuple):
    """``kinds`` and ``audiences`` count what each answer would leave; ``is_partial`` when no entry has every word."""

    entries: QuerySet[SearchEntry]
    total: int
    unfiltered: int
    kinds: Counter[str]
    audiences: Counter[str]
    is_partial: bool


class ResultPages(Paginator):
    """Pages of a list whose length is known already."""

    def __init__(self, results: Results):
        super().__init__(results.entries, PER_PAGE)
        self.total = results.total

    @property
    def count(self) -> int:
        return self.total


def search(asked: Asked, filters: Filters, *, now: datetime) -> Results:
    """Entries with every word; where there is none, those with any. One query, and one more for none."""
    found = _search(asked, filters, now=now, every=True)
    if found.unfiltered or len(asked.groups) < 2:
        return found
    return _search(asked, filters, now=now, every=False)


def _search(asked: Asked, filters: Filters, *, now: datetime, every: bool) -> Results:
    public = SearchEntry.objects.filter(language=asked.language).valid(now)
    matching = backend().matching(public, asked, every=every)
    counted = matching.order_by().values_list("kind", "audiences").annotate(Count("pk"))
    kinds: Counter[str] = Counter()
    audiences: Counter[str] = Counter()
    total = unfiltered = 0
    for kind, for_whom, number in counted:
        fits_kind = filters.kind in ("", kind)
        fits_audience = not filters.audience or is_for(for_whom, filters.audience)
        unfiltered += number
        total += number if fits_kind and fits_audience else 0
        kinds[kind] += number if fits_audience else 0
        for audience in Audience.values:
            audiences[audience] += number if fits_kind and is_for(for_whom, audience) else 0
    narrowed = _narrowed(matching, filters)
    best_first = backend().ranked(narrowed, asked, every=every, total=total)
    best_first = best_first.annotate(exact=_exact(asked), in_title=_in_title(asked))
    order = ("-exact", "-in_title", "-rank", "title", "pk")
    return Results(best_first.order_by(*order), total, unfiltered, kinds, audiences, not every)


def is_for(for_whom: str, audience: str) -> bool:
    """Whether the column ``audiences`` names this audience, or everyone."""
    return f" {audience} " in for_whom or f" {Audience.EVERYONE.value} " in for_whom


def _narrowed(entries: QuerySet[SearchEntry], filters: Filters) -> QuerySet[SearchEntry]:
    if filters.kind:
        entries = entries.filter(kind=filters.kind)
    if filters.audience:
        mine, everyones = (Q(audiences__contains=f" {word} ") for word in (filters.audience, Audience.EVERYONE.value))
        entries = entries.filter(mine | everyones)
    return entries


def _exact(asked: Asked) -> Case:
    """A title that is what was asked for stands first, then one that begins so."""
    place = When(title_key=asked.place_key, kind=SearchKind.PLACE, then=2)
    return Case(
        When(title_key=asked.key, then=2), place, When(title_key__startswith=f"{asked.key} ", then=1), default=Value(0)
    )


def _in_title(asked: Asked) -> Combinable:
    """How many of the words that were typed begin a word of the title: those pages are about it."""
    words = {word.folded for group in asked.groups for word in group.meanings[0].words}
    each: list[Combinable] = [
        Case(When(Q(title_key__startswith=word) | Q(title_key__contains=f" {word}"), then=1), default=Value(0))
        for word in sorted(words)
    ]
    return sum(each[1:], each[0])


def suggest(asked: Asked, *, now: datetime) -> str:
    """What may have been meant, by the words of titles and places; "" for nothing better. One query."""
    public = SearchEntry.objects.filter(language=asked.language).valid(now).order_by(Length("title"), "pk")
    known: dict[str, str] = {}
    for title in public.values_list("title", flat=True)[:TITLES_READ]:
        for raw in WORD.findall(title):
            known.setdefault(folded_word(raw), raw.lower())
    guesses = [_guess(word.folded, known) or word.raw for word in asked.words[:WORDS_GUESSED]]
    meant = " ".join([*guesses, *(word.raw for word in asked.words[WORDS_GUESSED:])])
    return meant if guesses != [word.raw for word in asked.words[:WORDS_GUESSED]] else ""


def _guess(folded: str, known: dict[str, str]) -> str:
    """The word of a title that is spelt most like this one; "" where it is one itself, or none is near."""
    if folded in known or len(folded) < SHORTEST_GUESSED:
        return ""
    return next((known[close] for close in get_close_matches(folded, known, n=1, cutoff=CLOSE)), "")
