"""The accounts of colleagues: who there is, entering one, changing one, closing one and opening it again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from outreach.accounts.duties import duties_of
from outreach.accounts.models import FactorReset, User
from outreach.accounts.second_factor import with_second_factor
from outreach.accounts.services import colleagues
from outreach.audit.trail import reading, reading_list
from outreach.meanwhile import A_MOMENT_AGO, VersionField
from outreach.once import once
from outreach.privacy.workspace import note_passing

from .access import TAB, administrator, administrators_only, known
from .forms import ColleagueForm, NewColleagueForm

PAGE = "colleagues:colleague"


@administrators_only
@require_GET
def colleague_list(request: HttpRequest) -> HttpResponse:
    """Everybody who has an account, those at work first, and the requests that wait for a second administrator."""
    accounts = with_second_factor(User.objects.visible_to(request.user)).prefetch_related("teams").by_name()
    at_work = [one for one in accounts if one.is_active]
    closed = [one for one in accounts if not one.is_active]
    reading_list(request, User._meta.label, [one.pk for one in accounts])
    requests = FactorReset.objects.visible_to(request.user).open(timezone.now())
    context = {
        "at_work": at_work,
        "closed": closed,
        "requests": requests.select_related("colleague", "asked_by"),
        "nav_current": TAB,
    }
    return render(request, "colleagues/list.html", context)


def entered(request: HttpRequest, key: UUID) -> str | None:
    found = User.objects.visible_to(request.user).filter(pk=key).exists()
    return reverse(PAGE, args=[key]) if found else None


def _status(form: Any) -> int:
    return 422 if form.errors else 200


@administrators_only
@once(entered)
def new(request: HttpRequest) -> HttpResponse:
    form = NewColleagueForm(request.POST if request.method == "POST" else None, instance=User())
    if request.method == "POST" and form.is_valid():
        made = form.save(commit=False)
        colleagues.enter(made, form.cleaned_data["teams"], actor=administrator(request))
        note_passing(request, form, made)
        messages.success(request, _("%(name)s gets a mail with a link to choose a password.") % {"name": made})
        return redirect(PAGE, made.pk)
    return render(request, "colleagues/new.html", {"form": form, "nav_current": TAB}, status=_status(form))


@administrators_only
def colleague(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What an account is, and a form to change it."""
    shown = known(request, pk)
    own = shown.pk == request.user.pk
    form = ColleagueForm(request.POST if request.method == "POST" else None, instance=shown, own=own)
    if request.method == "POST" and form.is_valid():
        try:
            colleagues.change(form.save(commit=False), form.cleaned_data["teams"], actor=administrator(request))
        except colleagues.ChangedMeanwhile:
            form.add_error(None, A_MOMENT_AGO)
        else:
            note_passing(request, form, shown)
            messages.success(request, _("%(name)s is saved.") % {"name": shown})
            return redirect(TAB)
    reading(request, "view", shown)
    requests = FactorReset.objects.visible_to(request.user).open(timezone.now()).filter(colleague=shown)
    context = {
        "form": form,
        "colleague": shown,
        "saved": known(request, pk) if form.errors else shown,
        "own": own,
        "lost": requests.select_related("asked_by").first(),
        "nav_current": TAB,
    }
    return render(request, "colleagues/colleague.html", context, status=_status(form))


@administrators_only
@require_POST
def link(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = known(request, pk)
    if shown.is_active:
        colleagues.send_link(shown, actor=administrator(request))
        messages.success(request, _("%(name)s gets a mail with a link to choose a password.") % {"name": shown})
    return redirect(PAGE, pk)


@administrators_only
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """First what that means and what has to be handed over, in numbers, then it is done."""
    shown = known(request, pk)
    if shown.pk == request.user.pk:
        messages.info(request, _("Another administrator closes your own account."))
        return redirect(PAGE, pk)
    if request.method == "POST":
        return _done(request, shown, colleagues.close, _("The account of %(name)s is closed.") % {"name": shown})
    reading(request, "view", shown)
    context = {"colleague": shown, "duties": duties_of(shown, timezone.now()), "nav_current": TAB}
    return render(request, "colleagues/close.html", context)


@administrators_only
@require_POST
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = known(request, pk)
    return _done(request, shown, colleagues.reopen, _("%(name)s can sign in again.") % {"name": shown})


def _done(request: HttpRequest, shown: User, do: Any, words: str) -> HttpResponse:
    """As of the version the page showed; where it has another by now, say so and look again."""
    version = VersionField(required=False).clean(request.POST.get("version"))
    shown.version = shown.version if version is None else version
    try:
        do(shown, actor=administrator(request))
    except colleagues.ChangedMeanwhile:
        messages.info(request, A_MOMENT_AGO)
    else:
        messages.success(request, words)
    return redirect(PAGE, shown.pk)
