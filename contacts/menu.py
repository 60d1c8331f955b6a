"""What the tabs of the workspace say waits."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from contacts.models import FollowUp
from contacts.models.visibility import READERS
from contacts.services import invitations
from contacts.services.linking import corrections, waiting
from outreach.accounts.models import Role

__all__ = ["KEEPERS", "READERS", "due_now", "proposed"]

KEEPERS = frozenset({Role.ADMINISTRATOR, Role.TEAM_LEAD})  # of the words the forms ask about and offer


def due_now(request: HttpRequest) -> list[QuerySet]:
    """One's own promises that are overdue or fall due today."""
    return [FollowUp.objects.visible_to(request.user).owned_by(request.user).due_by(timezone.localdate())]


def proposed(request: HttpRequest) -> list[QuerySet]:
    """Registrations and corrections that wait for a decision, and invitations nobody else has taken."""
    return [waiting(request.user), corrections(request.user), invitations.free(request.user)]
