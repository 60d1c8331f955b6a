"""What visitors sent in and nobody has decided on: registrations to be linked, and invitations to a dialogue."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.forms.taking_over import RefuseForm
from contacts.models import Person
from contacts.services import deciding, invitations, linking
from contacts.services.keeping import put_main_roles
from contacts.tables import PER_PAGE, CappedPaginator
from contacts.views.access import form_status, known, officers_only, reading_contacts
from contacts.views.taking_over import decided_already, undecided
from events.models import Correction, Event
from events.services.correcting import AlreadyDecided
from events.services.dialogue_requests import put_themes
from outreach.audit.trail import reading, reading_list
from outreach.privacy.workspace import note_passing

CORRECTED = 50
INVITED = 50  # of the longest waiting; the next come when these are answered


@officers_only
def proposals(request: HttpRequest) -> HttpResponse:
    waiting = linking.waiting(request.user).select_related("event")
    event = known(Event.objects.run_by(request.user), request.GET["event"]) if "event" in request.GET else None
    if event:
        waiting = waiting.of(event)
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
    corrections, more_corrections = _corrections(request) if not event and page.number == 1 else ([], False)
    shown = [*(registration.pk for registration in rows), *(one.registration_id for one in corrections)]
    reading_list(request, "events.Registration", shown)
    reading_contacts(request, {one.person for row in [*rows, *corrections] for one in row.suggestions})
    context = {
        "page": page,
        "rows": rows,
        "invited": invited,
        "corrections": corrections,
        "more_corrections": more_corrections,
        "more": more,
        "event": event,
        "today": timezone.localdate(),
    }
    context["nav_current"] = "workspace:proposals"
    return render(request, "contacts/proposals.html", context)


def _corrections(request):
    """The longest waiting, each with what it is about and whom it may be; and whether there are more."""
    found = list(linking.corrections(request.user)[: CORRECTED + 1])
    shown = found[:CORRECTED]
    likely = linking.suggestions_for(shown, user=request.user) if shown else {}
    for correction in shown:
        fields = [field for field in Correction.TOLD if getattr(correction, field) or field in correction.removed]
        correction.subjects = [Correction._meta.get_field(field).verbose_name for field in fields]
        correction.suggestions = likely[correction.pk][:1]
    if shown:
        reading_list(request, "events.Correction", [correction.pk for correction in shown])
    return shown, len(found) > CORRECTED


@officers_only
def proposal(request: HttpRequest, pk) -> HttpResponse:
    """One registration: who it may be from, and a search for somebody else."""
    registration = undecided(request, pk)
    text = request.GET.get("q", "")
    found = []
    if text.strip():
        found = Person.objects.visible_to(request.user).best_found(text, 10)
        put_main_roles(found, request.user)
    suggestions = linking.suggestions(registration, user=request.user)
    decided = deciding.decision(registration, user=request.user)
    organisation = linking.organisation_named(registration, user=request.user)
    named = filter(None, [decided and decided.person, organisation])
    reading(request, "view", registration)
    shown = [*named, *found, *(suggestion.person for suggestion in suggestions)]
    reading_contacts(request, shown, verb="search")
    context = {
        "registration": registration,
        "suggestions": suggestions,
        "organisation": organisation,
        "decided": decided,
        "seen": deciding.state_in(decided),
        "found": found,
        "q": text,
        "today": timezone.localdate(),
        "nav_current": "workspace:proposals",
    }
    return render(request, "contacts/proposal.html", context)


@officers_only
@require_POST
def link(request: HttpRequest, pk) -> HttpResponse:
    registration = undecided(request, pk)
    person = known(Person.objects.visible_to(request.user), request.POST.get("person") or None)
    try:
        linking.link(registration, person, actor=request.user, seen=request.POST.get("seen", ""))
    except AlreadyDecided:
        return decided_already(request, registration)
    messages.success(request, _("The registration is linked to %(name)s.") % {"name": person})
    return redirect("workspace:proposals")


@officers_only
@require_POST
def ignore(request: HttpRequest, pk) -> HttpResponse:
    registration = undecided(request, pk)
    form = RefuseForm(request.POST)
    if not form.is_valid():
        context = {"name": registration.name, "heading": _("Keep no contact"), "form": form}
        context["seen"] = request.POST.get("seen", "")
        return render(request, "contacts/refuse.html", context, status=form_status(form))
    reason, seen = form.cleaned_data["reason"], request.POST.get("seen", "")
    try:
        link = linking.ignore(registration, actor=request.user, seen=seen, reason=reason)
    except AlreadyDecided:
        return decided_already(request, registration)
    note_passing(request, form, link)
    messages.success(request, _("The registration stays at the event. No contact is kept."))
    return redirect("workspace:proposals")
