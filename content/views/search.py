"""The public search: a plain GET form, and nothing of what is typed is kept anywhere."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Page, PageNotAnInteger
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from content.models import SearchEntry, SearchKind, SectionPage, SynonymSet
from content.models.audiences import Audience
from content.models.facets import Choice, Question
from content.models.readers import READERS
from content.services.search_asked import LONGEST, Asked, read
from content.services.search_snippets import Marker, Part, snippet
from content.services.searching import Filters, ResultPages, Results, suggest
from content.services.searching import search as find
from content.tree import Tree

# Everyone is no answer to "who are you": it is what every answer finds as well.
AUDIENCES = [(value, label) for value, label in Audience.choices if value != Audience.EVERYONE]


class Hit(NamedTuple):
    """An entry, and the piece of it that shows why it was found."""

    entry: SearchEntry
    snippet: list[Part]


class Narrowing(NamedTuple):
    """The questions of the form, and what was asked and answered as the links to the other pages repeat it."""

    questions: list[Question]
    query: str


@require_safe
@cache_control(private=True, no_store=True)
def search(request: HttpRequest) -> HttpResponse:
    """What was found; nothing found and nothing asked are helpful pages as well.

    No proxy and no browser keeps the answer, for the address says what was asked.
    """
    language, now = translation.get_language(), timezone.now()
    asked = read(request.GET.get("q", ""), language=language, synonyms=SynonymSet.objects.all())
    tree = Tree.of(request)
    context: dict[str, Any] = {
        "asked": asked,
        "longest": LONGEST,
        "crumbs": [node for node in [tree.home(language)] if node],
        "topics": _topics(tree, language),
        "readers": READERS,
        "is_search": True,
    }
    if asked:
        context |= _answer(request, asked, now)
    return render(request, "content/search.html", context, status=404 if context.get("is_beyond") else 200)


def _answer(request: HttpRequest, asked: Asked, now: datetime) -> dict[str, Any]:
    """What was found and the ways to narrow it; another spelling where nothing was."""
    filters = Filters(_known(request, "kind", SearchKind.values), _known(request, "audience", Audience.values))
    results = find(asked, filters, now=now)
    page, is_beyond = _page(results, request.GET.get("page", "1"))
    marker = Marker(asked)
    answer = {
        "results": results,
        "part": page,
        "is_beyond": is_beyond,
        "hits": [Hit(entry, snippet(entry, marker)) for entry in page],
        "narrowed": _narrowing(asked, filters, results),
        "filters": filters,
        "all_of_it": urlencode({"q": asked.typed}),
    }
    if not results.unfiltered:
        suggestion = suggest(asked, now=now)
        answer |= {"suggestion": suggestion, "suggested": urlencode({"q": suggestion})}
    return answer


def _known(request: HttpRequest, name: str, values: Iterable[str]) -> str:
    """An answer of the form; what the form does not offer asks for nothing."""
    value = request.GET.get(name, "")
    return value if value in values else ""


def _page(results: Results, asked: str) -> tuple[Page, bool]:
    """The page of this number, and whether a number beyond the last was asked for."""
    pages = ResultPages(results)
    try:
        return pages.page(asked), False
    except PageNotAnInteger:
        return pages.page(1), False
    except EmptyPage:
        return pages.page(1), results.total > 0


def _narrowing(asked: Asked, filters: Filters, results: Results) -> Narrowing:
    questions = [
        _question("kind", _("What"), SearchKind.choices, results.kinds, filters.kind),
        _question("audience", _("For whom"), AUDIENCES, results.audiences, filters.audience),
    ]
    answers = {name: value for name, value in filters._asdict().items() if value}
    return Narrowing(questions, urlencode({"q": asked.typed, **answers}))


def _question(
    name: str, label: str | Promise, choices: Iterable[tuple[str, Any]], counts: Counter[str], chosen: str
) -> Question:
    """With the answers that lead somewhere."""
    offered = [Choice(value, text, counts[value], value == chosen) for value, text in choices]
    return Question(name, label, [choice for choice in offered if choice.count or choice.chosen])


def _topics(tree: Tree, language: str) -> list:
    """Where to go on without a word to search for: the pages of the guidance."""
    guidance = tree.part(SectionPage.Part.GUIDANCE, language)
    return tree.children(guidance.path) if guidance else []
