"""Which of our mails colleagues may word anew, with what placeholders, and the made-up meeting of the preview."""

from datetime import datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.mail_words import LABELS
from events.models import Event
from outreach.accounts.models import User
from outreach.mail import wording
from outreach.mail.placeholders import day, link, part, until
from outreach.mail.wording import Placeholder, Wordable
from outreach.places.folding import fold


def _part(name: str) -> str:
    return part("events", name)


TITLE = Placeholder("title", _("the neutral title of the meeting"), "{{ about.event.public_title }}", needed=True)
NAME = Placeholder("name", _("the name of whoever gets it"), "{{ about.name }}")
FACTS = Placeholder("facts", _("title, time and place of the meeting"), _part("facts"), needed=True)
KEPT = Placeholder("kept_until", _("the day until which we keep the details"), day("about.kept_until"), needed=True)
SEEN = Placeholder("manage_until", _("the day until which the link works"), day("about.manage_until"))
MANAGE = link("manage", _("the personal link to see, change or cancel"))
CONFIRM = link("confirm", _("the personal link to confirm"))
BEFORE = Placeholder("confirm_before", _("until when one can confirm"), until("about.confirm_before"))
FORM = link("form", _("the personal link to the form"))
EVENTS = link("events", _("the link to the coming meetings"), needed=False)
AGAIN = Placeholder("again", _("how to register again, where one can"), _part("again"))
ANSWER = Placeholder("answer", _("what the officer answered"), "{{ answer }}", needed=True)
STATE = Placeholder("state", _("a sentence: has a seat, waits, or is offered one"), _part("state"), needed=True)
OCCASION = Placeholder("occasion", _("“See you soon”, or “Thank you for coming” afterwards"), _part("occasion"))

TEXTS: dict[str, tuple[Placeholder, ...]] = {
    "events.confirm": (FACTS, CONFIRM, BEFORE),
    "events.proposed": (
        Placeholder("proposed_by", _("the colleague who proposed them"), "{{ about.proposed_by }}", needed=True),
        *(FACTS, CONFIRM, BEFORE, KEPT),
    ),
    "events.already_registered": (NAME, FACTS, STATE, MANAGE, SEEN, KEPT),
    "events.confirmed": (NAME, FACTS, MANAGE, SEEN, KEPT),
    "events.waiting": (
        NAME,
        Placeholder("place", _("the number on the waiting list"), "{{ about.place }}"),
        *(FACTS, MANAGE, SEEN, KEPT),
    ),
    "events.applied": (NAME, FACTS, MANAGE, SEEN, KEPT),
    "events.refused": (NAME, ANSWER, FACTS, EVENTS, KEPT),
    "events.offer": (
        *(NAME, FACTS),
        link("offer", _("the personal link to say yes or no")),
        Placeholder(
            "answer_before",
            _("until when we hold the seat"),
            until("about.offer_expires_at", "daydate"),
            needed=True,
        ),
        KEPT,
    ),
    "events.reminder": (
        NAME,
        Placeholder("words", _("the officer’s words for this reminder"), _part("words"), needed=True),
        FACTS,
        Placeholder("next", _("what they can do, with the personal link"), _part("next"), needed=True),
        KEPT,
    ),
    "events.still_coming": (
        *(NAME, FACTS),
        link("come", _("the personal link to say yes or no")),
        Placeholder(
            "answer_before",
            _("until when we wait for the answer"),
            until("about.come_before", "daydate"),
            needed=True,
        ),
        *(MANAGE, KEPT),
    ),
    "events.swap_offered": (
        Placeholder("proposed_by", _("the colleague who gives the seat away"), "{{ about.proposed_by }}", needed=True),
        *(FACTS, link("swap", _("the personal link to say yes or no"))),
        Placeholder(
            "answer_before", _("until when one can say yes"), until("about.offer_expires_at", "daydate"), needed=True
        ),
        KEPT,
    ),
    "events.swap_ended": (NAME, FACTS, MANAGE, KEPT),
    "events.seat_swapped": (NAME, FACTS, KEPT),
    "events.mode_granted": (
        NAME,
        Placeholder("way", _("a sentence: now at the venue, or now online"), _part("way"), needed=True),
        *(FACTS, MANAGE, KEPT),
    ),
    "events.released": (NAME, FACTS, AGAIN, KEPT),
    "events.form": (FACTS, FORM),
    "events.offer_lapsed": (NAME, FACTS, AGAIN, KEPT),
    "events.cancelled_by_you": (NAME, FACTS, AGAIN, KEPT),
    "events.event_changed": (
        *(NAME, FACTS),
        Placeholder("state", _("a sentence: still has the seat, the place or the offer"), _part("still"), needed=True),
        Placeholder("coming", _("the question whether they still come, with the link"), _part("coming"), needed=True),
        *(MANAGE, SEEN, KEPT),
    ),
    "events.event_cancelled": (
        *(NAME, FACTS),
        Placeholder("calendar", _("a sentence about the attached file, for those with a seat"), _part("gone")),
        *(EVENTS, KEPT),
    ),
}

