"""One entry of "who does what": what it does, whom it is for, how to reach it, and what we know it from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from content.caching import public_page
from content.models import DirectoryEntry, SectionPage
from content.tree import Node, Tree


@require_safe
@public_page
def directory_entry(request: HttpRequest, key: str) -> HttpResponse:
    """The entry, beside the others of its level."""
    entries = DirectoryEntry.objects.select_related("part_of").prefetch_related("sources")
    entry = get_object_or_404(entries, key=key)
    tree, language = Tree.of(request), translation.get_language()
    above = [tree.home(language), tree.part(SectionPage.Part.WHO_DOES_WHAT, language)]
    beside = DirectoryEntry.objects.filter(level=entry.level).in_order()
    context = {
        "entry": entry,
        "beside": beside,
        "parts": [other for other in beside if other.part_of_id == entry.pk],
        "further": _in_language(tree, entry.page_id, language),
        "nav_current": SectionPage.Part.WHO_DOES_WHAT,
        "crumbs": [node for node in above if node],
        "directory": above[-1],
    }
    return render(request, "content/directory_entry.html", context)


def _in_language(tree: Tree, page: int | None, language: str) -> Node | None:
    """The page an editor chose, in the reader's language; None unless it is live there."""
    chosen = tree.by_pk.get(page) if page else None
    others = tree.translations(chosen.translation_key) if chosen else []
    return next((node for node in others if node.language == language), None)
