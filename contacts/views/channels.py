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
from contacts.views.access import form_status, known, officers_only, posted
from outreach.audit.trail import reading
from outreach.privacy.workspace import note_passing


@officers_only
def person_channels(request: HttpRequest, pk) -> HttpResponse:
    return _channels(request, known(Person.objects.visible_to(request.user), pk), "workspace:people")


@officers_only
def organisation_channels(request: HttpRequest, pk) -> HttpResponse:
    return _channels(request, known(Organisation.objects.visible_to(request.user), pk), "workspace:organisations")


def _channels(request, contact, tab):
    form = RefusalForm(posted(request), today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data
        since, why = answer["since"], answer["why"]
        refusal = channels.refuse(contact, answer["channel"], since=since, why=why, actor=request.user)
        note_passing(request, form, refusal)
        messages.success(request, _("It is noted. No mail from here breaks it."))
        return redirect(contact)
    reading(request, "view", contact)
    refusals = channels.refusals_of(contact, user=request.user)
    context = {"contact": contact, "form": form, "refusals": refusals, "nav_current": tab}
    return render(request, "contacts/channels.html", context, status=form_status(form))


@officers_only
@require_POST
def lift_refusal(request: HttpRequest, pk: int) -> HttpResponse:
    refusals = Refusal.objects.visible_to(request.user).select_related("person", "organisation")
    refusal = known(refusals, pk)
    channels.lift(refusal, actor=request.user)
    messages.success(request, _("The channel may be used again."))
    return redirect(refusal.person or refusal.organisation)
