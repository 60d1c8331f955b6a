"""Which channels a contact does not want us to use."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.forms.channels import RefusalForm
from contacts.models import Organisation, Person, Refusal
from contacts.services import channels
from contacts.services.meanwhile import ChangedMeanwhile
from contacts.views.access import as_shown, form_status, known, meanwhile, officers_only, opening, posted
from contacts.views.gone import calm_when_gone
from outreach.audit.trail import reading
from outreach.privacy.workspace import note_passing


@officers_only
def person_channels(request: HttpRequest, pk) -> HttpResponse:
    return _channels(request, opening(known(Person.objects.visible_to(request.user), pk)), "workspace:people")


@officers_only
def organisation_channels(request: HttpRequest, pk) -> HttpResponse:
    organisation = opening(known(Organisation.objects.visible_to(request.user), pk))
    return _channels(request, organisation, "workspace:organisations")


def _channels(request, contact, tab):
    refusals = channels.refusals_of(contact, user=request.user)
    form = RefusalForm(posted(request), today=timezone.localdate(), refusals=refusals)
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data
        facts = {"since": answer["since"], "why": answer["why"], "seen": form.version_seen}
        with meanwhile(form):
            refusal = channels.refuse(contact, answer["channel"], actor=request.user, **facts)
            note_passing(request, form, refusal)
            messages.success(request, _("It is noted. No mail from here breaks it."))
            return redirect(contact)
    reading(request, "view", contact)
    context = {"contact": contact, "form": form, "refusals": refusals, "nav_current": tab}
    return render(request, "contacts/channels.html", context, status=form_status(form))


@officers_only
@require_POST
@calm_when_gone(Refusal)
def lift_refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Never from a page that showed something else than what stands."""
    refusals = Refusal.objects.visible_to(request.user).select_related("person", "organisation")
    refusal = known(refusals, pk)
    contact = refusal.person or refusal.organisation
    try:
        channels.lift(as_shown(request, refusal), actor=request.user)
    except ChangedMeanwhile:
        messages.info(request, _("A colleague noted it anew meanwhile. Look at it, then decide again."))
        return redirect(f"workspace:{contact._meta.model_name}_channels", contact.pk)
    messages.success(request, _("The channel may be used again."))
    return redirect(contact)
