"""Which translations may be behind: the Danish page was published after the translation was, or was found right."""

from django.conf import settings
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from outreach.accounts.models import User

STILL_RIGHT = "content.translation_still_right"  # the entry in a page's history is the record of it
PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")


def outdated() -> QuerySet[Page]:
    """Published translations whose Danish page is newer, the newest change first.

    Each has ``source_id``, ``source_published_at``, ``right_at``: when it was last known to fit, or None, and
    ``fitting_id``: the version of the Danish page that was public then, or None where that was never written down.
    Pages that were loaded and never published by anybody have no time, so they are not behind.
    """
    source = Page.objects.live().filter(
        translation_key=OuterRef("translation_key"), locale__language_code=settings.LANGUAGE_CODE
    )
    entries = PageLogEntry.objects.order_by("-timestamp")
    found_right = entries.filter(page=OuterRef("pk"), action=STILL_RIGHT)
    fitting = entries.filter(
        page=OuterRef("source_id"),
        action__in=PUBLISHED,
        timestamp__lte=OuterRef("right_at"),
        revision__created_at__isnull=False,  # versions can be cleared away
    )
    return (
        Page.objects.live()
        .exclude(locale__language_code=settings.LANGUAGE_CODE)
        .annotate(
            source_id=Subquery(source.values("pk")[:1]),
            source_published_at=Subquery(source.values("last_published_at")[:1]),
            found_right_at=Subquery(found_right.values("timestamp")[:1]),
        )
        .annotate(  # SQLite's greatest of anything and NULL is NULL
            right_at=Coalesce(Greatest("last_published_at", "found_right_at"), "last_published_at", "found_right_at")
        )
        .annotate(fitting_id=Subquery(fitting.values("revision")[:1]))
        .filter(Q(right_at=None) | Q(right_at__lt=F("source_published_at")), source_published_at__isnull=False)
        .order_by("-source_published_at", "pk")
    )


def find_still_right(translation: Page, *, user: User) -> None:
    """An editor has read both and finds that the translation says what the Danish page says."""
    log(instance=translation, action=STILL_RIGHT, user=user)
