"""Asking once more who it is, before what matters most: exports, grants, restricted contacts, colleagues' accounts.

Whoever has shown it in the last five minutes is not asked. Where something was sent, the page that asks holds it, and
hands it on together with the proof: nothing of it is stored, and nothing has to be written again.
"""

from datetime import timedelta
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render, resolve_url

from .access import View, may_enter
from .forms import CodeAgainForm, PasskeyAgainForm, PasswordAgainForm
from .second_factor import owns_second_factor
from .sent_again import PROOF, REFUSED, fields_of, is_proof, sign_in_first
from .showing import ways_of


def fresh_proof_required(view: View) -> View:
    """Open ``view`` to a session that has shown its second factor in the last minutes; else ask for it first.

    Stands inside the decorator that asks for a role, so that who may not open the view is told so at once.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_enter(request):
            return sign_in_first(request)
        return proof_first(request) or view(request, *args, **kwargs)

    return guarded


def proof_before_export(view: View) -> View:
    """The Wagtail admin hands out its lists as spreadsheets where the address says ``?export=``."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = proof_first(request) if "export" in request.GET else None
        return asked or view(request, *args, **kwargs)

    return guarded


def proof_first(request: HttpRequest, *, within: timedelta | None = None) -> HttpResponseBase | None:
    """The answer that asks for the proof; None when there is one, or it came along and is noted now."""
    if not is_fresh(within=within):
        if request.method != "POST":
            return redirect_to_login(request.get_full_path(), resolve_url(_address(request)))
        form = _form(request)
        if not form.is_valid():
            return _ask(request, form)
        _note(request, form)
    _take_off(request)
    return None


def is_fresh(*, within: timedelta | None = None) -> bool:
    """Whether the session of this request needs no further proof (adapters.py); a query only where a password does."""
    return not get_adapter().is_reauthentication_required(app="outreach", within=within)


def _address(request: HttpRequest) -> str:
    return "mfa_reauthenticate" if owns_second_factor(request.user) else "account_reauthenticate"


def _form(request: HttpRequest) -> CodeAgainForm | PasskeyAgainForm | PasswordAgainForm:
    """Filled in, if the proof came along; a password is asked of those only who have nothing else."""
    if not owns_second_factor(request.user):
        form = PasswordAgainForm
    elif request.POST.get(f"{PROOF}-credential"):
        form = PasskeyAgainForm
    else:
        form = CodeAgainForm
    came = any(is_proof(name) for name in request.POST)
    return form(data=request.POST if came else None, user=request.user, prefix=PROOF)


def _note(request: HttpRequest, form: CodeAgainForm | PasskeyAgainForm | PasswordAgainForm) -> None:
    if isinstance(form, PasswordAgainForm):
        reauthenticate_by_password(request)
    else:
        form.save()


def _ask(request: HttpRequest, form: Form) -> HttpResponse:
    sent = {"fields": fields_of(request), "files": bool(request.FILES), "address": request.get_full_path()}
    told = {"form": form}
    if isinstance(form, PasskeyAgainForm):
        told = {"passkey_form": form, "form": CodeAgainForm(user=request.user, prefix=PROOF)}
    return render(request, "account/proof.html", sent | told | ways_of(request.user), status=REFUSED)


def _take_off(request: HttpRequest) -> None:
    """The view meets what its own form sent, and no code or password."""
    proof = [name for name in request.POST if is_proof(name)]
    if proof:
        kept: QueryDict = request.POST.copy()
        for name in proof:
            del kept[name]
        request.POST = kept  # type: ignore[assignment]
