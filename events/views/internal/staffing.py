"""Who looks after an event, for those who run it; and the door, where names are read on the day."""

from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.forms.staffing import HelperForm, OwnerForm
from events.models import Event, Helper, Registration
from events.services import staffing
from outreach.accounts.access import door_required, for_roles, workspace_required
from outreach.accounts.models import Role
from outreach.accounts.proof import fresh_proof_required
from outreach.audit.trail import reading_list
from outreach.privacy.workspace import note_passing

from .events import TAB, mine

DOORS = "events_workspace:doors"


@workspace_required
@fresh_proof_required
def staff(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The owner and the helpers, and what changes them."""
    event = mine(request, pk)
    sent = request.POST if request.method == "POST" else None
    owner_form = OwnerForm(sent if sent and "give" in sent else None, event=event)
    helper_form = HelperForm(sent if sent and "name" in sent else None, event=event)
    if owner_form.is_bound and owner_form.is_valid():
        return given(request, event, owner_form)
    if helper_form.is_bound and helper_form.is_valid() and named(request, event, helper_form):
        return redirect("events_workspace:staff", pk)
    context = {
        "event": event,
        "helpers": Helper.objects.visible_to(request.user).of(event),
        "owner_form": owner_form,
        "helper_form": helper_form,
        "nav_current": TAB,
    }
    wrong = owner_form.errors or helper_form.errors
    return render(request, "events/workspace/staff.html", context, status=422 if wrong else 200)


def given(request: HttpRequest, event: Event, form: OwnerForm) -> HttpResponse:
    receiver = form.cleaned_data["owner"]
    staffing.give(event, receiver, officer=request.user, now=timezone.now())
    note_passing(request, form, event)
    messages.success(request, _("The event belongs to %(name)s now.") % {"name": receiver.name})
    still = Event.objects.run_by(request.user).filter(pk=event.pk).exists()
    return redirect("events_workspace:staff", event.pk) if still else redirect(TAB)


def named(request: HttpRequest, event: Event, form: HelperForm) -> bool:
    colleague, day = form.cleaned_data["colleague"], form.cleaned_data["day"]
    try:
        with transaction.atomic():
            staffing.name_helper(event, colleague, day=day, officer=request.user)
    except IntegrityError:
        form.add_error("colleague", _("They are named for that day already."))
        return False
    note_passing(request, form, event)
    messages.success(request, _("%(name)s can read the names on that day.") % {"name": colleague.name})
    return True


@workspace_required
@require_POST
@fresh_proof_required
def let_go(request: HttpRequest, pk: UUID, helper: UUID) -> HttpResponse:
    event = mine(request, pk)
    staffing.let_go(
        get_object_or_404(Helper.objects.visible_to(request.user).of(event), pk=helper), officer=request.user
    )
    messages.success(request, _("They read no names any more."))
    return redirect("events_workspace:staff", pk)


@for_roles(frozenset({Role.CHECK_IN_HELPER}))
@require_safe
def doors(request: HttpRequest) -> HttpResponse:
    """Where a helper begins: the events and days they are named for."""
    today = timezone.localdate()
    context = {
        "helping": Helper.objects.ahead_of(request.user, today),
        "open": set(Event.objects.helped_by(request.user, today).values_list("pk", flat=True)),
        "today": today,
        "nav_current": DOORS,
    }
    return render(request, "events/workspace/doors.html", context)


@door_required
@require_safe
def door(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The names of those who come to the venue; nothing else about them."""
    helps = request.user.role == Role.CHECK_IN_HELPER
    open_to = (
        Event.objects.helped_by(request.user, timezone.localdate()) if helps else Event.objects.run_by(request.user)
    )
    event = get_object_or_404(open_to, pk=pk)
    coming = Registration.objects.visible_to(request.user).at_the_door(event)
    names = list(coming.values_list("pk", "name"))
    reading_list(request, "events.Registration", [pk for pk, _name in names])
    helps = request.user.role == Role.CHECK_IN_HELPER
    told = {"event": event, "names": [name for _pk, name in names], "helps": helps}
    return render(request, "events/workspace/door.html", told | {"nav_current": DOORS if helps else TAB})
