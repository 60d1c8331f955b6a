"""What of the events the public search finds: those of the public list, until they are over."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.conf import settings
from django.utils import translation

from content.models import SearchEntry, SearchKind
from content.registries import SearchSource
from content.services import search_index
from content.services.search_words import running
from events.models import Event
from events.templatetags.event_tags import event_when, event_where
from outreach.links import public_path


def register() -> None:
    search_index.register(SearchSource("event", (Event,), entries))


def entries(keys: Collection[str] | None, now: datetime) -> Iterator[SearchEntry]:
    """An event has a page in each language of the site, in its own words."""
    events = Event.objects.listed(now).select_related("municipality")
    for event in events if keys is None else events.filter(pk__in=keys):
        texts = [event.audience, event.text_before, event.text_during, event.venue_name, event.venue_address]
        place = event.municipality.name if event.municipality else ""
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                yield search_index.entry(
                    key=event.pk,
                    language=language,
                    written_in=event.language,
                    kind=SearchKind.EVENT,
                    path=public_path("events:event", event.slug),
                    title=event.title,
                    detail=" · ".join(filter(None, [event_when(event), event_where(event)])),
                    summary=event.summary,
                    body=running([event.get_kind_display(), *texts]),
                    places=place,
                    valid_until=event.ends_at,
                )