GREETING = Placeholder("greeting", _("your words to the invited, if there are any"), "{{ greeting }}", needed=True)
REPLY = Placeholder("reply", _("how to answer, with the personal link"), _part("reply"), needed=True)
ANSWER_BEFORE = Placeholder(
    "answer_before", _("until when one can answer"), until("about.event.closes_at", "daydate"), needed=True
)
INVITATION_KEPT = Placeholder(
    "kept_until", _("the day until which we keep the invitation"), day("about.opens_until"), needed=True
)
INVITATION_TEXTS: dict[str, tuple[Placeholder, ...]] = {
    "events.invitation": (
        *(NAME, GREETING),
        Placeholder("invites", _("a sentence: we invite you, or who has named you"), _part("invites"), needed=True),
        *(FACTS, REPLY),
        Placeholder("handing_on", _("whether the link may be passed on"), _part("handing_on"), needed=True),
        *(ANSWER_BEFORE, INVITATION_KEPT),
    ),
    "events.invitation_reminder": (NAME, GREETING, FACTS, REPLY, ANSWER_BEFORE, INVITATION_KEPT),
    "events.invitation_changed": (NAME, FACTS, REPLY, ANSWER_BEFORE, INVITATION_KEPT),
    "events.invitation_cancelled": (NAME, FACTS, EVENTS, INVITATION_KEPT),
}

ASSOCIATION = Placeholder("organisation", _("the association"), "{{ about.organisation }}")
DIALOGUE_TEXTS: dict[str, tuple[Placeholder, ...]] = {
    "events.dialogue_confirm": (
        CONFIRM,
        Placeholder("confirm_before", _("until when one can confirm"), until("about.forgotten_at")),
    ),
    "events.dialogue_confirmed": (
        *(NAME, ASSOCIATION),
        link("manage", _("the personal link to see or withdraw the invitation")),
        KEPT,
    ),
    "events.dialogue_accepted": (
        *(NAME, ASSOCIATION),
        Placeholder("officer", _("the colleague who will be in touch"), "{{ officer }}", needed=True),
    ),
    "events.dialogue_declined": (NAME, ANSWER),
    "events.dialogue_form": (FORM,),
}


MAILBOX_TEXTS: dict[str, tuple[Placeholder, ...]] = {
    "events.my_registrations": (link("mailbox", _("the personal link to all registrations at the address")),),
    "events.no_registrations": (EVENTS,),
}


def register() -> None:
    for kind, text in TEXTS.items():
        subject = (OCCASION, TITLE) if kind == "events.reminder" else (TITLE,)
        wording.register(Wordable(kind, LABELS[kind], subject, text, example))
    for kind, text in DIALOGUE_TEXTS.items():
        wording.register(Wordable(kind, LABELS[kind], (), text, example_of_dialogue))
    for kind, text in MAILBOX_TEXTS.items():
        wording.register(Wordable(kind, LABELS[kind], (), text, example))
    for kind, text in INVITATION_TEXTS.items():
        wording.register(Wordable(kind, LABELS[kind], (TITLE,), text, example_of_invitation))
    wording.register_subject_rule(no_internal_title)


def no_internal_title(subject: str, author: User) -> str:
    """Refuse the internal title of an event the author may know of: a subject is read over shoulders."""
    events = Event.objects.seen_by(author).order_by()
    told = events.exclude(title=F("public_title")).values_list("title", flat=True)
    among_colleagues = (
        events.exclude(internal_title="")
        .exclude(internal_title=F("public_title"))
        .values_list("internal_title", flat=True)
    )
    if any(fold(title) in fold(subject) for title in told.union(among_colleagues)):
        return gettext("That is the internal title of an event. Write the placeholder {title} instead.")
    return ""


def example(language: str) -> dict[str, Any]:
    """A meeting in three weeks and somebody with a seat at it; both made up."""
    event = example_event(language)
    about = SimpleNamespace(
        event=event,
        name="Ana Eksempel",
        proposed_by="Bo Eksempel",
        status="confirmed",
        place=3,
        confirm_before=event.starts_at - timedelta(days=14),
        offer_expires_at=event.starts_at - timedelta(days=14),
        come_before=event.starts_at - timedelta(days=3),
        manage_until=event.ends_at + timedelta(days=30),
        kept_until=event.kept_until,
        mode="online",
    )
    answer = "Der er kun plads til skoler denne gang." if language == "da" else "This time it is for schools only."
    return {"about": about, "answer": answer, "words": "", "over": False, "still_open": True}


def example_of_dialogue(language: str) -> dict[str, Any]:
    """An association that has invited us; made up."""
    about = SimpleNamespace(
        name="Ana Eksempel",
        organisation="Foreningen Eksempel" if language == "da" else "The Example Association",
        forgotten_at=_in_three_weeks(16),
        kept_until=_in_three_weeks(16) + timedelta(days=160),
    )
    answer = "Vi kan desværre ikke i den uge." if language == "da" else "We are sorry that we cannot that week."
    return {"about": about, "answer": answer, "officer": "Bo Eksempel"}


def _in_three_weeks(hour: int) -> datetime:
    day = timezone.localdate() + timedelta(days=21)
    return timezone.make_aware(datetime.combine(day, time(hour)))


def example_event(language: str) -> Event:
    return Event(
        public_title="Netværksmøde" if language == "da" else "Network meeting",
        starts_at=_in_three_weeks(16),
        ends_at=_in_three_weeks(19),
        venue_name="Foreningshuset Åen",
        venue_address="Eksempelvej 4, 8000 Aarhus C",
        status=Event.Status.PUBLISHED,
        asks_days_before=7,
        releases_days_before=3,
    )


def example_of_invitation(language: str) -> dict[str, Any]:
    """Somebody who is asked to it, by a link of their own."""
    event = example_event(language)
    about = SimpleNamespace(
        event=event,
        name="Ana Eksempel",
        named_by=None,
        is_free=False,
        may_name=True,
        opens_until=event.ends_at + timedelta(days=30),
    )
    greeting = "Tak for sidst. Vi vil gerne høre, hvad I ser." if language == "da" else "It was good to meet you."
    return {"about": about, "greeting": greeting}
