"""Where the data-protection officer begins. Requests for access come here later."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from outreach.accounts.access import for_roles
from outreach.accounts.models import Role

from . import registers

PAGE = "registers:list"
WATCHERS = frozenset({Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER})


@for_roles(WATCHERS)
@require_safe
def register_list(request: HttpRequest) -> HttpResponse:
    """What is kept for what, who sees it and how long; not one row of it."""
    context = {"parts": registers.parts(), "rules": registers.rules(), "nav_current": PAGE}
    return render(request, "privacy/registers.html", context)
