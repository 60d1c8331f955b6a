"""Reading about events: the list and the page of one."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.cache import cache_control

from content.caching import Made, kept_while
from events.models import Event, Material
from events.services.counts import Seats, seats_of
from events.services.narrowing import Narrowing, questions
from events.views.shown_event import shown_event


@cache_control(public=True, max_age=0, must_revalidate=True)
def event_list(request: HttpRequest) -> HttpResponse:
    """Coming public events, soonest first; a word that is not known narrows nothing."""
    now = timezone.now()
    narrowing = Narrowing.of(request.GET)
    context = {
        "events": Event.objects.listed(now).narrowed_to(narrowing).with_seats().select_related("municipality"),
        "narrowing": narrowing,
        "questions": questions(narrowing, day=timezone.localdate(now)),
        "now": now,
        "nav_current": "events",
    }
    return render(request, "events/list.html", context)


@cache_control(public=True, max_age=0, must_revalidate=True)
def event_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One event, whole from its facts alone; drafts and closed events are not there."""
    seats = seats_of(slug)
    return kept_while(request, seats.told if seats else "", partial(_event_page, request, slug, seats))


def _event_page(request: HttpRequest, slug: str, seats: Seats | None) -> Made:
    now = timezone.now()
    event = shown_event(request, slug, seats)
    context = {
        "event": event,
        "refusal": event.refusal(now),
        "over": event.ends_at <= now,
        "materials": Material.objects.for_everyone(now).filter(event=event),
        "next_event": SimpleLazyObject(Event.objects.listed(now).exclude(pk=event.pk).first),
        "now": now,
        "nav_current": "events",
    }
    response = render(request, "events/event.html", context)
    if event.visibility == Event.Visibility.UNLISTED:
        response["X-Robots-Tag"] = "noindex"
    return Made(response, event.next_moment(now))
