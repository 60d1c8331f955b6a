"""What the public search finds here: the events of the public list, until they are over, and the invitation to us."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from content.models import SearchEntry, SearchKind
from content.registries import SearchSource
from content.services import search_index
from content.services.search_words import running
from events.models import Event
from events.templatetags.event_tags import event_when, event_where
from outreach.links import public_path


def register() -> None:
    search_index.register(SearchSource("event", (Event,), entries))
    search_index.register(SearchSource("dialogue", (), invitation))


def entries(keys: Collection[str] | None, now: datetime) -> Iterator[SearchEntry]:
    """An event has a page in each language of the site, in its own words."""
    events = Event.objects.listed(now).select_related("municipality").prefetch_related("agenda")
    for event in events if keys is None else events.filter(pk__in=keys):
        texts = [event.audience, event.text_before, event.text_during, event.venue_name, event.venue_address]
        texts += [f"{item.title} {item.speakers}" for item in event.agenda.all()]
        place = event.municipality.name if event.municipality else ""
        for language in search_index.languages():
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


def invitation(keys: Collection[str] | None, now: datetime) -> Iterator[SearchEntry]:
    """The page where an association asks us to come: it belongs to no row."""
    for language in search_index.languages():
        yield search_index.entry(
            key="ask",
            language=language,
            kind=SearchKind.CONTACT,
            path=public_path("dialogue:ask"),
            title=_("Invite us to a dialogue"),
            summary=_("We come to you, or we meet online. You decide what we talk about. It is free."),
        )
