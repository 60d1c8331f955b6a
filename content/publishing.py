"""Letting a reviewed page out. Named in the settings; imports no model, for Wagtail's models import this."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction


@transaction.atomic
def publish_reviewed(workflow_state, user=None) -> None:
    """Publish the newest version, or put it down for its time: approved by somebody else than who wrote it."""
    page = workflow_state.content_object.specific
    revision = page.get_latest_revision()
    if user is None or revision.user_id == user.pk:
        raise PermissionDenied("Whoever changed a page last does not approve it.")
    _keep_what_is_read(page, revision)
    revision.publish(user=user, skip_permission_checks=True)


def _keep_what_is_read(page, revision) -> None:
    """Give a page that was loaded, never published, a version of what readers see now.

    Without one Wagtail would take it down until the time that its change is put down for.
    """
    if not page.live or page.live_revision_id:
        return
    as_loaded = type(revision).objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        object_str=str(page),
        content=page.serializable_data(),
        created_at=page.revisions.earliest("created_at").created_at - timedelta(seconds=1),
    )
    page.live_revision = as_loaded
    page.save(update_fields=["live_revision"], clean=False)
