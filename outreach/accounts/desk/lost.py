"""A colleague has lost the second factor: asking for its removal, and deciding on what another administrator asked."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from outreach.accounts.models import FactorReset
from outreach.accounts.services import lost_factors
from outreach.accounts.services.colleagues import OwnAccount
from outreach.audit.trail import reading
from outreach.privacy.workspace import note_passing

from .access import TAB, administrator, administrators_only, known
from .forms import LostFactorForm

PAGE = "colleagues:request"
DECISIONS: dict[str, Callable] = {
    "approve": lost_factors.approve,
    "refuse": lost_factors.refuse,
    "withdraw": lost_factors.withdraw,
}


def waiting(request: HttpRequest) -> list[QuerySet]:
    """What the tab counts: requests that this administrator can decide on."""
    return [FactorReset.objects.waiting_for(request.user, timezone.now())]


@administrators_only
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what has happened; another administrator then decides."""
    shown = known(request, pk)
    form = LostFactorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason, now = form.cleaned_data["reason"], timezone.now()
        try:
            made = lost_factors.ask(shown, reason=reason, actor=administrator(request), now=now)
        except OwnAccount:
            messages.info(request, _("Another administrator asks when it is your own."))
        except lost_factors.NothingToRemove:
            messages.info(request, _("There is no phone and no passkey to remove."))
        except lost_factors.AskedAlready:
            messages.info(request, _("Somebody has asked already."))
        else:
            note_passing(request, form, made)
            messages.success(request, _("Now another administrator decides. Call one."))
            return redirect(PAGE, made.pk)
        return redirect("colleagues:colleague", pk)
    reading(request, "view", shown)
    context = {"form": form, "colleague": shown, "own": shown.pk == request.user.pk, "nav_current": TAB}
    return render(request, "colleagues/ask.html", context, status=422 if form.errors else 200)


@administrators_only
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A request: who asked, why and until when; with a button for those who may press it."""
    requests = FactorReset.objects.visible_to(request.user).select_related("colleague", "asked_by", "decided_by")
    shown = get_object_or_404(requests, pk=pk)
    do = DECISIONS.get(request.POST.get("do", ""))
    if do:
        _carry_out(request, shown, do)
        return redirect(PAGE, pk)
    reading(request, "view", shown)
    context = {
        "lost": shown,
        "open": shown.is_open(timezone.now()),
        "asked": shown.asked_by_id == request.user.pk,
        "own": shown.colleague_id == request.user.pk,
        "nav_current": TAB,
    }
    return render(request, "colleagues/request.html", context)


def _carry_out(request: HttpRequest, shown: FactorReset, do: Callable) -> None:
    try:
        do(shown, actor=administrator(request), now=timezone.now())
    except (lost_factors.NotTheirs, OwnAccount):
        messages.info(request, _("It takes two administrators, and neither is the one it is about."))
    except lost_factors.NotOpen:
        messages.info(request, _("It is decided, withdrawn or run out already. Nothing was changed."))
    else:
        messages.success(request, _done(shown))


def _done(shown: FactorReset) -> str:
    name = {"name": shown.colleague}
    if shown.outcome == FactorReset.Outcome.APPROVED:
        return _("What %(name)s signed in with is removed, and the sessions are ended.") % name
    if shown.outcome == FactorReset.Outcome.REFUSED:
        return _("You said no. Nothing was changed for %(name)s.") % name
    return _("Withdrawn. Nothing was changed for %(name)s.") % name
