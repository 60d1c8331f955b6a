"""The page behind the link in the mail to an owner: what readers see, and whether it is still right.

A GET only shows; a POST acts (mail scanners open every link). Unknown, used, expired and mangled links get one page.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from content import door
from content.context import channels_at
from content.forms.upkeep import NoteForm
from content.models import DirectoryEntry
from content.services.still_correct import digest
from outreach.privacy import limits
from outreach.privacy.forms import public_form

# A personal address is nobody else's to find.
UNLISTED: dict[str, Any] = {"canonical_url": "", "alternates": (), "nav_current": ""}
TOO_MANY = _("Many answers have come from here within an hour. Your text is still here: send it again later.")


@never_cache
@public_form
def still_correct(request: HttpRequest, token: str) -> HttpResponse:
    """Show the row as it is published, and take the one answer."""
    h = digest(token)
    seen = door.view(h, used=request.method == "POST")
    if seen is None:
        return _unusable(request)
    context = UNLISTED | _published(request, seen)
    if request.method != "POST":
        return render(request, "content/still_correct.html", context | {"form": NoteForm()})
    if "yes" in request.POST:
        door.confirm(h)
        return _answered(request, h, context)
    return _objected(request, h, context)


@never_cache
@public_form
def mangled(request: HttpRequest, link: str) -> HttpResponse:
    """What begins like a personal link and is none."""
    return _unusable(request)


def _unusable(request: HttpRequest) -> HttpResponse:
    return render(request, "content/link_unusable.html", UNLISTED, status=404)


def _objected(request: HttpRequest, h: str, context: dict[str, Any]) -> HttpResponse:
    form = NoteForm(request.POST)
    status = 422
    if form.is_valid():
        if limits.allow(limits.from_source(request, "still correct"), now=timezone.now()):
            door.object_to(h, form.cleaned_data["note"])
            return _answered(request, h, context)
        form.add_error(None, TOO_MANY)
        status = 429
    return render(request, "content/still_correct.html", context | {"form": form}, status=status)


def _answered(request: HttpRequest, h: str, context: dict[str, Any]) -> HttpResponse:
    """The same however often the button is pressed."""
    seen = door.view(h, used=True)
    if seen is None or not seen.answered:
        return _unusable(request)
    return render(request, "content/still_correct_answered.html", context | {"seen": seen})


def _published(request: HttpRequest, seen: door.View) -> dict[str, Any]:
    """The entry or the channel as every reader finds it."""
    if seen.entry_id:
        entry = DirectoryEntry.objects.select_related("part_of").get(pk=seen.entry_id)
        return {"entry": entry, "name": entry.name}
    channels = channels_at(request, timezone.now()).values()
    found = next(help for help in channels if help.channel.pk == seen.channel_id)
    return {"help": found, "name": found.channel.name}
