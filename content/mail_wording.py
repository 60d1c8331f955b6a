"""Which mails about the site may be worded anew, with what placeholders, and the made-up text of the preview."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach.mail import wording
from outreach.mail.placeholders import day, link, part
from outreach.mail.wording import Placeholder, Wordable

BY = Placeholder("by", _("the colleague"), "{{ by }}")
PAGE = Placeholder("page", _("the title of the page"), "{{ title }}", needed=True)
PAGE_LINK = link("page", _("the link to the page"))
WHAT = Placeholder("what", _("what the text is about"), "{{ about.owner.row.name }}", needed=True)
REMEMBER = Placeholder("remember", _("“Reminder:”, the second time"), part("content", "remember"))


def example(language: str) -> dict[str, Any]:
    """A page somebody has written, an answer to it, and a text with somebody who answers for it; all made up."""
    danish, now = language == "da", timezone.now()
    row = SimpleNamespace(
        name="Foreningshuset Åen" if danish else "Riverside House", checked_on=now.date() - timedelta(days=180)
    )
    owner = SimpleNamespace(called="Ana Eksempel", row=row)
    return {
        "about": SimpleNamespace(owner=owner, expires_at=now + timedelta(days=30)),
        "by": "Bo Eksempel",
        "title": "Sådan starter I en dialog" if danish else "How to begin a dialogue",
        "comment": "Skriv telefonnummeret øverst." if danish else "Put the number at the top.",
        "approved": False,
        "reminder": False,
    }


WORDABLES = (
    Wordable(
        "content.change_waits",
        _("A change of a contact channel waits"),
        (),
        (link("approval", _("the link to the change")),),
        example,
    ),
    Wordable("content.review_asked", _("A page waits for a review"), (), (BY, PAGE, PAGE_LINK), example),
    Wordable(
        "content.review_answered",
        _("A page has been reviewed"),
        (),
        (
            Placeholder(
                "outcome", _("a sentence: approved, or changes are asked for"), part("content", "outcome"), True
            ),
            Placeholder("comment", _("what the colleague wrote, if anything"), part("content", "comment"), True),
            PAGE_LINK,
        ),
        example,
    ),
    Wordable(
        "content.still_correct",
        _("Is it still right?"),
        (REMEMBER, WHAT),
        (
            Placeholder("name", _("the name of whoever gets it"), "{{ about.owner.called }}"),
            Placeholder("still_silent", _("that we wrote before, the second time"), part("content", "still_silent")),
            WHAT,
            Placeholder("checked_on", _("when it was last checked"), day("about.owner.row.checked_on")),
            link("answer", _("the personal link to answer"), key="still_correct"),
            Placeholder(
                "answer_before", _("the day until which the link works"), day("about.expires_at", "daydate"), True
            ),
            Placeholder("reminds_once", _("that we remind once, the first time"), part("content", "reminds_once")),
        ),
        example,
    ),
)


def register() -> None:
    for wordable in WORDABLES:
        wording.register(wordable)
