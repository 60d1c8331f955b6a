"""What visitors sent in and nobody has decided on: registrations to be linked, and invitations to a dialogue."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.models import Person
from contacts.services import invitations, linking
from contacts.services.keeping import put_main_roles
from contacts.tables import PER_PAGE, CappedPaginator
from contacts.views.access import known, officers_only, reading_contacts
from events.models import Event, Registration
from events.services.dialogue_requests import put_themes
from outreach.audit.trail import reading, reading_list

INVITED = 50  # of the longest waiting; the next come when these are answered


@officers_only
def proposals(request: HttpRequest) -> HttpResponse:
    waiting = linking.waiting(request.user).select_related("event")
    event = known(Event.objects.run_by(request.user), request.GET["event"]) if "event" in request.GET else None
    if event:
        waiting = waiting.filter(event=event)
    page = CappedPaginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    found = linking.suggestions_for(rows, user=request.user)
    for registration in rows:
        registration.suggestions = found[registration.pk][:3]
    invited = [] if event or page.number > 1 else list(invitations.waiting(request.user)[: INVITED + 1])
    more, invited = len(invited) > INVITED, invited[:INVITED]
    if invited:
        put_themes(invited)
        reading_list(request, "events.DialogueRequest", [invitation.pk for invitation in invited])
    reading_list(request, "events.Registration", [registration.pk for registration in rows])
    reading_contacts(request, {one.person for registration in rows for one in registration.suggestions})
    context = {
        "page": page,
        "rows": rows,
        "invited": invited,
        "more": more,
        "event": event,
        "today": timezone.localdate(),
    }
    context["nav_current"] = "workspace:proposals"
    return render(request, "contacts/proposals.html", context)


@officers_only
def proposal(request: HttpRequest, pk) -> HttpResponse:
    """One registration: who it may be from, and a search for somebody else."""
    registration = known(Registration.objects.visible_to(request.user).select_related("event"), pk)
    text = request.GET.get("q", "")
    found = []
    if text.strip():
        found = list(Person.objects.visible_to(request.user).found_by(text).best_first(text)[:10])
        put_main_roles(found, request.user)
    suggestions = linking.suggestions(registration, user=request.user)
    decided = linking.decision(registration, user=request.user)
    linked = [decided.person] if decided and decided.person else []
    shown = dict.fromkeys([*linked, *found, *(suggestion.person for suggestion in suggestions)])
    reading(request, "view", registration)
    reading_contacts(request, shown, verb="search")
    context = {
        "registration": registration,
        "suggestions": suggestions,
        "organisation": linking.organisation_named(registration, user=request.user),
        "decided": decided,
        "found": found,
        "q": text,
        "today": timezone.localdate(),
        "nav_current": "workspace:proposals",
    }
    return render(request, "contacts/proposal.html", context)


@officers_only
@require_POST
def link(request: HttpRequest, pk) -> HttpResponse:
    registration = _undecided(request, pk)
    person = known(Person.objects.visible_to(request.user), request.POST.get("person") or None)
    linking.link(registration, person, actor=request.user)
    messages.success(request, _("The registration is linked to %(name)s.") % {"name": person})
    return redirect("workspace:proposals")


@officers_only
@require_POST
def ignore(request: HttpRequest, pk) -> HttpResponse:
    registration = _undecided(request, pk)
    linking.ignore(registration, actor=request.user)
    messages.success(request, _("The registration stays at the event. No contact is kept."))
    return redirect("workspace:proposals")


def _undecided(request, pk):
    """A registration this officer may decide on; one linked to somebody hidden from them is not there."""
    registration = known(Registration.objects.visible_to(request.user), pk)
    if not linking.may_decide(registration, user=request.user):
        raise Http404
    return registration
