"""A visitor proposes to come: the form and the page that says a mail is under way."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from events.forms.registering import RegistrationForm
from events.models import Event
from events.services import registering
from outreach.design.templatetags.design_tags import longdate
from outreach.links import public_href
from outreach.privacy.forms import public_form

from .public import OTHER


@never_cache
@public_form
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, as long as the event is open; full, it leads to the waiting list and says so."""
    now = timezone.now()
    event = get_object_or_404(Event.objects.with_public_page().with_seats(), slug=slug)
    context = {
        "event": event,
        "nav_current": "events",
        "now": now,
        "translated_url": public_href("events:register", slug, language=OTHER[request.LANGUAGE_CODE]),
    }
    if event.refusal(now):
        context |= {
            "refusal": event.refusal(now),
            "next_event": Event.objects.listed(now).exclude(pk=event.pk).first(),
        }
        return render(request, "events/closed.html", context, status=200 if request.method == "GET" else 409)
    form = RegistrationForm(request.POST or None, kept_until=longdate(event.kept_until), full=not event.seats.left)
    if request.method == "POST" and form.is_valid():
        registering.propose(event, form.cleaned_data, language=request.LANGUAGE_CODE, now=now)
        return HttpResponseRedirect(public_href("events:registered", slug))
    return render(request, "events/register.html", context | {"form": form}, status=422 if form.errors else 200)


@never_cache
def registered(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for everyone, whether the address was known, registered or neither: the truth goes to the mailbox."""
    event = get_object_or_404(Event.objects.with_public_page(), slug=slug)
    context = {
        "event": event,
        "nav_current": "events",
        "translated_url": public_href("events:registered", slug, language=OTHER[request.LANGUAGE_CODE]),
    }
    return render(request, "events/registered.html", context)
