"""The files of an event: what there is, one more, one less."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.views.documents import handed_out
from events.forms.materials import MaterialForm
from events.models import Event
from events.services import materials
from outreach.accounts.access import desk_required
from outreach.once import once
from outreach.privacy.workspace import note_passing

from .events import TAB, mine


def added(request: HttpRequest, key: UUID) -> str | None:
    """Where a file that was added with this key is shown."""
    event = Event.objects.run_by(request.user).filter(materials=key).first()
    return event and reverse("events_workspace:materials", args=[event.pk])


@desk_required
@once(added)
def material_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Those there are, and a form for one more."""
    event = mine(request, pk)
    form = MaterialForm(request.POST or None, request.FILES or None, event=event)
    if request.method == "POST" and form.is_valid():
        try:
            materials.add(form.save(commit=False), form.cleaned_data["upload"], officer=request.user)
        except materials.Enough:
            form.add_error(None, _("An event has 30 files at most. Remove one first."))
        else:
            note_passing(request, form, event)
            messages.success(request, _("The file is added. Nobody has been mailed."))
            return redirect("events_workspace:materials", pk)
    context = {"event": event, "materials": event.materials.all(), "form": form, "nav_current": TAB}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "events/workspace/materials.html", context, status=status)


@desk_required
@require_safe
def material(request: HttpRequest, pk: UUID, material: UUID) -> HttpResponseBase:
    """The file, for those who run the event."""
    wanted = get_object_or_404(mine(request, pk).materials, pk=material)
    return handed_out(wanted.file, name=wanted.name)


@desk_required
def remove(request: HttpRequest, pk: UUID, material: UUID) -> HttpResponse:
    """Asked first: a file that is removed does not come back. The second click finds it gone, and says so."""
    event = mine(request, pk)
    wanted = event.materials.filter(pk=material).first()
    if wanted is None:
        messages.info(request, _("The file is gone already."))
        return redirect("events_workspace:materials", pk)
    if request.method == "POST":
        materials.remove(wanted, officer=request.user)
        messages.success(request, _("The file is removed."))
        return redirect("events_workspace:materials", pk)
    context = {"event": event, "material": wanted, "nav_current": TAB}
    return render(request, "events/workspace/remove_material.html", context)
