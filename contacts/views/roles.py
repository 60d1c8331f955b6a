"""Which roles a person holds: one more, or one less."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.forms.contacts import EndRoleForm, RoleForm
from contacts.models import Affiliation, Organisation, Person
from contacts.services import keeping
from contacts.views.access import form_status, known, officers_only, posted, reading_contacts
from outreach.audit.trail import reading


@officers_only
def new_role(request: HttpRequest, pk) -> HttpResponse:
    """First find the organisation (a search page), then write the role there."""
    person = known(Person.objects.visible_to(request.user), pk)
    key, text = request.GET.get("organisation"), request.GET.get("q", "")
    organisation = known(Organisation.objects.visible_to(request.user), key) if key else None
    instance = Affiliation(person=person, organisation=organisation)
    form = RoleForm(posted(request), instance=instance, today=timezone.localdate())
    if request.method == "POST" and organisation and form.is_valid():
        keeping.give_role(form.save(commit=False), actor=request.user)
        messages.success(request, _("The role is saved."))
        return redirect(person)
    found = Organisation.objects.visible_to(request.user).found_by(text).best_first(text)[:10] if text.strip() else []
    reading(request, "view", person)
    reading_contacts(request, found, verb="search")
    context = {"person": person, "organisation": organisation, "form": form, "found": found, "q": text}
    context["nav_current"] = "workspace:people"
    return render(request, "contacts/role_form.html", context, status=form_status(form))


@officers_only
def end_role(request: HttpRequest, pk) -> HttpResponse:
    held = Affiliation.objects.visible_to(request.user)
    role = known(held.current().select_related("person", "organisation"), pk)
    form = EndRoleForm(posted(request), role=role, initial={"ended_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        keeping.end_role(role, ended_on=form.cleaned_data["ended_on"], actor=request.user)
        messages.success(request, _("The role has ended."))
        return redirect(role.person)
    reading(request, "view", role)
    reading_contacts(request, [role.person, role.organisation])
    context = {"role": role, "form": form, "nav_current": "workspace:people"}
    return render(request, "contacts/end_role.html", context, status=form_status(form))
