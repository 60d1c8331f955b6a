"""Publishing and taking down on time: what Wagtail's ``publish_scheduled`` does, as a job of the worker.

Late is safe: what should have come out and gone meanwhile goes, and what replaced an expired text stays. Until the
worker comes, nobody reads what has expired (content/tree.py and the policies of the public role).
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime

from django.apps import apps
from django.db import models, transaction
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger("outreach.content")


def keep_time(now: datetime) -> int:
    """Publish what was approved for a time that has come, then take down what has expired; how many were done.

    Publishing first lets a text replace the one whose time ran out with it. One that fails holds up no other: it stays
    due and is tried again at the next tick.
    """
    due = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk")
    done = [_in_peace(_publish, revision, now) for revision in due]
    return sum(done + [_in_peace(_take_down, thing, now) for thing in expired(now)])


def expired(now: datetime) -> Iterator[models.Model]:
    """Pages, and whatever else has drafts, that are still public after their time."""
    others = (
        model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    )
    for model in (Page, *others):
        yield from model.objects.filter(live=True, expire_at__lte=now).order_by("expire_at", "pk")


def _in_peace(action: Callable[..., None], thing: models.Model, now: datetime) -> bool:
    try:
        with transaction.atomic():
            action(thing, now)
    except Exception as error:  # whatever it is, the others must come out on time
        logger.error("%s %s could not be kept on time: %s", thing._meta.label, thing.pk, type(error).__qualname__)
        return False
    return True


def _publish(revision: Revision, now: datetime) -> None:
    revision.publish(log_action="wagtail.publish.scheduled")


def _take_down(thing: DraftStateMixin, now: datetime) -> None:
    """Wagtail forgets with it what is approved for later; that has its own time."""
    later = list(thing.revisions.filter(approved_go_live_at__gt=now).values_list("pk", "approved_go_live_at"))
    thing.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    for pk, moment in later:
        thing.revisions.filter(pk=pk).update(approved_go_live_at=moment)
