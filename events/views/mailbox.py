"""A link to all one's registrations: asked for here, and told to the mailbox only."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from content.context import translations_to
from events import door
from events.door import own
from events.forms.own import CancelSeveralForm, MailboxForm
from events.services import mailbox
from events.services.tokens import digest
from events.views.links import UNLISTED, unusable
from outreach.languages import written_in
from outreach.links import public_href
from outreach.privacy import limits
from outreach.privacy.forms import public_form

TOO_MANY = _("Many links have been asked for within an hour. Try again later.")


@never_cache
@public_form
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the link. What follows is the same for every address."""
    now = timezone.now()
    form = MailboxForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        if within_limits(request, form.cleaned_data["email"], now=now):
            mailbox.ask(form.cleaned_data["email"], language=written_in(), now=now)
            return HttpResponseRedirect(public_href("events:find_sent"))
        form.add_error(None, TOO_MANY)
        status = 429
    context = {"form": form, "nav_current": "events", "translations": translations_to(request, "events:find")}
    return render(request, "events/find.html", context, status=status)


def within_limits(request: HttpRequest, email: str, *, now) -> bool:
    return limits.allow(limits.from_source(request, "find"), limits.for_address(email, "find for"), now=now)


@never_cache
def find_sent(request: HttpRequest) -> HttpResponse:
    """The same for everyone: the truth goes to the mailbox."""
    context = {"nav_current": "events", "translations": translations_to(request, "events:find_sent")}
    return render(request, "events/find_sent.html", context)


def opened(view: Callable) -> Callable:
    """A view behind the link to a mailbox: called with (request, token, listed, context)."""

    @never_cache
    @public_form
    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        listed = own.mailbox(digest(token))
        if not listed:
            return unusable(request)
        now = timezone.now()
        context = {"listed": listed, "token": token, "now": now, "nav_current": "events", **UNLISTED}
        return view(request, token, listed, context | {"expires_at": listed[0].expires_at})

    return answer


def with_links(token: str, listed: list[own.Listed]) -> list[tuple[own.Listed, str]]:
    """Each registration with the token of the pages about it."""
    return [(row, mailbox.personal_token(token, row.registration_id)) for row in listed]


@opened
def registrations(request: HttpRequest, token: str, listed: list[own.Listed], context: dict) -> HttpResponse:
    """All registrations at the address: whose each is, for what, and what can be done."""
    now = context["now"]
    coming = [row for row in reversed(listed) if row.event.ends_at > now]
    past = [row for row in listed if row.event.ends_at <= now]
    several = sum(row.can_cancel(now) for row in listed) > 1
    told = {"coming": with_links(token, coming), "past": with_links(token, past), "several": several}
    return render(request, "events/mailbox.html", context | told | {"address": listed[0].email})


@opened
def cancel(request: HttpRequest, token: str, listed: list[own.Listed], context: dict) -> HttpResponse:
    """Which ones to cancel and what follows; then each goes through its own door, and says what it came to."""
    now = context["now"]
    can = [row for row in reversed(listed) if row.can_cancel(now)]
    form = CancelSeveralForm(request.POST if request.method == "POST" else None, listed=can)
    if can and form.is_valid():
        chosen = [row for row in can if str(row.registration_id) in form.cleaned_data["which"]]
        told = [(row, door.cancel(digest(personal))) for row, personal in with_links(token, chosen)]
        return render(request, "events/mailbox_cancelled.html", context | {"told": told, "translations": ()})
    status = 422 if form.is_bound and can else 200
    return render(request, "events/mailbox_cancel.html", context | {"form": form, "can": can}, status=status)
