"""A button pressed a second time, on what its first press removed: whoever was shown the thing is told calmly.

The page signs what it shows to whom (``{% shown row %}``). Gone and hidden by now are one answer, and whoever was not
shown it gets the same 404 as for anything that is not there.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.views.access import back
from outreach.accounts.models import User

SHOWN = "shown"
View = Callable[..., HttpResponse]
signer = Signer(salt="contacts.shown")


def seal(user: User, row: Model) -> str:
    """That ``user`` was shown ``row``."""
    return signer.sign(_words(user, type(row), row.pk))


def _words(user: User, model: type[Model], pk: Any) -> str:
    return f"{user.pk}:{model._meta.label}:{pk}"


def calm_when_gone(model: type[Model]) -> Callable[[View], View]:
    """For a view that answers a button at a row of ``model``; stands next to it."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, pk: Any) -> HttpResponse:
            try:
                return view(request, pk)
            except Http404:
                if not _was_shown(request, _words(request.user, model, pk)):
                    raise
            messages.info(request, _("It is not there any more, so there was nothing to do."))
            return redirect(back(request, lambda: reverse("workspace:today")))

        return guarded

    return decorate


def _was_shown(request: HttpRequest, words: str) -> bool:
    try:
        return signer.unsign(request.POST.get(SHOWN, "")) == words
    except BadSignature:
        return False
