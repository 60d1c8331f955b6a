"""The address of a registration to which mail comes back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.models import Registration
from events.services import reach
from outreach.accounts.access import desk_required

from .events import mine


@desk_required
@require_POST
def works(request: HttpRequest, pk: UUID, registration: UUID) -> HttpResponse:
    """It was corrected, or emptied: mail may go there again. The second click hears the same."""
    event = mine(request, pk)
    row = get_object_or_404(Registration.objects.visible_to(request.user).of(event).reachable(), pk=registration)
    reach.works_again(row, officer=request.user)
    said = _("Mail goes to %(email)s again in a moment. What was skipped is not sent by itself: see the mails.")
    messages.success(request, said % {"email": row.email})
    return redirect("events_workspace:event", event.pk)
