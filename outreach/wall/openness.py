"""Everything published is for everyone: the public face has no session in which a page could be private."""

from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_save
from wagtail.models import CollectionViewRestriction, PageViewRestriction


def refuse(sender: type, **signal: object) -> None:
    """Whatever form or copy tries it; the database role has no right to insert one either."""
    raise PermissionDenied("Pages and collections cannot be made private (architecture.md, decision 3).")


def hold() -> None:
    """Refuse every restriction from now on."""
    for restriction in (PageViewRestriction, CollectionViewRestriction):
        pre_save.connect(refuse, sender=restriction, dispatch_uid=f"outreach.wall.{restriction.__name__}")
