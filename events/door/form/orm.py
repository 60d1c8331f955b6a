"""The form behind a link, on SQLite."""

from django.utils import timezone

from events.models import FormLink

from .answers import Behind


def behind(h: str) -> Behind | None:
    link = FormLink.objects.open_at(timezone.now()).select_related("event").filter(hash=h).first()
    return Behind(link.form, link.email, link.event.slug if link.event else "") if link else None
