"""What a visitor wrote against what we hold of one person: chosen field by field, or refused."""

from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.forms.taking_over import CompareForm, RefuseForm
from contacts.models import Person
from contacts.services import deciding, linking, taking_over
from contacts.services.keeping import put_main_roles
from contacts.services.meanwhile import ChangedMeanwhile
from contacts.services.taking_over import Choice
from contacts.views.access import form_status, known, officers_only, posted, reading_contacts
from events.models import Correction, Registration
from events.services.correcting import AlreadyDecided
from outreach.audit.trail import reading
from outreach.privacy.workspace import note_passing

TAB = "workspace:proposals"
FOUND = 10
TOLD = Correction.TOLD


def undecided(request, pk):
    """A registration this officer may decide on; one linked to somebody hidden from them is not there."""
    registration = known(Registration.objects.visible_to(request.user).select_related("event"), pk)
    if not deciding.may_decide(registration, user=request.user):
        raise Http404
    return registration


def decided_already(request, registration):
    """A colleague was first: said in a sentence, and the page shows how it stands; of somebody hidden it is gone."""
    decided = deciding.decision(undecided(request, registration.pk), user=request.user)
    messages.info(request, deciding.in_a_sentence(decided))
    return redirect("workspace:proposal", registration.pk)


def _taken(request, person, take, *, done, too_late):
    """``take`` what was chosen, or say who was quicker: a colleague who decided, or somebody who changed it."""
    try:
        take()
    except AlreadyDecided:
        return too_late()
    except ChangedMeanwhile:
        return _look_again(request, person)
    messages.success(request, done)
    return redirect(TAB)


def _person(request):
    return known(Person.objects.visible_to(request.user), request.GET.get("person") or request.POST.get("person"))


@officers_only
def registration(request: HttpRequest, pk) -> HttpResponse:
    """Link a registration to the person the address names, and take over what is chosen."""
    found = undecided(request, pk)
    person, seen = _person(request), deciding.state_of(found)
    form = _form(request, found, person, seen=seen, prefers=Choice.KEEP)
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data
        facts = {name: answer[name] for name in ("seen", "shown", "version")}
        facts |= {"actor": request.user, "today": timezone.localdate()}
        take = partial(taking_over.accept_registration, found, person, form.chosen, **facts)
        done = _("The registration is linked to %(name)s.") % {"name": person}
        return _taken(request, person, take, done=done, too_late=partial(decided_already, request, found))
    if form.is_stale:
        return _look_again(request, person) if form["seen"].data == seen else decided_already(request, found)
    return _page(request, found, person, form)


@officers_only
def correction(request: HttpRequest, pk) -> HttpResponse:
    """What a registrant wants corrected, and who they may be."""
    found = _correction(request, pk)
    suggestions = linking.suggestions(found, user=request.user)
    text = request.GET.get("q", "").strip()
    others = Person.objects.visible_to(request.user).best_found(text, FOUND) if text else []
    put_main_roles(others, request.user)
    reading_contacts(request, [*(one.person for one in suggestions), *others], verb="search")
    context = {"correction": found, "suggestions": suggestions, "found": others, "q": text, "nav_current": TAB}
    context |= {"told": _told(found), "today": timezone.localdate(), "refuse_form": RefuseForm(None)}
    return render(request, "contacts/correction.html", context)


@officers_only
def compare_correction(request: HttpRequest, pk) -> HttpResponse:
    found, person = _correction(request, pk), _person(request)
    if not found.waits:
        return _too_late(request, found)
    form = _form(request, found, person, seen="", prefers=Choice.TAKE)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("shown", "version")}
        facts |= {"actor": request.user, "now": timezone.now()}
        take = partial(taking_over.accept_correction, found, person, form.chosen, **facts)
        done = _("The correction is taken over to %(name)s. Nobody got a mail.") % {"name": person}
        return _taken(request, person, take, done=done, too_late=partial(_too_late, request, found))
    if form.is_stale:
        return _look_again(request, person)
    return _page(request, found, person, form)


@officers_only
def refuse_correction(request: HttpRequest, pk) -> HttpResponse:
    found = _correction(request, pk)
    form = RefuseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            taking_over.refuse_correction(found, actor=request.user, now=timezone.now(), reason=reason)
        except AlreadyDecided:
            return _too_late(request, found)
        note_passing(request, form, found)
        messages.success(request, _("The correction is refused. Nothing was changed, and nobody got a mail."))
        return redirect(TAB)
    context = {"proposal": found, "name": found, "form": form, "nav_current": TAB}
    return render(request, "contacts/refuse.html", context, status=form_status(form))


def _correction(request, pk):
    rows = Correction.objects.visible_to(request.user)
    found = known(rows.select_related("registration__event", "decided_by"), pk)
    reading(request, "view", found)
    reading(request, "view", found.registration)
    return found


def _told(correction):
    """What is to be corrected, each with what the registration says."""
    registration, removed = correction.registration, correction.removed
    after = {field: getattr(correction, field) or (_("To be removed") if field in removed else "") for field in TOLD}
    return [
        (Correction._meta.get_field(field).verbose_name, getattr(registration, field, ""), text)
        for field, text in after.items()
        if text
    ]


def _form(request, proposal, person, *, seen, prefers):
    found = taking_over.differences(proposal, person, user=request.user)
    return CompareForm(posted(request), differences=found, version=person.version, seen=seen, prefers=prefers)


def _page(request, proposal, person, form):
    reading(request, "view", proposal)
    reading_contacts(request, [person, *_named_in(form.differences)])
    context = {"proposal": proposal, "person": person, "form": form, "nav_current": TAB}
    context["is_correction"] = isinstance(proposal, Correction)
    return render(request, "contacts/compare.html", context, status=form_status(form))


def _named_in(differences):
    for one in differences:
        yield from [one.organisation] if one.organisation else []
        yield from (role.person for role in one.holders)


def _too_late(request, correction):
    correction.refresh_from_db(fields=["status", "decided_by"])
    messages.info(request, deciding.who_corrected_first(correction))
    return redirect("workspace:correction", correction.pk)


def _look_again(request, person):
    """The same comparison with what is held now."""
    words = _("What you compared has changed meanwhile. Nothing is saved. Choose again for each field.")
    messages.info(request, words)
    return redirect(f"{request.path}?{urlencode({'person': person.pk})}")
