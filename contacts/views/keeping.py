"""Who has gone quiet, and who has not been told that we keep their details: mine, my team's, all I may see."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.forms.informing import InformForm
from contacts.models import Organisation, Person
from contacts.services import informing
from contacts.services.rhythm import gone_quiet
from contacts.views.access import form_status, officers_only, posted, reading_contacts
from outreach.privacy.workspace import note_passing

WHOSE = ("mine", "team", "all")


@officers_only
def quiet(request: HttpRequest) -> HttpResponse:
    today, whose = timezone.localdate(), _whose(request)
    shown = gone_quiet(_kept(request.user, whose), user=request.user, today=today)
    reading_contacts(request, [*shown.past, *shown.never])
    context = {"quiet": shown, "whose": whose, "choices": _choices(), "today": today}
    context["nav_current"] = "workspace:today"
    return render(request, "contacts/quiet.html", context)


@officers_only
def uninformed(request: HttpRequest) -> HttpResponse:
    now, whose = timezone.now(), _whose(request)
    today = timezone.localdate(now)
    rows, more = informing.waiting_to_hear(_kept(request.user, whose), user=request.user)
    waiting = {f"{row._meta.model_name}:{row.pk}": row for row in rows}
    form = InformForm(posted(request), waiting=waiting, today=today)
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data
        told = informing.inform(form.contacts, on=answer["on"], how=answer["how"], now=now, actor=request.user)
        note_passing(request, form, form.contacts[0])
        words = ngettext("%(n)s contact is noted as told.", "%(n)s contacts are noted as told.", told)
        messages.success(request, words % {"n": told})
        return redirect(request.get_full_path())
    reading_contacts(request, rows)
    context = {
        "form": form,
        "rows": [(tick, row, informing.inform_by(row)) for tick, row in zip(form["told"], rows, strict=True)],
        "more": more,
        "whose": whose,
        "choices": _choices(),
        "today": today,
        "nav_current": "workspace:today",
    }
    return render(request, "contacts/uninformed.html", context, status=form_status(form))


def _whose(request):
    asked = request.GET.get("whose")
    return asked if asked in WHOSE else "mine"


def _choices():
    return [("mine", _("Mine")), ("team", _("My team's")), ("all", _("All I may see"))]


def _kept(user, whose):
    """People and organisations ``user`` may see, as far as the page is about them."""
    kept = [Person.objects.visible_to(user), Organisation.objects.visible_to(user).select_related("kind")]
    if whose == "mine":
        return [contacts.owned_by(user) for contacts in kept]
    return [contacts.of_teams_of(user) for contacts in kept] if whose == "team" else kept
