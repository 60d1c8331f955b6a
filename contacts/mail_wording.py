"""The words of the mail about what waits may be changed; the numbers in it are ours."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext_lazy as _

from contacts.services.daily_mail import KIND, Waiting
from outreach.mail import wording
from outreach.mail.placeholders import link, part
from outreach.mail.wording import Placeholder, Wordable


def example(language: str) -> dict[str, Any]:
    """A morning with a little of everything."""
    return asdict(Waiting(overdue=1, today=2, this_week=3, meetings=1, proposals=2))


WORDABLE = Wordable(
    KIND,
    _("What waits today"),
    (),
    (
        Placeholder("waiting", _("how many of each wait, one line each"), part("contacts", "waiting"), needed=True),
        link("workspace", _("the link to the workspace")),
    ),
    example,
)


def register() -> None:
    wording.register(WORDABLE)
