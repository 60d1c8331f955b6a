"""Answering an invitation: come, say no, name somebody else, register with a link of several seats.

A GET only shows; a POST acts. This is the one place of the public face where a closed event is read, through the door.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from events.door import invited as door
from events.forms.invited import AnotherForm, DeclineForm, InvitedForm
from events.models import Invitation, Refusal, Registration
from events.services.tokens import digest
from events.views.links import UNLISTED, unusable
from outreach.design.templatetags.design_tags import longdate
from outreach.languages import written_in
from outreach.links import public_href
from outreach.privacy import limits
from outreach.privacy.forms import public_form
from outreach.privacy.retention import RULES

Status = Invitation.Status
PER_LINK = 60
TOO_MANY = _("Many answers have come from here within an hour. Your text is still here: send it again later.")
CONFLICT = 409


def behind(view: Callable) -> Callable:
    """A view behind the link of an invitation: called with (request, hash, seen, context)."""

    @never_cache
    @public_form
    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        h = digest(token)
        seen = door.view(h)
        if seen is None:
            return unusable(request)
        if seen.event is None:
            return render(request, "events/invitation_withdrawn.html", UNLISTED | {"nav_current": "events"})
        context = {"seen": seen, "invitation": seen.invitation, "event": seen.event, "token": token}
        context |= {"nav_current": "events", "now": timezone.now(), **UNLISTED}
        return view(request, h, seen, context | {"refusal": refusal(seen, context["now"])})

    return answer


def refusal(seen: door.View, now) -> str:
    """Why nothing can be answered now, or ""."""
    if seen.invitation.status == Status.NAMED or seen.registered == Registration.Status.SWAPPED:
        return Refusal.PASSED_ON
    reason = seen.event.refusal(now)
    return Refusal.USED_UP if not reason and seen.invitation.is_free and not seen.left else reason


@behind
def invited(request: HttpRequest, h: str, seen: door.View, context: dict) -> HttpResponse:
    """The event whole, and the form that says yes."""
    if seen.registered or context["refusal"]:
        status = 200 if request.method != "POST" else CONFLICT
        return render(request, "events/invited.html", context, status=status)
    sent = request.POST if request.method == "POST" else None
    kept = longdate(seen.event.kept_until)
    form = InvitedForm(sent, invitation=seen.invitation, questions=seen.questions, kept_until=kept)
    status = 200 if sent is None else 422
    if form.is_valid():
        if within_limits(request, h, context["now"]):
            return accepted(request, h, form.cleaned_data, context)
        form.add_error(None, TOO_MANY)
        status = 429
    return render(request, "events/invited.html", context | {"form": form}, status=status)


def accepted(request: HttpRequest, h: str, data: dict, context: dict) -> HttpResponse:
    free = context["invitation"].is_free
    outcome = (door.propose if free else door.accept)(h, data, language=written_in())
    if outcome is None:
        return unusable(request)
    if free and not outcome.reason:
        return HttpResponseRedirect(public_href("events:invited_sent", context["token"]))
    return answered(request, outcome, context)


@behind
def sent(request: HttpRequest, h: str, seen: door.View, context: dict) -> HttpResponse:
    """The same for everyone who registers with a link of several seats: the truth goes to the mailbox."""
    forgotten_at = context["now"] + RULES["events.unconfirmed"].period
    closes_first = seen.event.closes_at < forgotten_at
    return render(request, "events/registered.html", context | {"closes_first": closes_first, "invited": True})


@behind
def decline(request: HttpRequest, h: str, seen: door.View, context: dict) -> HttpResponse:
    """Say no, with words or without."""
    if seen.invitation.is_free:
        return unusable(request)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        outcome = door.decline(h, form.cleaned_data["words"])
        return answered(request, outcome, context) if outcome else unusable(request)
    status = 422 if form.errors else 200
    return render(request, "events/invited_decline.html", context | {"form": form}, status=status)


@behind
def another(request: HttpRequest, h: str, seen: door.View, context: dict) -> HttpResponse:
    """Name somebody else. The answer is the same whether we know the address or not."""
    if not seen.invitation.may_name:
        return unusable(request)
    if seen.registered or context["refusal"]:
        status = 200 if request.method != "POST" else CONFLICT
        return render(request, "events/invited.html", context, status=status)
    form = AnotherForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        if within_limits(request, h, context["now"]):
            outcome = door.name_another(h, form.cleaned_data["name"], form.cleaned_data["email"])
            return answered(request, outcome, context) if outcome else unusable(request)
        form.add_error(None, TOO_MANY)
        status = 429
    return render(request, "events/invited_another.html", context | {"form": form}, status=status)


def within_limits(request: HttpRequest, h: str, now) -> bool:
    return limits.allow(limits.from_source(request, "invited"), limits.Use("invited by", h, PER_LINK), now=now)


def answered(request: HttpRequest, outcome: door.Outcome, context: dict) -> HttpResponse:
    """What an answer came to. No way to the other language: the link has done its work there too."""
    return render(request, "events/invited_answered.html", context | {"outcome": outcome, "translations": ()})
