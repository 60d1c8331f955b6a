"""Calendar files: one event to keep, and a feed of all public ones to follow."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition

from events.models import Event
from events.services import calendar

MIMETYPE = "text/calendar; charset=utf-8"


def _changed(request: HttpRequest, slug: str) -> datetime | None:
    """When the event last changed: what a 304 rests on."""
    return Event.objects.with_public_page().filter(slug=slug).values_list("updated_at", flat=True).first()


@condition(last_modified_func=_changed)
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """One event as a calendar file."""
    event = get_object_or_404(Event.objects.with_public_page(), slug=slug)
    response = HttpResponse(calendar.file(event), content_type=MIMETYPE)
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return response


@cache_control(public=True, max_age=60)
def feed(request: HttpRequest) -> HttpResponse:
    """Every announced event of the last year and to come, for calendars that subscribe."""
    text = calendar.feed(now=timezone.now(), language=request.LANGUAGE_CODE)
    return HttpResponse(text, content_type=MIMETYPE)
