"""Who may see a contact: only its owner opens these pages; to everyone else they are not there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.forms.sharing import AccessForm, ReasonForm
from contacts.models import ContactGrant, Organisation, Person
from contacts.services import sharing
from contacts.views.access import form_status, known, officers_only
from contacts.views.gone import calm_when_gone
from outreach.accounts.proof import fresh_proof_required
from outreach.audit.trail import reading
from outreach.once import once
from outreach.privacy.workspace import note_passing


def access_given(request, key):
    """The page of the access that the form ``key`` gave."""
    grants = ContactGrant.objects.visible_to(request.user).filter(form_key=key, granted_by=request.user)
    grant = grants.select_related("person", "organisation").first()
    return grant and _page_of(grant)


@officers_only
@fresh_proof_required
@once(access_given)
def person_access(request: HttpRequest, pk) -> HttpResponse:
    return _access(request, Person, pk, "workspace:people")


@officers_only
@fresh_proof_required
@once(access_given)
def organisation_access(request: HttpRequest, pk) -> HttpResponse:
    return _access(request, Organisation, pk, "workspace:organisations")


def _access(request, model, pk, tab):
    contact = known(model.objects.visible_to(request.user).owned_by(request.user), pk)
    today = timezone.localdate()
    asked = request.POST.get("do")
    reason = ReasonForm(request.POST if asked in ("restrict", "open") else None, prefix="reason")
    access = AccessForm(request.POST if asked == "give" and contact.restricted else None, contact=contact, today=today)
    if reason.is_bound and reason.is_valid():
        change = sharing.restrict if asked == "restrict" else sharing.open_up
        change(contact, actor=request.user, reason=reason.cleaned_data["reason"])
        note_passing(request, reason, contact)
        messages.success(request, _restriction_words(contact))
        return redirect(request.path)
    if access.is_bound and access.is_valid():
        answer = access.cleaned_data
        colleague = answer["colleague"]
        given = {"until": answer["until"], "reason": answer["reason"], "form_key": access.key}
        try:
            sharing.give_access(contact, colleague, actor=request.user, today=today, **given)
        except sharing.NotRestricted:
            messages.info(request, _("Every officer can see it now."))
            return redirect(request.path)
        note_passing(request, access, contact)
        messages.success(request, _("%(name)s may see it now.") % {"name": colleague})
        return redirect(request.path)
    reading(request, "view", contact)
    grants = contact.grants.live(today).select_related("user")
    context = {"contact": contact, "reason_form": reason, "access_form": access, "grants": grants, "nav_current": tab}
    return render(request, "contacts/access.html", context, status=form_status(reason, access))


def _restriction_words(contact):
    if contact.restricted:
        return _("Only you can see it now, and colleagues you give access.")
    return _("Every officer can see it now.")


@officers_only
@require_POST
@fresh_proof_required
@calm_when_gone(ContactGrant)
def end_access(request: HttpRequest, pk: int) -> HttpResponse:
    grants = ContactGrant.objects.visible_to(request.user).on_contacts_of(request.user)
    grant = known(grants.select_related("person", "organisation", "user"), pk)
    sharing.end_access(grant, actor=request.user)
    messages.success(request, _("%(name)s can no longer see it.") % {"name": grant.user})
    return redirect(_page_of(grant))


def _page_of(grant):
    if grant.person_id:
        return reverse("workspace:person_access", args=[grant.person_id])
    return reverse("workspace:organisation_access", args=[grant.organisation_id])
