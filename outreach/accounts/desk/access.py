"""How the pages about colleagues' accounts open: for administrators, who have just shown that it is them."""

from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from outreach.accounts.access import View, for_roles
from outreach.accounts.models import ADMINISTERING_ROLES, User
from outreach.accounts.proof import fresh_proof_required
from outreach.accounts.second_factor import with_second_factor
from outreach.accounts.services.colleagues import NotAnAdministrator

TAB = "colleagues:list"


def administrators_only(view: View) -> View:
    """Also told by the services, which hold who administers while they work: the role may have gone a moment ago."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotAnAdministrator as gone:
            raise PermissionDenied from gone

    return for_roles(ADMINISTERING_ROLES)(fresh_proof_required(guarded))


def administrator(request: HttpRequest) -> User:
    return cast(User, request.user)  # administrators_only lets nobody else in


def known(request: HttpRequest, pk: UUID) -> User:
    """The account, and whether it ``has_factor``."""
    accounts = User.objects.visible_to(request.user)
    return get_object_or_404(with_second_factor(accounts).prefetch_related("teams"), pk=pk)
