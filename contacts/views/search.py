"""One search box: people, organisations, dialogues, events. Suggestions while one types are a part of a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from contacts import lines
from contacts.services import searching
from contacts.views.access import officers_only, reading_contacts
from outreach.audit.trail import kept_for_the_end, reading_list

LONGEST = 140


@officers_only
def search(request: HttpRequest) -> HttpResponse:
    text = _asked(request)
    found = searching.search(text, user=request.user)
    with kept_for_the_end():
        reading_contacts(request, found.contacts, verb="search")
        if found.dialogues:
            reading_list(request, "contacts.Dialogue", [talk.pk for talk in found.dialogues], verb="search")
    hits = {kind: [lines.hit(one) for one in getattr(found, kind)] for kind in ("people", "organisations", "similar")}
    context = {"q": text, "found": found, "hits": hits, "nav_current": "workspace:search"}
    return render(request, "contacts/search.html", context)


@officers_only
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the box offers while one types (outreach/design/js/suggest.js); the search page does without."""
    found = searching.suggestions(_asked(request), user=request.user)
    with kept_for_the_end():
        reading_contacts(request, found, verb="search")
    return render(request, "contacts/_suggestions.html", {"found": found})


def _asked(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
