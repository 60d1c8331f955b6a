"""The contact channels as the search finds them: on the page that shows them all."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models.signals import post_save

from content.models import ContactChannel, SearchEntry, SearchKind
from content.models.pages import BodyPage
from content.registries import SearchSource
from content.tree import page_address
from outreach.links import public_path

from .search_index import entry, languages, refresh, register
from .search_words import running

BLOCK = "channels"  # of a body: shows every channel


def register_channels() -> None:
    """Called once, when the app is ready."""
    register(SOURCE)
    for model in _types():
        post_save.connect(follow, sender=model, dispatch_uid=f"search.channels.{model._meta.label}")


def channel_entries(keys: Collection[str] | None, now: datetime) -> Iterator[SearchEntry]:
    """Whom one can call, with the number beside the name."""
    rows = ContactChannel.objects.all()
    channels = list(rows if keys is None else rows.filter(pk__in=keys))
    shown_on = _where_shown() if channels else {}
    for language in languages():
        for channel in channels:
            body = [channel.question, channel.what_happens, channel.languages]
            reached = [channel.number, channel.number.replace(" ", ""), channel.host, channel.mailbox]
            yield entry(
                key=channel.pk,
                language=language,
                kind=SearchKind.CONTACT,
                path=shown_on.get(language) or public_path("content:guide"),
                title=channel.name,
                detail=channel.number or channel.host,
                summary=channel.description,
                body=running(body),
                places=" ".join(filter(None, reached)),
            )


SOURCE = SearchSource("channel", (ContactChannel,), channel_entries)


def follow(sender: type[BodyPage], instance: BodyPage, **signal: Any) -> None:
    """The page that shows the channels, or showed them until now, may have changed its address or come down."""
    path = page_address(public_path, instance.url_path, instance.locale.language_code)
    led_to = SearchEntry.objects.filter(source=SOURCE.name, path=path)
    if _shows_channels(instance) or led_to.exists():
        refresh(SOURCE, [str(pk) for pk in ContactChannel.objects.values_list("pk", flat=True)])


def _shows_channels(page: BodyPage) -> bool:
    return any(block["type"] == BLOCK for block in page.body.raw_data)


def _where_shown() -> dict[str, str]:
    """The address of the live page with every channel on it, by language."""
    found: dict[str, str] = {}
    for model in _types():
        for page in model.objects.live().select_related("locale").order_by("-path"):
            if _shows_channels(page):
                language = page.locale.language_code
                found[language] = page_address(public_path, page.url_path, language)
    return found


def _types() -> list[type[BodyPage]]:
    """The pages an editor can show the channels on."""
    return [model for model in apps.get_models() if issubclass(model, BodyPage)]
