"""Letting a reviewed page out. Named in the settings; imports no model, for Wagtail's models import this."""

from django.core.exceptions import PermissionDenied
from django.db import transaction


@transaction.atomic
def publish_reviewed(workflow_state, user=None) -> None:
    """Publish the newest version, or put it down for its time: approved by somebody else than who wrote it."""
    page = workflow_state.content_object.specific
    revision = page.get_latest_revision()
    if user is None or revision.user_id == user.pk:
        raise PermissionDenied("Whoever changed a page last does not approve it.")
    _keep_what_is_read(page)
    revision.publish(user=user, skip_permission_checks=True)


def _keep_what_is_read(page) -> None:
    """Say which version readers see of a page that was loaded, never published: its first (services/first_version).

    Without one Wagtail would take the page down until the time that its change is put down for.
    """
    if page.live and not page.live_revision_id:
        page.live_revision = page.revisions.earliest("created_at")
        page.save(update_fields=["live_revision"], clean=False)
