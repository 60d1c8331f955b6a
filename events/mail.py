"""The mails about a registration or an invitation: links and calendar files are made while the mail is sent."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.behind import registration_of, registrations_behind
from events.models import (
    DialogueRequest,
    Event,
    FormLink,
    Invitation,
    InvitationToken,
    MailAgain,
    MailboxLink,
    Registration,
)
from events.services import calendar, entries, form_links, mailbox, mails_again, reminders, tokens
from events.services.tokens import Purpose
from outreach.links import public_url
from outreach.mail.kinds import Attachment, Group, MailKind
from outreach.mail.models import OutboxMessage
from outreach.mail.sending import Wish, send, send_all

Status = Registration.Status


def tell(kind: str, registration: Registration, *, occasion: str = "", **context: Any) -> None:
    """Write this mail once per registration (and occasion, where there can be several); not to those without mail."""
    tell_all(kind, [registration], occasion=occasion, **context)


def tell_all(kind: str, registrations: Iterable[Registration], *, occasion: str = "", **context: Any) -> None:
    """The same to many."""
    tell_each(((kind, registration) for registration in registrations), occasion=occasion, **context)


def tell_each(mails: Iterable[tuple[str, Registration]], *, occasion: str = "", **context: Any) -> None:
    """To each the mail of its kind."""
    send_all(
        Wish(
            kind,
            to=registration.email,
            language=registration.language,
            about=registration,
            context=context,
            dedupe=":".join(filter(None, [kind, str(registration.pk), occasion])),
            part_of=registration.event,
        )
        for kind, registration in mails
        if registration.email
    )


@transaction.atomic
def tell_again(again: MailAgain, mails: Iterable[tuple[OutboxMessage, Registration | Invitation]]) -> None:
    """Write mails anew as things stand, under the officer's words, once; the links in them are the only ones then."""
    keys = {f"again:{again.pk}:{about.pk}": (mail, about) for mail, about in mails}
    told = set(OutboxMessage.objects.filter(dedupe__in=keys).values_list("dedupe", flat=True))
    new = {key: pair for key, pair in keys.items() if key not in told}
    written = send_all(
        Wish(
            mail.kind,
            to=about.email,
            language=about.language,
            about=about,
            context={**mail.context, "preface": again.preface},
            dedupe=key,
            part_of=about.event,
        )
        for key, (mail, about) in new.items()
    )
    sent = [row for row in written if row.state == OutboxMessage.State.QUEUED]
    for purpose in (*Purpose, *InvitationToken.Purpose):
        tokens.revoke([row.thing for row in sent if purpose in row.link_keys], purpose)


def tell_association(kind: str, request: DialogueRequest, **context: Any) -> None:
    """Write this mail about an invitation, once."""
    send(
        kind,
        to=request.email,
        language=request.language,
        about=request,
        context=context,
        dedupe=f"{kind}:{request.pk}",
    )


def tell_mailbox(kind: str, link: MailboxLink) -> None:
    """Answer somebody who asked for a link to all their registrations, once."""
    send(kind, to=link.email, language=link.language, about=link, dedupe=f"{kind}:{link.pk}")


def tell_form(link: FormLink) -> None:
    """Send the link to the form that somebody asked for, once."""
    kind = "events.form" if link.form == FormLink.Form.REGISTER else "events.dialogue_form"
    send(kind, to=link.email, language=link.language, about=link, dedupe=f"{kind}:{link.pk}")


def tokens_of(messages: Sequence[OutboxMessage]) -> None:
    """Make the personal links of mails about registrations, for all at once."""
    pairs = list(zip(messages, registrations_behind(messages), strict=True))
    for purpose in Purpose:
        asked = [(message, row) for message, row in pairs if row and purpose in message.link_keys]
        made = tokens.issue_all([row for _message, row in asked], purpose)
        for message, row in asked:
            message.kept = {**message.kept, purpose.value: made[row.pk]}


def personal(*purposes: Purpose) -> Callable[[OutboxMessage], dict[str, str]]:
    """The addresses of the personal links for these purposes, and those of the public pages anyone may see."""

    def links(message: OutboxMessage) -> dict[str, str]:
        registration = registration_of(message)
        language = registration.language
        made = {
            purpose.value: tokens.link(registration, purpose, token=message.kept.get(purpose))
            for purpose in purposes
            if purpose in message.link_keys
        }
        if "events" in message.link_keys:
            made["events"] = public_url("events:list", language=language)
        if "event" in message.link_keys:
            made["event"] = public_url("events:event", registration.event.slug, language=language)
        return made

    return links


def of_dialogue(purpose: Purpose) -> Callable[[OutboxMessage], dict[str, str]]:
    """Makes the personal link to an invitation for this purpose."""

    def links(message: OutboxMessage) -> dict[str, str]:
        return {purpose.value: tokens.link(DialogueRequest.objects.get(pk=message.about_pk), purpose)}

    return links


def of_mailbox(message: OutboxMessage) -> dict[str, str]:
    """Makes the link to all registrations at the address, and that to the events."""
    link = MailboxLink.objects.get(pk=message.about_pk)
    links = {"events": public_url("events:list", language=link.language)}
    if message.kind == "events.my_registrations":
        token = mailbox.open_link(link, now=timezone.now())
        links["mailbox"] = public_url("events:mailbox", token, language=link.language)
    return links


