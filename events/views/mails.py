"""The pages behind the two links in the foot of a mail: which mails one wants, and no more of one kind.

A GET only shows; a POST acts (mail scanners open every link). Unknown, old and mangled links get one page.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from events.door import mails as door
from events.door.mails import Purpose
from events.forms.mails import MailsForm
from events.services.tokens import digest
from outreach.mail.kinds import Group, groups
from outreach.privacy.forms import by_token_alone, public_form

# A personal address is nobody else's to find.
UNLISTED: dict[str, Any] = {"canonical_url": "", "alternates": (), "nav_current": ""}


@never_cache
@public_form
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """Which groups of mails come to the address; opened from the foot of a mail, or from one's registration."""
    h = digest(token)
    seen = door.view(h, Purpose.CHOOSE, Purpose.MANAGE)
    if seen is None:
        return unusable(request)
    context = UNLISTED | {"view": seen, "managing": seen.purpose == Purpose.MANAGE, "token": token}
    form = MailsForm(request.POST or None, unwanted=seen.unwanted)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "events/mails/choose.html", context | {"form": form}, status=status)
    if not door.choose(h, form.unwanted):
        return unusable(request)
    return render(request, "events/mails/chosen.html", context | split(form.unwanted))


@never_cache
@by_token_alone
def stop(request: HttpRequest, token: str, group: str) -> HttpResponse:
    """No more mails of one group: at once where a mail program asks, by a button where a person opens the link."""
    h, stopped = digest(token), next((each for each in groups() if each.name == group), None)
    if stopped is None or door.view(h, Purpose.STOP) is None:
        return unusable(request)
    context = UNLISTED | {"group": stopped}
    if request.method != "POST":
        return render(request, "events/mails/stop.html", context)
    door.stop(h, stopped.name)
    return render(request, "events/mails/stopped.html", context)


@never_cache
@public_form
def mangled(request: HttpRequest, link: str) -> HttpResponse:
    """What begins like a personal link and is none."""
    return unusable(request)


def unusable(request: HttpRequest) -> HttpResponse:
    return render(request, "events/mails/link_unusable.html", UNLISTED | {"translations": ()}, status=404)


def split(unwanted: list[str]) -> dict[str, list[Group]]:
    """What comes from now on, and what does not."""
    return {
        "wanted": [group for group in groups() if group.name not in unwanted],
        "unwanted": [group for group in groups() if group.name in unwanted],
    }
