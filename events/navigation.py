"""Where events appear on the pages of others: a word in the navigation, a panel on the front page, a tab."""

from functools import partial

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.caching import register_change
from content.models.audiences import Audience
from content.registries import NextStep, front_panels, next_steps
from outreach.accounts.models import DESK_ROLES, Role
from outreach.design import menu
from outreach.links import public_href

from .models import Event
from .templatetags.event_tags import webcal_url

SHOWN_ON_FRONT = 3


def register() -> None:
    menu.register_public(menu.PublicNavItem(50, _("Events"), lambda request: public_href("events:list"), key="events"))
    menu.register_public(
        menu.PublicNavItem(40, _("Calendar (webcal)"), lambda request: webcal_url(), place="shortcuts")
    )
    menu.register_public(
        menu.PublicNavItem(
            45,
            _("Invite us to a dialogue"),
            lambda request: public_href("dialogue:ask"),
            "dialogue",
            place="shortcuts",
        )
    )
    menu.register(menu.MenuItem(60, _("Events"), "events_workspace:list", "calendar-month", roles=DESK_ROLES))
    helpers = frozenset({Role.CHECK_IN_HELPER})
    menu.register(menu.MenuItem(60, _("At the door"), "events_workspace:doors", "how-to-reg", roles=helpers))
    front_panels.append(coming_meetings)
    register_change(Event.objects.next_change)
    next_steps.append(
        NextStep(
            Audience.ASSOCIATION,
            _("Would you like to meet us?"),
            _("You can invite the centre to a dialogue, where you are or online. You decide the subject."),
            _("Invite us to a dialogue"),
            partial(public_href, "dialogue:ask"),
        )
    )


def coming_meetings(request: HttpRequest, language: str) -> tuple[str, dict] | None:
    """The next public events, without their seats: the page is kept. Nothing when none is planned."""
    now = timezone.now()
    events = list(Event.objects.listed(now).select_related("municipality")[:SHOWN_ON_FRONT])
    return ("events/_front_panel.html", {"events": events, "now": now}) if events else None
