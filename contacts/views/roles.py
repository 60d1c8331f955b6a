"""Which roles a person holds: one more, one corrected, one less."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.forms.roles import EndRoleForm, RoleForm
from contacts.models import Affiliation, Organisation, Person
from contacts.services import roles
from contacts.views.access import form_status, known, meanwhile, officers_only, opening, posted, reading_contacts
from outreach.audit.trail import reading
from outreach.design.templatetags.design_tags import longdate
from outreach.once import once
from outreach.privacy.workspace import note_passing


def given(request, key):
    """Where a role that was given by the form ``key`` led."""
    role = Affiliation.objects.visible_to(request.user).filter(form_key=key).select_related("person").first()
    return role and role.person


@officers_only
@once(given)
def new_role(request: HttpRequest, pk) -> HttpResponse:
    """First find the organisation (a search page), then write the role there."""
    person = opening(known(Person.objects.visible_to(request.user), pk))
    key, text = request.GET.get("organisation"), request.GET.get("q", "")
    organisation = known(Organisation.objects.visible_to(request.user), key) if key else None
    instance = Affiliation(person=person, organisation=organisation)
    form = RoleForm(posted(request), instance=instance, user=request.user, today=timezone.localdate())
    if request.method == "POST" and organisation and form.is_valid():
        with meanwhile(form):
            return _saved(request, form, roles.give_role)
    seen = Organisation.objects.visible_to(request.user).select_related("kind")
    found = seen.best_found(text, 10)
    reading(request, "view", person)
    reading_contacts(request, [*found, *filter(None, [organisation])], verb="search")
    context = {"person": person, "organisation": organisation, "form": form, "found": found, "q": text}
    return _answer(request, "contacts/role_form.html", form, context)


@officers_only
def edit_role(request: HttpRequest, pk: int) -> HttpResponse:
    """A role as it is or was, to be corrected."""
    role = _held(request, pk)
    form = RoleForm(posted(request), instance=role, user=request.user, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        with meanwhile(form):
            return _saved(request, form, roles.correct_role)
    reading(request, "view", role)
    reading_contacts(request, [role.person, role.organisation])
    context = {"person": role.person, "organisation": role.organisation, "role": role, "form": form}
    return _answer(request, "contacts/role_form.html", form, context)


def _saved(request, form, save):
    role = save(form.save(commit=False), actor=request.user, instead_of=form.handover)
    note_passing(request, form, role)
    messages.success(request, _("The role is saved."))
    return redirect(role.person)


@officers_only
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    role, today = _held(request, pk), timezone.localdate()
    if not role.is_current:
        messages.info(request, _("The role has ended already: %(day)s.") % {"day": longdate(role.ended_on)})
        return redirect(role.person)
    form = EndRoleForm(posted(request), role=role, today=today, initial={"ended_on": today})
    if request.method == "POST" and form.is_valid():
        with meanwhile(form):
            roles.end_role(role, ended_on=form.cleaned_data["ended_on"], actor=request.user)
            messages.success(request, _("The role has ended."))
            return redirect(role.person)
    reading(request, "view", role)
    reading_contacts(request, [role.person, role.organisation])
    return _answer(request, "contacts/end_role.html", form, {"role": role, "form": form})


def _held(request, pk):
    return known(Affiliation.objects.visible_to(request.user).select_related("person", "organisation"), pk)


def _answer(request, template, form, context):
    named = list(form.others.values()) if isinstance(form, RoleForm) else []
    reading_contacts(request, [role.person for role in named])
    context["nav_current"] = "workspace:people"
    return render(request, template, context, status=form_status(form))
