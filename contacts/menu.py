"""What the tabs of the workspace say waits."""

from django.http import HttpRequest
from django.utils import timezone

from contacts.models import FollowUp
from contacts.models.visibility import READERS
from contacts.services import invitations
from contacts.services.linking import waiting
from outreach.design.menu import MOST

__all__ = ["READERS", "due_now", "proposed"]


def due_now(request: HttpRequest) -> int:
    """One's own promises that are overdue or fall due today."""
    mine = FollowUp.objects.visible_to(request.user).owned_by(request.user).open()
    return mine.filter(due_on__lte=timezone.localdate())[: MOST + 1].count()


def proposed(request: HttpRequest) -> int:
    """Registrations that wait for a decision, and invitations nobody else has taken."""
    registrations = waiting(request.user).order_by().values("pk")
    return registrations.union(invitations.free(request.user).order_by().values("pk"), all=True)[: MOST + 1].count()
