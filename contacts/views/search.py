"""One search box: people, organisations, events."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from contacts.services import searching
from contacts.views.access import officers_only, reading_contacts


@officers_only
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:140]
    found = searching.search(text, user=request.user, now=timezone.now())
    reading_contacts(request, [*found.people, *found.organisations], verb="search")
    return render(request, "contacts/search.html", {"q": text, "found": found, "nav_current": "workspace:search"})
