"""Letting a reviewed page out. Named in the settings; imports no model, for Wagtail's models import this."""

from django.core.exceptions import PermissionDenied


def publish_reviewed(workflow_state, user=None) -> None:
    """Publish the newest version, or put it down for its time: approved by somebody else than who wrote it."""
    revision = workflow_state.content_object.get_latest_revision()
    if user is None or revision.user_id == user.pk:
        raise PermissionDenied("Whoever changed a page last does not approve it.")
    revision.publish(user=user, skip_permission_checks=True)
