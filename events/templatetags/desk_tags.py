"""What an officer reads about the state of an event and of its registrations, and about the mails a button sends."""

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event, Invitation, Registration
from outreach.design.templatetags.design_tags import badge
from outreach.mail import reasons
from outreach.mail.models import OutboxMessage

from .event_tags import seat_badge

register = template.Library()

KINDS = {
    Registration.Status.CONFIRMED: "ok",
    Registration.Status.OFFERED: "info",
    Registration.Status.WAITING: "waiting",
    Registration.Status.PENDING: "due",
    Registration.Status.APPLIED: "due",
}


INVITED = {
    Invitation.Status.ACCEPTED: "ok",
    Invitation.Status.SENT: "waiting",
    Invitation.Status.PREPARED: "due",
}


@register.simple_tag
def state_badge(event: Event, now: datetime) -> SafeString:
    """Draft or invitation only first; a published event says how full it is."""
    if event.status == Event.Status.DRAFT:
        return badge("", event.get_status_display())
    return seat_badge(event, now)


@register.simple_tag
def registration_badge(registration: Registration, place: int = 0) -> SafeString:
    """The state as a word, with the ``place`` in the queue for one who waits."""
    if place:
        return badge("waiting", _("Number %(number)d in the queue") % {"number": place})
    return badge(KINDS.get(registration.status, ""), registration.get_status_display())


MAILS = {
    OutboxMessage.State.SENT: "ok",
    OutboxMessage.State.FAILED: "overdue",
    OutboxMessage.State.SENDING: "info",
    OutboxMessage.State.QUEUED: "waiting",
}


@register.simple_tag
def mail_badge(mail: OutboxMessage) -> SafeString:
    """How far a mail has come, as a word."""
    return badge(MAILS.get(mail.state, ""), mail.get_state_display())


@register.simple_tag
def came_back() -> SafeString:
    return badge("overdue", _("Came back"))


@register.simple_tag
def why_back(status: str) -> str:
    return reasons.why_back(status)


@register.simple_tag
def language_said(language: str) -> str:
    """The language of a mail, within a sentence."""
    return {"da": _("in Danish"), "en": _("in English")}.get(language, language)


@register.simple_tag
def invitation_badge(invitation: Invitation) -> SafeString:
    """What came of an invitation, as a word."""
    return badge(INVITED.get(invitation.status, ""), invitation.get_status_display())


@register.simple_tag
def registration_state(status: str) -> str:
    """How a registration stands, by its state."""
    return str(Registration.Status(status).label)


def _total(mails: Mapping[str, int]) -> int:
    return sum(mails.values())


@register.simple_tag
def mails_counted(mails: Mapping[str, int]) -> str:
    """37 people get it as it stands now: 34 in Danish, 3 in English."""
    total = _total(mails)
    if not total:
        return _("Nobody with a seat has an e-mail, so nobody gets it as it stands now.")
    words = ngettext(
        "%(count)d person gets it as it stands now: %(parts)s.",
        "%(count)d people get it as it stands now: %(parts)s.",
        total,
    )
    return words % {"count": total, "parts": _parts(mails)}


def _parts(mails: Mapping[str, int]) -> str:
    languages = {"da": _("%(count)d in Danish"), "en": _("%(count)d in English")}
    return ", ".join(languages[language] % {"count": count} for language, count in sorted(mails.items()))


@register.simple_tag
def mails_said(mails: Mapping[str, int]) -> str:
    """You send 37 mails: 34 in Danish, 3 in English."""
    total = _total(mails)
    if not total:
        return _("Nobody is registered with an e-mail, so no mail is sent.")
    words = ngettext("You send %(count)d mail: %(parts)s.", "You send %(count)d mails: %(parts)s.", total)
    return words % {"count": total, "parts": _parts(mails)}


@register.simple_tag
def cancel_button(mails: Mapping[str, int]) -> str:
    """The button repeats the number."""
    total = _total(mails)
    if not total:
        return _("Cancel the event")
    words = ngettext("Cancel the event and send %(count)d mail", "Cancel the event and send %(count)d mails", total)
    return words % {"count": total}


@register.simple_tag
def send_button(mails: Mapping[str, int]) -> str:
    """The button repeats the number."""
    total = _total(mails)
    return ngettext("Send %(count)d mail", "Send %(count)d mails", total) % {"count": total}
