"""A registrant says through their personal link what is wrong in what we hold about them."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events import door
from events.forms.correcting import CorrectionForm
from events.models import RegistrationToken
from events.services import correcting
from events.views.links import personal
from outreach.design.templatetags.design_tags import longdate
from outreach.links import public_href
from outreach.privacy import limits
from outreach.privacy.retention import RULES

Purpose = RegistrationToken.Purpose
PER_LINK = 10
TOO_MANY = _("Many corrections have come from here within an hour. Your text is still here: send it again later.")


@personal(Purpose.MANAGE)
def correct(request: HttpRequest, h: str, seen: door.View, context: dict) -> HttpResponse:
    """What is held, to be written right. It changes nothing before an officer has looked at it."""
    now = context["now"]
    held = {name: getattr(seen, name) for name in ("name", "email", "organisation", "role")}
    kept = longdate(timezone.localdate(now) + RULES["events.corrections"].period)
    form = CorrectionForm(request.POST if request.method == "POST" else None, held=held, kept=kept)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        if within_limits(request, h, now=now):
            correcting.propose(seen.registration_id, form.changes, now=now)
            return HttpResponseRedirect(public_href("events:corrected", context["token"]))
        form.add_error(None, TOO_MANY)
        status = 429
    return render(request, "events/correct.html", context | {"form": form}, status=status)


def within_limits(request: HttpRequest, h: str, *, now) -> bool:
    return limits.allow(limits.from_source(request, "correct"), limits.Use("correct by", h, PER_LINK), now=now)


@personal(Purpose.MANAGE)
def corrected(request: HttpRequest, h: str, seen: door.View, context: dict) -> HttpResponse:
    """The same for everybody, whether we hold more about them or nothing."""
    return render(request, "events/corrected.html", context)
