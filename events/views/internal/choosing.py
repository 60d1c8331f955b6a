"""Whom an officer asks to an event, ticked among contacts: people, and organisations with their mailbox and roles."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from events.inviting_seams import Choice, Contacts, Invitee, contacts_of
from events.models import Event
from events.services import inviting
from events.services.address_lists import Entry, Found
from outreach.accounts.access import workspace_required
from outreach.audit.trail import reading_list
from outreach.mail.models import normal

from .events import TAB, mine
from .invitations import prepare

SHOWN = 200
ORGANISATIONS = "organisations"


@workspace_required
def choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tick contacts one may see, by list, kind, place or name; those who want no e-mail are shown and left out."""
    room = contacts_of(request.user)  # type: ignore[arg-type]
    if room is None:
        raise PermissionDenied
    event = mine(request, pk)
    if request.method == "POST":
        put_on_the_list(request, event, ticked(request, room))
        return redirect("events_workspace:invitations", pk)
    by = ORGANISATIONS if request.GET.get("by") == ORGANISATIONS else "people"
    choose_from = room.choose_organisations if by == ORGANISATIONS else room.choose
    choice = choose_from(request.user, request.GET, most=SHOWN)  # type: ignore[arg-type]
    note(request, choice)
    known = inviting.known(event)
    asked = request.GET.copy()
    asked.pop("by", None)
    context = {
        "event": event,
        "choice": choice,
        "found": [(one, *told(one, known)) for one in choice.people],
        "by": by,
        "asked": asked.urlencode(),
        "nav_current": TAB,
    }
    return render(request, "events/workspace/choose_invited.html", context)


def told(one: Invitee, known: dict[str, Found]) -> tuple[Found | None, list[tuple[Invitee, Found | None]]]:
    """What is known of the address already, and the same of those who hold a role and have mail."""
    holders = [(each, known.get(normal(each.email))) for each in one.holders if each.email]
    return known.get(normal(one.email)), holders


def note(request: HttpRequest, choice: Choice) -> None:
    """Note whom the page names."""
    reading_list(request, choice.label, [one.key for one in choice.people])
    if holders := {each.key for one in choice.people for each in one.holders}:
        reading_list(request, choice.holders_label, sorted(holders))


def ticked(request: HttpRequest, room: Contacts) -> list[Invitee]:
    """Those of the ticks that this colleague may see."""
    people = room.chosen(request.user, request.POST.getlist("person"))  # type: ignore[arg-type]
    return room.chosen_organisations(request.user, request.POST.getlist("organisation")) + people  # type: ignore[arg-type]


def put_on_the_list(request: HttpRequest, event: Event, chosen: Iterable[Invitee]) -> None:
    named = [Entry(one.name, one.email, language=one.language) for one in chosen if one.email and not one.refuses]
    for entry in prepare(request, event, named, language=event.language):
        if not entry.is_new and entry.found:
            messages.info(request, f"{entry.name}: {entry.found.label}")
