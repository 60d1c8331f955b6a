"""An association's invitation to a dialogue: read it, take it, say yes or no."""

from secrets import token_hex

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.forms.invitations import AcceptForm
from contacts.models import FollowUp
from contacts.services import invitations
from contacts.services.meanwhile import ChangedMeanwhile
from contacts.views.access import form_status, known, officers_only, posted, reading_contacts
from events.forms.dialogue import DeclineForm
from events.models import DialogueRequest
from events.services import dialogue_requests
from events.services.dialogue_requests import NotYours
from outreach.audit.trail import reading
from outreach.mail.rendering import preview
from outreach.once import once
from outreach.privacy.workspace import note_passing

TAB = "workspace:proposals"


def _read(request, pk):
    """The invitation, and a note that it was read."""
    rows = DialogueRequest.objects.visible_to(request.user).select_related("municipality", "handler")
    found = known(rows, pk)
    dialogue_requests.put_themes([found])
    reading(request, "view", found)
    return found


def accepted(request, key):
    """Where one goes on from the follow-up that was made with this key."""
    follow_up = FollowUp.objects.visible_to(request.user).owned_by(request.user).with_contacts().filter(pk=key).first()
    return follow_up and (follow_up.organisation or follow_up.person)


@officers_only
@once(accepted)
def invitation(request: HttpRequest, pk) -> HttpResponse:
    """What they wrote, who it may be, and the button that says yes."""
    found, today = _read(request, pk), timezone.localdate()
    context = {"invitation": found, "mine": found.handler_id == request.user.pk, "today": today, "nav_current": TAB}
    if not found.waits:
        follow_up = invitations.answered_with(found, user=request.user)
        reading_contacts(request, follow_up.about if follow_up else [])
        return render(request, "contacts/invitation_answered.html", context | {"follow_up": follow_up})
    text = request.GET.get("q", "")
    candidates = invitations.candidates(found, user=request.user, text=text)
    form = AcceptForm(posted(request), invitation=found, candidates=candidates, user=request.user, today=today)
    if request.method == "POST" and form.is_valid():
        return _accept(request, found, form, today)
    reading_contacts(request, [*candidates.people, *candidates.organisations], verb="search")
    mail = preview(
        "events.dialogue_accepted", about=found, language=found.language, context={"officer": request.user.name}
    )
    context |= {"form": form, "q": text, "mail": mail}
    return render(request, "contacts/invitation.html", context, status=form_status(form))


def _accept(request, found, form, today):
    yes = form.yes
    try:
        invitations.accept(found, yes, officer=request.user, now=timezone.now(), today=today)
    except NotYours:
        return _too_late(request, found)
    except ChangedMeanwhile:
        words = _("What you compared has changed meanwhile. Nothing is saved. Choose again for each field.")
        messages.info(request, words)
        return redirect("workspace:invitation", found.pk)
    note_passing(request, form, found)
    messages.success(request, _("You have said yes to %(name)s. One mail is on its way.") % {"name": found})
    return redirect(yes.organisation)


@officers_only
@require_POST
def take(request: HttpRequest, pk) -> HttpResponse:
    """Look after it oneself; from a colleague only if it is the one the page named."""
    found = _read(request, pk)
    try:
        if str(found.handler_id or "") != request.POST.get("from", ""):
            raise NotYours
        dialogue_requests.take(found, officer=request.user, over_from=found.handler)
    except NotYours:
        return _too_late(request, found)
    messages.success(request, _("You have taken the invitation. Nobody got a mail."))
    return redirect("workspace:invitation", found.pk)


@officers_only
@require_POST
def hand_back(request: HttpRequest, pk) -> HttpResponse:
    found = _read(request, pk)
    try:
        dialogue_requests.hand_back(found, officer=request.user)
    except NotYours:
        return _too_late(request, found)
    messages.success(request, _("Any colleague can take the invitation now."))
    return redirect("workspace:proposals")


@officers_only
def decline(request: HttpRequest, pk) -> HttpResponse:
    """The mail as it will be sent, with the officer's own words in its middle."""
    found = _read(request, pk)
    if not found.waits:
        return _too_late(request, found)
    form = DeclineForm(posted(request), initial={"answer": _kind_words(found)})
    if request.method == "POST" and form.is_valid():
        try:
            dialogue_requests.decline(found, form.cleaned_data["answer"], officer=request.user, now=timezone.now())
        except NotYours:
            found = _read(request, pk)
            if not found.waits:
                return _too_late(request, found)
            form.add_error(None, _who_was_first(found, request.user))
            return _decline_page(request, found, form)
        note_passing(request, form, found)
        messages.success(request, _("You have said no to %(name)s. One mail is on its way.") % {"name": found})
        return redirect("workspace:proposals")
    return _decline_page(request, found, form)


def _decline_page(request, found, form):
    gap = token_hex(8)
    mail = preview("events.dialogue_declined", about=found, language=found.language, context={"answer": gap})
    before, _gap, after = mail.text.partition(gap)
    context = {"invitation": found, "today": timezone.localdate(), "nav_current": TAB}
    context |= {"form": form, "mail": mail, "before": before, "after": after}
    return render(request, "contacts/invitation_decline.html", context, status=form_status(form))


def _kind_words(found):
    """Where to begin from, in the language of the one who reads it."""
    with translation.override(found.language):
        return _(
            "Thank you for inviting us to a dialogue. We cannot come this time, and we are sorry about that.\n\n"
            "Your info-house may be able to help. Call 114 and ask for it."
        )


def _too_late(request, found):
    """A colleague, or the association, was first: said calmly, and the page shows how it stands."""
    found.refresh_from_db()
    messages.info(request, _who_was_first(found, request.user))
    return redirect("workspace:invitation", found.pk)


def _who_was_first(found, user):
    name, status = {"name": found.handler}, DialogueRequest.Status
    if not found.handler or found.handler_id == user.pk:
        return _("The invitation is no longer as you saw it. Nothing was changed, and no mail was sent.")
    if found.status == status.ACCEPTED:
        return _("%(name)s said yes first. Nothing was changed, and no mail was sent.") % name
    if found.status == status.DECLINED:
        return _("%(name)s said no first. Nothing was changed, and no mail was sent.") % name
    return _("%(name)s was there first. Nothing was changed, and no mail was sent.") % name
