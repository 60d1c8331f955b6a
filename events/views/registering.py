"""A visitor proposes to come: the form and the page that says a mail is under way."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from events.forms.registering import RegistrationForm
from events.models import Event
from events.services import registering
from outreach.design.templatetags.design_tags import longdate
from outreach.languages import written_in
from outreach.links import public_href
from outreach.privacy import limits
from outreach.privacy.forms import public_form
from outreach.privacy.retention import RULES

TOO_MANY = _("Many registrations have come from here within an hour. Your text is still here: send it again later.")


@never_cache
@public_form
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, as long as the event is open; full, it leads to the waiting list and says so."""
    now = timezone.now()
    event = get_object_or_404(Event.objects.with_public_page().with_every_seat(), slug=slug)
    context = {
        "event": event,
        "nav_current": "events",
        "now": now,
    }
    if event.refusal(now):
        context |= {
            "refusal": event.refusal(now),
            "next_event": Event.objects.listed(now).exclude(pk=event.pk).first(),
        }
        return render(request, "events/closed.html", context, status=200 if request.method == "GET" else 409)
    sent = request.POST if request.method == "POST" else None
    form = RegistrationForm(sent, event=event, kept_until=longdate(event.kept_until))
    status = 200 if sent is None else 422
    if sent is not None and "add_colleague" in sent:
        form = form.with_one_more()
        return render(request, "events/register.html", context | {"form": form}, status=422 if form.is_bound else 200)
    if form.is_valid():
        people = form.colleagues.people
        if within_limits(request, [form.cleaned_data, *people], now=now):
            registering.propose_with_colleagues(event, form.cleaned_data, people, language=written_in(), now=now)
            return HttpResponseRedirect(public_href("events:registered", slug))
        form.add_error(None, TOO_MANY)
        status = 429
    return render(request, "events/register.html", context | {"form": form}, status=status)


def within_limits(request: HttpRequest, people: Iterable[Mapping[str, Any]], *, now: datetime) -> bool:
    """Whether so many registrations from this place, and for these addresses, are what honest people may need."""
    source = limits.source(request)
    return all(
        limits.allow("register", source, limit=limits.PER_SOURCE, now=now)
        and limits.allow("register to", person["email"], limit=limits.PER_ADDRESS, now=now)
        for person in people
    )


@never_cache
def registered(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for everyone, whether the address was known, registered or neither: the truth goes to the mailbox."""
    event = get_object_or_404(Event.objects.with_public_page(), slug=slug)
    forgotten_at = timezone.now() + RULES["events.unconfirmed"].period
    context = {
        "event": event,
        "closes_first": event.closes_at < forgotten_at,
        "nav_current": "events",
    }
    return render(request, "events/registered.html", context)
