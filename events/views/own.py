"""What a registrant may do beyond the registration: the other mode, a colleague instead, and how others see them."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from events import door
from events.door import own
from events.forms.own import ShownForm, SwapForm
from events.models import Mode, Refusal, Registration, RegistrationToken
from events.services.modes import CAN_CHOOSE
from events.services.seats import over
from events.services.swapping import ANSWER_WITHIN
from events.views.links import personal, unusable
from outreach.languages import written_in
from outreach.links import public_href
from outreach.privacy import limits

Purpose = RegistrationToken.Purpose
Status = Registration.Status
PER_LINK = 10
TOO_MANY = _("Many seats have been offered from here within an hour. Your text is still here: send it again later.")
HELD = _("The seat is held for another kind of partner.")


def back(context: dict) -> HttpResponse:
    """To the page of the registration."""
    return HttpResponseRedirect(public_href("events:manage", context["token"]))


@personal(Purpose.MANAGE)
def mode(request: HttpRequest, h: str, seen: door.View, context: dict) -> HttpResponse:
    """Take part the other way. Where it is full the seat stays, and one says whether to be moved later."""
    if len(seen.event.modes) < 2 or seen.status not in CAN_CHOOSE or over(seen, context["now"]):
        return back(context)
    other = Mode.ONLINE if seen.mode == Mode.IN_PERSON else Mode.IN_PERSON
    stands = own.own(h)
    context |= {"other": other, "own": stands, "wishes": bool(stands and stands.wishes_mode)}
    if request.method != "POST" or request.POST.get("mode") not in Mode.values:
        return render(request, "events/mode.html", context)
    waits = bool(request.POST.get("waits"))
    outcome = own.choose_mode(h, request.POST["mode"], waits=waits)
    if outcome is None:
        return unusable(request)
    if outcome.reason == Refusal.MODE_FULL and not waits:
        return render(request, "events/mode.html", context | {"full": True, "wishes": False})
    return back(context)


@personal(Purpose.MANAGE)
def give(request: HttpRequest, h: str, seen: door.View, context: dict) -> HttpResponse:
    """Offer the seat to a colleague. What follows is the same whether we know the colleague or not."""
    now, stands = context["now"], own.own(h)
    if seen.status != Status.CONFIRMED or over(seen, now) or stands is None or stands.swap:
        return back(context)
    form = SwapForm(request.POST if request.method == "POST" else None, own=seen, held_words=stands.held_words)
    until = min(now + ANSWER_WITHIN, seen.event.starts_at)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        if within_limits(request, h, form.cleaned_data["email"], now=now):
            told = {name: form.cleaned_data[name] for name in ("name", "email")}
            told |= {"organisation": seen.organisation, "partner_kind": stands.held_for, "language": written_in()}
            outcome = own.swap(h, told)
            if outcome is None or outcome.reason != Refusal.HELD:
                return back(context) if outcome else unusable(request)
            form.add_error(None, HELD)
        else:
            form.add_error(None, TOO_MANY)
            status = 429
    return render(request, "events/give.html", context | {"form": form, "until": until}, status=status)


def within_limits(request: HttpRequest, h: str, email: str, *, now) -> bool:
    by_whom = limits.from_source(request, "swap"), limits.Use("swap by", h, PER_LINK)
    return limits.allow(*by_whom, limits.for_address(email, "register to"), now=now)


@personal(Purpose.MANAGE)
def take_back(request: HttpRequest, h: str, seen: door.View, context: dict) -> HttpResponse:
    """Keep the seat after all."""
    if request.method == "POST" and own.end_swap(h) is None:
        return unusable(request)
    return back(context)


@personal(Purpose.SWAP)
def swap(request: HttpRequest, h: str, seen: door.View, context: dict) -> HttpResponse:
    """Take a colleague's seat, or leave it with them; anything else is no answer."""
    said = request.POST.get("answer")
    if said not in ("yes", "no"):
        return render(request, "events/swap.html", context) if seen.is_usable else unusable(request)
    outcome = own.take_over(h, accept=said == "yes")
    if outcome is None or not (
        outcome.reason or outcome.status in (Status.CONFIRMED, Status.APPLIED, Status.DECLINED)
    ):
        return unusable(request)
    return render(request, "events/swap_answered.html", context | {"outcome": outcome, "translations": ()})


@personal(Purpose.MANAGE)
def shown(request: HttpRequest, h: str, seen: door.View, context: dict) -> HttpResponse:
    """Choose how the others who come see one."""
    stands = own.own(h)
    if stands is None or seen.status not in Registration.LIVE or seen.event.list_from is None:
        return back(context)
    told = {"name": seen.name, "organisation": seen.organisation}
    form = ShownForm(request.POST if request.method == "POST" else None, initial={"shown": stands.shown}, **told)
    if form.is_valid():
        return back(context) if own.show(h, form.cleaned_data["shown"]) else unusable(request)
    return render(request, "events/shown.html", context | {"form": form}, status=422 if form.is_bound else 200)


@personal(Purpose.MANAGE)
def participants(request: HttpRequest, h: str, seen: door.View, context: dict) -> HttpResponse:
    """Who else comes, as they want to be seen. How many do not is told to nobody: in a small room that is a name."""
    listed = own.participants(h)
    if listed is None and not (seen.status == Status.CONFIRMED and seen.event.shows_list(context["now"])):
        return unusable(request)
    lines = sorted({str(line) for line in listed or ()}, key=str.casefold)
    return render(request, "events/participants.html", context | {"lines": lines})
