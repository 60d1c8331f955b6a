"""The directory "who does what" as the search finds it."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from content.models import DirectoryEntry, SearchEntry, SearchKind
from content.registries import SearchSource
from content.templatetags.content_tags import readable_date
from outreach.links import public_path

from .search_index import entry, languages, register
from .search_words import running


def register_directory() -> None:
    """Called once, when the app is ready."""
    register(SearchSource("directory", (DirectoryEntry,), directory_entries))


def directory_entries(keys: Collection[str] | None, now: datetime) -> Iterator[SearchEntry]:
    """Everybody in it, those of the past with the day they are told of."""
    rows = DirectoryEntry.objects.all()
    for row in rows if keys is None else rows.filter(pk__in=keys):
        for language in languages():
            yield entry(
                key=row.pk,
                language=language,
                kind=SearchKind.DIRECTORY,
                path=public_path("content:directory_entry", row.key),
                title=row.name,
                detail=_detail(row),
                summary=row.summary,
                body=running([row.body, *map(str, row.task_labels), row.website_host]),
                audiences=row.audiences,
            )


def _detail(row: DirectoryEntry) -> str:
    """Where they work; of the past, when it was so."""
    then = [_("As of %(date)s") % {"date": readable_date(row.as_of)}] if row.as_of else []
    return " · ".join([str(row.get_level_display()), *then])
