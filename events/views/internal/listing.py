"""The list participants see of each other, as it would look now; an officer opens it, and can hide it all at once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from events.door.own import Participant
from events.forms.listing import ListingForm
from events.models import Event, Registration
from events.services import planning, showing
from outreach.accounts.access import workspace_required
from outreach.audit.trail import reading_list
from outreach.privacy.workspace import note_passing

from .events import TAB, mine


@workspace_required
def listing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """From when it is shown, and how it reads; nobody stands on it without having chosen to."""
    event, now = mine(request, pk), timezone.now()
    hides = "hide" in request.POST
    form = ListingForm(
        request.POST if request.method == "POST" and not hides else None,
        initial={"list_days_before": event.list_days_before},
    )
    if request.method == "POST" and event.status != Event.Status.CANCELLED and (hides or form.is_valid()):
        days = None if hides else form.cleaned_data["list_days_before"]
        planning.change(event, {"list_days_before": days}, officer=request.user, now=now)
        if not hides:
            note_passing(request, form, event)
        said = _("Participants see nobody now.") if days is None else _("The list is saved.")
        messages.success(request, said)
        return redirect("events_workspace:listing", pk)
    rows = list(Registration.objects.visible_to(request.user).listed(event))
    reading_list(request, "events.Registration", [row.pk for row in rows])
    lines = sorted({str(Participant._make(line)) for line in map(showing.line, rows) if any(line)}, key=str.casefold)
    context = {"event": event, "form": form, "lines": lines, "shown": event.shows_list(now), "nav_current": TAB}
    return render(request, "events/workspace/listing.html", context, status=422 if form.errors else 200)
