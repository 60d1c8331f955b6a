"""Laying out the programme of an event."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from events.forms.agenda import MORE, AgendaForm, rows_sent, told
from events.models import Event, WrongMove
from events.services import agenda
from outreach.accounts.access import desk_required
from outreach.privacy.workspace import note_passing

from .events import TAB, mine


@desk_required
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The programme line by line; more lines come with what was typed still there."""
    event = mine(request, pk)
    form = asked(request, event)
    if form.is_bound and form.is_valid():
        try:
            agenda.arrange(event, form.lines, officer=request.user, now=timezone.now())
        except WrongMove:
            form.add_error(None, _("The event is cancelled. It can no longer be changed."))
        else:
            note_passing(request, form, event)
            messages.success(request, _("The programme is saved. Nobody has been mailed."))
            return redirect("events_workspace:event", event.pk)
    context = {"form": form, "event": event, "nav_current": TAB}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "events/workspace/agenda.html", context, status=status)


def asked(request: HttpRequest, event: Event) -> AgendaForm:
    """The form as it was sent, with more lines if these were asked for, or as the programme stands."""
    if request.method != "POST":
        lines = agenda.current(event)
        return AgendaForm(event=event, rows=len(lines) + MORE, initial=told(lines))
    rows = rows_sent(request.POST)
    if "more" in request.POST:
        return AgendaForm(event=event, rows=rows + MORE, initial=request.POST.dict())
    return AgendaForm(request.POST, event=event, rows=rows)
