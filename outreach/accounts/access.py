"""Which views open for whom. Rows are another matter: every read of personal data starts at ``visible_to(user)``."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from .models import DESK_ROLES, DOOR_ROLES, EDITING_ROLES, WORKSPACE_ROLES, Role
from .sent_again import sign_in_first

View = Callable[..., HttpResponseBase]


def may_enter(request: HttpRequest) -> bool:
    """Whether this session counts as signed in here: by password alone only where the settings allow it.

    The middleware leaves word of the second factor on the request; without that word the answer is no.
    """
    user = request.user
    if not (user.is_authenticated and user.is_active):
        return False
    return password_is_enough() or getattr(request, "second_factor_shown", False)


def password_is_enough() -> bool:
    """Only where one process has both faces: on a laptop, for the demonstration. Elsewhere no setting helps."""
    return settings.FACE == "both" and not settings.SECOND_FACTOR_REQUIRED


def for_roles(roles: frozenset[Role]) -> Callable[[View], View]:
    """Open a view for these roles: others are refused, strangers are led to the sign-in page."""

    def decorator(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
            if not may_enter(request):
                return sign_in_first(request)
            if request.user.role not in roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorator


workspace_required = for_roles(WORKSPACE_ROLES)
desk_required = for_roles(DESK_ROLES)
door_required = for_roles(DOOR_ROLES)
editing_required = for_roles(EDITING_ROLES)
