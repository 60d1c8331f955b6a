"""The tree of kinds of organisations, kept by team leads and administrators."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from contacts.forms.kinds import OrganisationKindForm
from contacts.models import OrganisationKind
from contacts.services.kinds import hold_still, keep_kind
from contacts.views.access import form_status, known, posted
from contacts.views.vocabulary import keepers_only
from contacts.vocabulary import forget
from outreach.privacy.workspace import note_passing

WORDS = "workspace:vocabulary"


@keepers_only
def new_kind(request: HttpRequest) -> HttpResponse:
    return _edited(request, None, _("New kind of organisation"))


@keepers_only
def kind(request: HttpRequest, pk) -> HttpResponse:
    return _edited(request, pk, _("Kind of organisation"))


@transaction.atomic
def _edited(request, pk, heading):
    if request.method == "POST":
        hold_still()
    kind = OrganisationKind() if pk is None else known(OrganisationKind.objects.select_related("parent"), pk)
    form = OrganisationKindForm(posted(request), instance=kind)
    if request.method == "POST" and form.is_valid():
        saved = keep_kind(form.save(commit=False), actor=request.user)
        note_passing(request, form, saved)
        transaction.on_commit(forget)
        messages.success(request, _("“%(word)s” is saved.") % {"word": saved})
        return redirect(WORDS)
    context = {"form": form, "heading": heading, "nav_current": WORDS}
    return render(request, "contacts/vocabulary_form.html", context, status=form_status(form))
