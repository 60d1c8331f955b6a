"""An association invites us: the form, and what its personal links do.

As with registrations: a GET only shows, a POST acts, and every link that does not work gets one page.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from content.context import translations_to
from events.door import dialogue as door
from events.door.form import Behind
from events.forms.by_mail import ByMailForm
from events.forms.dialogue import DialogueRequestForm
from events.models import DialogueRequest, DialogueRequestToken
from events.services import dialogue_requests
from events.services.tokens import digest
from events.views import by_mail
from outreach.languages import written_in
from outreach.links import public_href
from outreach.privacy import limits
from outreach.privacy.forms import public_form
from outreach.privacy.retention import RULES
from outreach.privacy.siege import besieged

from .links import UNLISTED

Purpose = DialogueRequestToken.Purpose
Status = DialogueRequest.Status
DAYS_OF_A_MONTH, FEW_MONTHS = 30.5, 2
TOO_MANY = _("Many invitations have come from here within an hour. Your text is still here: send it again later.")


@never_cache
@public_form
def ask(request: HttpRequest) -> HttpResponse:
    """The invitation, with words first about what it is not for."""
    now = timezone.now()
    form, flooded = _form(request, now=now), besieged(now)
    if form.is_bound and (flooded or by_mail.asks(request)):
        return by_mail.ask(request, by_mail.Form.DIALOGUE, event=None, whole=form, now=now)
    if flooded:
        return by_mail.blank(request, by_mail.Form.DIALOGUE, event=None, token=ByMailForm.new_token())
    return _answer(request, form, _here(request, "dialogue:ask"), now=now)


def through_mail(request: HttpRequest, behind: Behind, h: str, *, now: datetime) -> HttpResponse:
    """The same form behind a link, for the address the link was sent to."""
    form, here = _form(request, now=now, address=behind.email), _here(request, "dialogue:ask") | UNLISTED
    return _answer(request, form, here, now=now, link=h)


def _form(request: HttpRequest, *, now: datetime, address: str = "") -> DialogueRequestForm:
    kept, sent = _in_words(RULES["events.dialogue"].period), request.POST if request.method == "POST" else None
    return DialogueRequestForm(sent, today=timezone.localdate(now), kept=kept, address=address)


def _answer(
    request: HttpRequest, form: DialogueRequestForm, context: dict, *, now: datetime, link: str = ""
) -> HttpResponse:
    """Keep what was sent, or show the form. ``link`` is the hash of the one it stood behind."""
    status = 422 if form.is_bound else 200
    if form.is_valid():
        if within_limits(request, form.cleaned_data["email"], now=now, link=link):
            dialogue_requests.propose(form.told, language=written_in(), now=now)
            return HttpResponseRedirect(public_href("dialogue:asked"))
        form.add_error(None, TOO_MANY)
        status = 429
    return render(request, "events/dialogue/ask.html", context | {"form": form}, status=status)


def _in_words(period: timedelta) -> str:
    """Months where it is some of them: nobody counts 183 days."""
    months = round(period.days / DAYS_OF_A_MONTH)
    if months < FEW_MONTHS:
        return ngettext("%(number)s day", "%(number)s days", period.days) % {"number": period.days}
    return ngettext("%(number)s month", "%(number)s months", months) % {"number": months}


def within_limits(request: HttpRequest, email: str, *, now: datetime, link: str) -> bool:
    by_whom = limits.from_source(request, "dialogue"), *by_mail.uses(link)
    return limits.allow(*by_whom, limits.for_address(email, "dialogue to"), now=now)


def _here(request: HttpRequest, name: str, *args: str) -> dict:
    return {"nav_current": "dialogue", "translations": translations_to(request, name, *args)}


@require_safe
@never_cache
def asked(request: HttpRequest) -> HttpResponse:
    """The same for everyone: the truth goes to the mailbox."""
    days = RULES["events.dialogue_unconfirmed"].period.days
    return render(request, "events/dialogue/asked.html", _here(request, "dialogue:asked") | {"days": days})


def personal(purpose: str) -> Callable:
    """A view behind a personal link of one purpose: called with (request, hash, invitation, context)."""

    def decorate(view: Callable) -> Callable:
        @never_cache
        @public_form
        @wraps(view)
        def answer(request: HttpRequest, token: str) -> HttpResponse:
            h = digest(token)
            # A button pressed twice gives one answer: the second press finds what the first one did.
            seen = door.view(h, used=request.method == "POST")
            if seen is None or seen.purpose != purpose:
                return unusable(request)
            here = _here(request, request.resolver_match.view_name, token)
            dialogue_requests.put_themes([seen.request])
            context = {**here, **UNLISTED, "invitation": seen.request, "token": token}
            return view(request, h, seen.request, context)

        return answer

    return decorate


def unusable(request: HttpRequest) -> HttpResponse:
    context = _here(request, "dialogue:ask") | UNLISTED
    return render(request, "events/dialogue/link_unusable.html", context, status=404)


@never_cache
@public_form
def mangled(request: HttpRequest, link: str) -> HttpResponse:
    """What begins like a personal link and is none."""
    return unusable(request)


@personal(Purpose.CONFIRM)
def confirm(request: HttpRequest, h: str, invitation: DialogueRequest, context: dict) -> HttpResponse:
    """The button that hands the invitation to the officers."""
    if request.method != "POST":
        return render(request, "events/dialogue/confirm.html", context)
    outcome = door.confirm(h)
    if outcome is None or outcome.status != Status.CONFIRMED:
        return unusable(request)
    return render(request, "events/dialogue/confirmed.html", context | {"translations": ()})


@personal(Purpose.MANAGE)
def manage(request: HttpRequest, h: str, invitation: DialogueRequest, context: dict) -> HttpResponse:
    """What we hold, and where it stands."""
    return render(request, "events/dialogue/manage.html", context)


@personal(Purpose.MANAGE)
def withdraw(request: HttpRequest, h: str, invitation: DialogueRequest, context: dict) -> HttpResponse:
    """Ask once, then take it back; answered meanwhile, it says so."""
    if request.method == "POST":
        outcome = door.withdraw(h)
        if outcome is None:
            return unusable(request)
        return render(request, "events/dialogue/withdrawn.html", context | {"outcome": outcome})
    return render(request, "events/dialogue/withdraw.html", context)
