"""A visitor proposes to come: the form and the page that says a mail is under way."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from content.caching import Made, kept_form
from events.door.form import Behind
from events.forms.by_mail import ByMailForm
from events.forms.registering import RegistrationForm
from events.models import Event
from events.services import registering
from events.services.counts import Seats, seats_of
from events.views import by_mail
from events.views.shown_event import shown_event
from outreach.design.templatetags.design_tags import longdate
from outreach.languages import written_in
from outreach.links import public_href
from outreach.privacy import limits
from outreach.privacy.forms import TOKEN, public_form
from outreach.privacy.retention import RULES
from outreach.privacy.siege import besieged

TOO_MANY = _("Many registrations have come from here within an hour. Your text is still here: send it again later.")


@never_cache
@public_form
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, as long as the event is open; full, it leads to the waiting list and says so."""
    seats, now = seats_of(slug), timezone.now()
    flooded = besieged(now)
    if request.method != "POST":
        told, make = f"{seats.told if seats else ''} {flooded}", partial(_form, request, slug, seats, flooded)
        form = ByMailForm if flooded else RegistrationForm
        return kept_form(request, told, make, token=form.new_token)
    event = shown_event(request, slug, seats)
    if refusal := event.refusal(now):
        return _closed(request, event, refusal, now=now, status=409)
    form = RegistrationForm(request.POST, event=event, kept_until=longdate(event.kept_until))
    if flooded or by_mail.asks(request):
        return by_mail.ask(request, by_mail.Form.REGISTER, event=event, whole=form, now=now)
    return _sent(request, event, form, now=now)


def through_mail(request: HttpRequest, behind: Behind, h: str, *, now: datetime) -> HttpResponse:
    """The same form behind a link, for the address the link was sent to."""
    event = shown_event(request, behind.slug, seats_of(behind.slug))
    posted = request.method == "POST"
    if refusal := event.refusal(now):
        return _closed(request, event, refusal, now=now, status=409 if posted else 200)
    sent = request.POST if posted else None
    form = RegistrationForm(sent, event=event, kept_until=longdate(event.kept_until), address=behind.email)
    return _sent(request, event, form, now=now, link=h) if posted else _shown(request, event, form, now=now)


def _sent(
    request: HttpRequest, event: Event, form: RegistrationForm, *, now: datetime, link: str = ""
) -> HttpResponse:
    """Keep what was sent, or show it again with what is wrong. ``link`` is the hash of the one it stood behind."""
    status = 422
    if "add_colleague" in request.POST:
        form = form.with_one_more()
        return _shown(request, event, form, now=now, status=status if form.is_bound else 200)
    if form.is_valid():
        if _proposed(request, event, form, now=now, link=link):
            return HttpResponseRedirect(public_href("events:registered", event.slug))
        form.add_error(None, TOO_MANY)
        status = 429
    return _shown(request, event, form, now=now, status=status)


def _form(request: HttpRequest, slug: str, seats: Seats | None, flooded: bool, token: str) -> Made:
    """The form nobody has written in."""
    event, now = shown_event(request, slug, seats), timezone.now()
    if refusal := event.refusal(now):
        return Made(_closed(request, event, refusal, now=now), event.next_moment(now))
    if flooded:
        return Made(by_mail.blank(request, by_mail.Form.REGISTER, event=event, token=token), event.next_moment(now))
    form = RegistrationForm(event=event, kept_until=longdate(event.kept_until), initial={TOKEN: token})
    return Made(_shown(request, event, form, now=now), event.next_moment(now))


def _shown(
    request: HttpRequest, event: Event, form: RegistrationForm, *, now: datetime, status: int = 200
) -> HttpResponse:
    context = {"event": event, "form": form, "nav_current": "events", "now": now}
    return render(request, "events/register.html", context, status=status)


def _closed(request: HttpRequest, event: Event, refusal: str, *, now: datetime, status: int = 200) -> HttpResponse:
    next_event = Event.objects.listed(now).exclude(pk=event.pk).first()
    context = {"event": event, "refusal": refusal, "next_event": next_event, "nav_current": "events", "now": now}
    return render(request, "events/closed.html", context, status=status)


@transaction.atomic
def _proposed(request: HttpRequest, event: Event, form: RegistrationForm, *, now: datetime, link: str) -> bool:
    """Keep what was sent; False when too much has come from here, or for one of these addresses."""
    own, people = form.cleaned_data, form.colleagues.people
    if not limits.allow(*uses(request, [own, *people]), *by_mail.uses(link), now=now):
        return False
    registering.propose_with_colleagues(event, own, people, language=written_in(), now=now)
    return True


def uses(request: HttpRequest, people: Iterable[Mapping[str, Any]]) -> Iterator[limits.Use]:
    """So many registrations from one place, and for one address, are what honest people may need."""
    for person in people:
        yield limits.from_source(request, "register")
        yield limits.for_address(person["email"], "register to")


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
