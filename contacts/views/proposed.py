"""A new person from a registration."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.forms.proposed import ProposedPersonForm
from contacts.models import Person
from contacts.services import deciding
from contacts.services.linking import link_new_person, organisation_named, source_of
from contacts.views.access import form_status, posted, reading_contacts
from contacts.views.taking_over import undecided
from events.models import Registration
from events.services.correcting import AlreadyDecided
from outreach.audit.trail import reading
from outreach.privacy.workspace import note_passing


def person_from(request: HttpRequest, registration: Registration) -> HttpResponse:
    """What the visitor wrote, for the officer to keep, change or strike out. Saved once, whoever was first."""
    organisation = organisation_named(registration, user=request.user)
    form = _form(request, registration, organisation)
    if request.method == "POST" and not form.asks_for_more and form.is_valid():
        try:
            return _saved(request, registration, organisation, form)
        except AlreadyDecided:  # by a moment: the form asks now
            form = _form(request, undecided(request, registration.pk), organisation)
    reading(request, "view", registration)
    decided = form.decided.person if form.asks_again and form.decided else None
    named = filter(None, [decided, organisation])
    reading_contacts(request, [*named, *(one.contact for one in form.alike)], verb="search")
    context = {"form": form, "registration": registration, "organisation": organisation}
    context["nav_current"] = "workspace:people"
    return render(request, "contacts/person_form.html", context, status=form_status(form))


def _form(request, registration, organisation):
    return ProposedPersonForm(
        posted(request),
        instance=Person(),
        user=request.user,
        today=timezone.localdate(),
        initial=_proposed(registration, organisation),
        decided=deciding.decision(registration, user=request.user),
    )


def _proposed(registration, organisation):
    return {
        "name": registration.name,
        "email": registration.email,
        "municipality": organisation.municipality_id if organisation else None,
        "source": source_of(registration),
        "purpose": _("dialogue with civil society"),
    }


def _saved(request, registration, organisation, form):
    role = {"organisation": organisation, "role": registration.role}
    known = {**role, **form.kept_with(), "seen": form.state}
    saved = link_new_person(registration, form.to_keep(), actor=request.user, **known)
    note_passing(request, form, saved)
    messages.success(request, _("%(name)s is saved.") % {"name": saved})
    return redirect(saved)