def of_form(message: OutboxMessage) -> dict[str, str]:
    """Makes the link to the form."""
    link = FormLink.objects.get(pk=message.about_pk)
    return {"form": public_url("events:form", form_links.open_link(link, now=timezone.now()), language=link.language)}


def _seats_left(messages: Sequence[OutboxMessage]) -> None:
    """Note on each whether the calendar of its recipient may hold the entry of a seat."""
    tokens_of(messages)
    rows = [row for row in registrations_behind(messages) if row]
    had = entries.may_be_held(rows, now=timezone.now())
    for message in messages:
        message.kept = {**message.kept, "had_entry": UUID(message.about_pk) in had}


def seat(message: OutboxMessage) -> list[Attachment]:
    """The calendar entry of one who has a seat."""
    registration = registration_of(message)
    if registration.status != Status.CONFIRMED or registration.event.status != Event.Status.PUBLISHED:
        return []
    return [entry(calendar.invitation(registration, now=message.created_at), "REQUEST")]


def seat_gone(message: OutboxMessage) -> list[Attachment]:
    """Takes the entry out of the calendar again, if it may hold one."""
    registration = registration_of(message)
    if "had_entry" not in message.kept:
        _seats_left([message])
    if not message.kept["had_entry"]:
        return []
    return [entry(calendar.withdrawal(registration, now=message.created_at), "CANCEL")]


def no_longer_so(messages: Sequence[OutboxMessage]) -> list[str]:
    """A rule of the gate: a mail that waited while things changed is not sent; another tells what is so now."""
    pairs = zip(messages, registrations_behind(messages), strict=True)
    return [_outdated(message, registration) for message, registration in pairs]


def _outdated(message: OutboxMessage, registration: Registration | None) -> str:
    if registration is None or message.kind not in mails_again.TRUE_FOR:
        return ""
    now = message.claimed_at or timezone.now()
    return "" if mails_again.still_so(message, registration, now) else "no longer so"


def entry(content: str, method: str) -> Attachment:
    return Attachment("invite.ics", content, f"{calendar.MIMETYPE}; method={method}")


REMINDERS = Group(
    reminders.GROUP,
    _("Reminders"),
    _("A mail before or after a meeting that you are registered for. Without it, you remember the day yourself."),
)
INVITATIONS = Group(
    "events.invitations",
    _("Invitations to meetings"),
    _("We invite you to a meeting, and ask again if you do not answer. Without it, you find meetings on our site."),
)
BY_OTHERS = Group(
    "events.by_others",
    _("When somebody else registers you"),
    _("You confirm it, and get a seat. Without the mail you cannot, and what they wrote is deleted."),
)
# Reminders are a kindness; who is invited, or proposed by a colleague, has done nothing here. The other mails say what
# became of a seat: whoever says no to one by accident might go in vain, or lose the seat.
GROUPS = [REMINDERS, INVITATIONS, BY_OTHERS]


def _told(name: str, *purposes: Purpose, attachments: Any = None, **options: Any) -> MailKind:
    """A kind that answers what the recipient did here, or follows from a registration of theirs."""
    ready = _seats_left if attachments is seat_gone else tokens_of
    more = {"attachments": attachments} if attachments else {}
    return MailKind(name, ready=ready, links=personal(*purposes), asked_for=True, **more, **options)


KINDS = [
    _told("events.confirm", Purpose.CONFIRM),
    _told("events.proposed", Purpose.CONFIRM, group=BY_OTHERS.name),
    _told("events.already_registered", Purpose.MANAGE),
    _told("events.confirmed", Purpose.MANAGE, attachments=seat),
    _told("events.waiting", Purpose.MANAGE),
    _told("events.applied", Purpose.MANAGE),
    _told("events.refused", capped=False),
    _told("events.offer", Purpose.OFFER),
    _told("events.reminder", Purpose.MANAGE, group=REMINDERS.name),
    _told("events.still_coming", Purpose.COME, Purpose.MANAGE, capped=False),
    _told("events.swap_offered", Purpose.SWAP),
    _told("events.swap_ended", Purpose.MANAGE),
    _told("events.seat_swapped", attachments=seat_gone, capped=False),
    _told("events.mode_granted", Purpose.MANAGE),
    _told("events.released", attachments=seat_gone, capped=False),
    _told("events.offer_lapsed"),
    _told("events.cancelled_by_you", attachments=seat_gone),
    # These must arrive, however many mails an address has had that day.
    _told("events.event_changed", Purpose.COME, Purpose.MANAGE, attachments=seat, capped=False),
    _told("events.event_cancelled", attachments=seat_gone, capped=False),
]
MAILBOX_KINDS = [
    MailKind("events.my_registrations", links=of_mailbox, asked_for=True),
    MailKind("events.no_registrations", links=of_mailbox, asked_for=True),
]
FORM_KINDS = [
    MailKind("events.form", links=of_form, asked_for=True),
    MailKind("events.dialogue_form", links=of_form, asked_for=True),
]
DIALOGUE_KINDS = [
    MailKind("events.dialogue_confirm", links=of_dialogue(Purpose.CONFIRM), asked_for=True),
    MailKind("events.dialogue_confirmed", links=of_dialogue(Purpose.MANAGE), asked_for=True),
    MailKind("events.dialogue_accepted", capped=False, asked_for=True),
    MailKind("events.dialogue_declined", capped=False, asked_for=True),
]
