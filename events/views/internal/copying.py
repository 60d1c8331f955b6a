"""Copying an event to another day."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from events.forms.copying import CopyForm
from events.services import copying
from outreach.accounts.access import workspace_required
from outreach.once import once

from .events import TAB, mine, planned


@workspace_required
@once(planned)
def copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A draft of one's own with all that was planned, and none of those who came."""
    event = mine(request, pk)
    form = CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["day"]
        made = copying.copy(event, day=day, officer=request.user, now=timezone.now(), key=form.key)
        messages.success(request, _("The copy is saved as a draft. Nobody else can see it yet."))
        return redirect("events_workspace:event", made.pk)
    context = {"form": form, "event": event, "nav_current": TAB}
    return render(request, "events/workspace/copy.html", context, status=422 if form.errors else 200)
