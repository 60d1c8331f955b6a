"""Answering a personal link: confirm, see, change, cancel, accept or decline.

A GET only shows; a POST acts (mail scanners open every link). Unknown, used, expired and mangled links get one page.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control, never_cache

from content.context import translations_to
from events import door
from events.door import materials, own
from events.forms.registering import ChangeForm
from events.models import Event, Refusal, Registration, RegistrationToken
from events.services import calendar, ics
from events.services.modes import CAN_CHOOSE
from events.services.seats import over
from events.services.tokens import digest
from outreach.links import public_href
from outreach.privacy.forms import public_form
from outreach.privacy.retention import RULES
from outreach.sealing.fields import Unreadable

Purpose = RegistrationToken.Purpose
Status = Registration.Status

# What a registration can be once its address is confirmed.
CONFIRMABLE = (Status.CONFIRMED, Status.WAITING, Status.APPLIED)

# A personal address is nobody else's to find.
UNLISTED = {"canonical_url": "", "alternates": ()}


# A browser keeps it for itself, and asks each time whether it still holds.
asked_each_time = cache_control(private=True, no_cache=True)


def personal(purpose: str, *, caching: Callable = never_cache) -> Callable:
    """A view behind a personal link of one purpose: called with (request, hash, view, context).

    What else the address names comes as keywords.
    """

    def decorate(view: Callable) -> Callable:
        @caching
        @public_form
        @wraps(view)
        def answer(request: HttpRequest, token: str, **captured: Any) -> HttpResponse:
            h = digest(token)
            # A button pressed twice gives one answer: the second press finds what the first one did.
            seen = door.view(h, used=request.method == "POST")
            if seen is None or seen.purpose != purpose:
                return unusable(request)
            context = {
                "view": seen,
                "event": seen.event,
                "token": token,
                "nav_current": "events",
                **UNLISTED,
            }
            return view(request, h, seen, context | {"now": timezone.now()}, **captured)

        return answer

    return decorate


def unusable(request: HttpRequest) -> HttpResponse:
    """One page for every link that does not work, with a way to a new one."""
    context = {"nav_current": "events", "translations": translations_to(request, "events:list"), **UNLISTED}
    return render(request, "events/link_unusable.html", context, status=404)


@never_cache
@public_form
def mangled(request: HttpRequest, link: str) -> HttpResponse:
    """What begins like a personal link and is none."""
    return unusable(request)


@personal(Purpose.CONFIRM)
def confirm(request: HttpRequest, h: str, seen: door.View, context: dict) -> HttpResponse:
    """The button that takes the seat, or the place in the queue."""
    if request.method != "POST":
        refusal = seen.event.refusal(context["now"])
        return render(request, "events/confirm.html", context | {"refusal": refusal})
    outcome = door.confirm(h)
    if outcome is None or not (outcome.reason or outcome.status in CONFIRMABLE):
        return unusable(request)
    return answered(request, "events/confirmed.html", context, outcome)


@personal(Purpose.MANAGE)
def manage(request: HttpRequest, h: str, seen: door.View, context: dict) -> HttpResponse:
    """What we hold about this registration, and what can be done about it."""
    can_change = seen.status in Registration.LIVE and not over(seen, context["now"])
    needs_until = seen.event.ends_at + RULES["events.needs"].period
    told = {"own": own.own(h), "can_change": can_change, "needs_until": needs_until, "materials": materials.behind(h)}
    return render(request, "events/manage.html", context | told | choices(seen, context["now"], can_change))


def choices(seen: door.View, now: datetime, can_change: bool) -> dict[str, bool]:
    """What else one may do with this registration now."""
    listed = seen.event.list_from is not None and seen.event.status != Event.Status.CANCELLED
    return {
        "can_choose_mode": can_change and len(seen.event.modes) > 1 and seen.status in CAN_CHOOSE,
        "can_give": can_change and seen.status == Status.CONFIRMED,
        "can_be_shown": can_change and listed,
        "sees_list": seen.status == Status.CONFIRMED and seen.event.shows_list(now),
    }


@personal(Purpose.MANAGE, caching=asked_each_time)
def entry(request: HttpRequest, h: str, seen: door.View, context: dict) -> HttpResponse:
    """The calendar entry of one who has a seat, as a file."""
    if seen.status != Status.CONFIRMED:
        return unusable(request)
    text = calendar.kept(seen.event, seen.registration_id)
    response = HttpResponse(text, content_type=calendar.MIMETYPE, headers={"ETag": ics.state(text)})
    response["Content-Disposition"] = f'attachment; filename="{seen.event.slug}.ics"'
    return get_conditional_response(request, etag=response["ETag"], response=response)


@personal(Purpose.MANAGE)
def change(request: HttpRequest, h: str, seen: door.View, context: dict) -> HttpResponse:
    """Correct the organisation, the role, the needs or an answer."""
    given = {"name": seen.name, "organisation": seen.organisation, "role": seen.role, "needs": seen.needs}
    form = ChangeForm(request.POST or None, initial=given, questions=seen.asked, answers=seen.answers)
    if request.method == "POST" and form.is_valid():
        changed = dict(form.cleaned_data)
        if changed["name"] == seen.name:
            del changed["name"]
        if isinstance(seen.needs, Unreadable):
            del changed["needs"]  # what cannot be shown stays as it is
        outcome = door.answer(h, changed)
        if outcome is None:
            return unusable(request)
        if outcome.reason != Refusal.ALREADY_REGISTERED:
            return HttpResponseRedirect(public_href("events:manage", context["token"]))
        form.add_error("name", _("This name is registered with your e-mail already."))
    return render(request, "events/change.html", context | {"form": form}, status=422 if form.errors else 200)


@personal(Purpose.MANAGE)
def cancel(request: HttpRequest, h: str, seen: door.View, context: dict) -> HttpResponse:
    """Ask once, then give up the seat."""
    if request.method != "POST":
        return render(request, "events/cancel.html", context)
    outcome = door.cancel(h)
    if outcome is None:
        return unusable(request)
    return answered(request, "events/cancelled.html", context, outcome)


@personal(Purpose.OFFER)
def offer(request: HttpRequest, h: str, seen: door.View, context: dict) -> HttpResponse:
    """Say yes or no to a seat that is held; anything else is no answer."""
    said = request.POST.get("answer")
    if said not in ("yes", "no"):
        return render(request, "events/offer.html", context)
    outcome = door.offer(h, accept=said == "yes")
    if outcome is None or not (outcome.reason or outcome.status in (Status.CONFIRMED, Status.DECLINED)):
        return unusable(request)
    return answered(request, "events/offer_answered.html", context, outcome)


@personal(Purpose.COME)
def come(request: HttpRequest, h: str, seen: door.View, context: dict) -> HttpResponse:
    """Say whether one still comes; anything else is no answer."""
    said = request.POST.get("answer")
    if said not in ("yes", "no"):
        return render(request, "events/come.html", context)
    outcome = door.come(h, comes=said == "yes")
    if outcome is None or not (outcome.reason or outcome.status in (Status.CONFIRMED, Status.CANCELLED)):
        return unusable(request)
    return answered(request, "events/come_answered.html", context, outcome)


def answered(request: HttpRequest, template: str, context: dict, outcome: door.Outcome) -> HttpResponse:
    """What a button came to, with the next public event for whoever did not get what they hoped for.

    No way to the other language: the link may have done its work, and opens nothing there.
    """
    others = Event.objects.listed(context["now"]).with_seats().exclude(pk=context["event"].pk)
    told = {"outcome": outcome, "next_event": SimpleLazyObject(others.first), "translations": ()}
    return render(request, template, context | told)
