"""The mails about a registration or an invitation: links and calendar files are made while the mail is sent."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import DialogueRequest, MailAgain, MailboxLink, Registration
from events.services import calendar, mailbox, reminders, tokens
from events.services.tokens import Purpose
from outreach.links import public_url
from outreach.mail.kinds import Attachment, Group, MailKind
from outreach.mail.models import OutboxMessage
from outreach.mail.sending import send
from outreach.prepared import prepared

Status = Registration.Status


def tell(kind: str, registration: Registration, *, occasion: str = "", **context: Any) -> None:
    """Write this mail once per registration (and occasion, where there can be several); not to those without mail."""
    if registration.email:
        send(
            kind,
            to=registration.email,
            language=registration.language,
            about=registration,
            context=context,
            dedupe=":".join(filter(None, [kind, str(registration.pk), occasion])),
            part_of=registration.event,
        )


@transaction.atomic
def tell_again(again: MailAgain, mail: OutboxMessage, registration: Registration) -> None:
    """Write ``mail`` anew as things stand, under the officer's words, once; the links in it are the only ones then."""
    dedupe = f"again:{again.pk}:{registration.pk}"
    if OutboxMessage.objects.filter(dedupe=dedupe).exists():
        return
    written = send(
        mail.kind,
        to=registration.email,
        language=registration.language,
        about=registration,
        context={**mail.context, "preface": again.preface},
        dedupe=dedupe,
        part_of=registration.event,
    )
    if written.state == OutboxMessage.State.QUEUED:
        for purpose in Purpose:
            if purpose in written.link_keys:
                tokens.revoke(registration, purpose)


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


@prepared
def _with_event(registration: Registration) -> QuerySet:
    return Registration.objects.select_related("event").filter(pk=registration.pk)


def registration_behind(message: OutboxMessage) -> Registration | None:
    """The registration a mail is about, read once in each attempt to send it; None if it is gone, or is none."""
    if message.about_label != Registration._meta.label:
        return None
    found = message.thing(lambda: _with_event(Registration(pk=UUID(message.about_pk))))
    return found[0] if found else None


def registration_of(message: OutboxMessage) -> Registration:
    """The same; raises ``Registration.DoesNotExist``."""
    if registration := registration_behind(message):
        return registration
    raise Registration.DoesNotExist(message.about_pk)


def personal(*purposes: Purpose) -> Callable[[OutboxMessage], dict[str, str]]:
    """Makes the personal links for these purposes, and those to the public pages anyone may see."""

    def links(message: OutboxMessage) -> dict[str, str]:
        registration = registration_of(message)
        language = registration.language
        return {
            "events": public_url("events:list", language=language),
            "event": public_url("events:event", registration.event.slug, language=language),
            **{purpose.value: tokens.link(registration, purpose) for purpose in purposes},
        }

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


def seat(message: OutboxMessage) -> list[Attachment]:
    """The calendar entry of one who has a seat."""
    registration = registration_of(message)
    if registration.status != Status.CONFIRMED:
        return []
    return [entry(calendar.invitation(registration, now=message.created_at), "REQUEST")]


def seat_gone(message: OutboxMessage) -> list[Attachment]:
    """Takes the entry out of the calendar again, if one was ever sent."""
    registration = registration_of(message)
    if not OutboxMessage.objects.about(registration).filter(kind="events.confirmed").exists():
        return []
    return [entry(calendar.withdrawal(registration, now=message.created_at), "CANCEL")]


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

# Each answers what the recipient did here, or follows from a registration or an invitation of theirs.
KINDS = [
    MailKind("events.confirm", links=personal(Purpose.CONFIRM), asked_for=True),
    MailKind("events.proposed", links=personal(Purpose.CONFIRM), asked_for=True, group=BY_OTHERS.name),
    MailKind("events.already_registered", links=personal(Purpose.MANAGE), asked_for=True),
    MailKind("events.confirmed", links=personal(Purpose.MANAGE), attachments=seat, asked_for=True),
    MailKind("events.waiting", links=personal(Purpose.MANAGE), asked_for=True),
    MailKind("events.applied", links=personal(Purpose.MANAGE), asked_for=True),
    MailKind("events.refused", links=personal(), capped=False, asked_for=True),
    MailKind("events.offer", links=personal(Purpose.OFFER), asked_for=True),
    MailKind("events.reminder", links=personal(Purpose.MANAGE), asked_for=True, group=REMINDERS.name),
    MailKind("events.still_coming", links=personal(Purpose.COME, Purpose.MANAGE), capped=False, asked_for=True),
    MailKind("events.swap_offered", links=personal(Purpose.SWAP), asked_for=True),
    MailKind("events.swap_ended", links=personal(Purpose.MANAGE), asked_for=True),
    MailKind("events.seat_swapped", links=personal(), attachments=seat_gone, capped=False, asked_for=True),
    MailKind("events.mode_granted", links=personal(Purpose.MANAGE), asked_for=True),
    MailKind("events.released", links=personal(), attachments=seat_gone, capped=False, asked_for=True),
    MailKind("events.offer_lapsed", links=personal(), asked_for=True),
    MailKind("events.cancelled_by_you", links=personal(), attachments=seat_gone, asked_for=True),
    # These must arrive, however many mails an address has had that day.
    MailKind(
        "events.event_changed",
        links=personal(Purpose.COME, Purpose.MANAGE),
        attachments=seat,
        capped=False,
        asked_for=True,
    ),
    MailKind("events.event_cancelled", links=personal(), attachments=seat_gone, capped=False, asked_for=True),
]
MAILBOX_KINDS = [
    MailKind("events.my_registrations", links=of_mailbox, asked_for=True),
    MailKind("events.no_registrations", links=of_mailbox, asked_for=True),
]
DIALOGUE_KINDS = [
    MailKind("events.dialogue_confirm", links=of_dialogue(Purpose.CONFIRM), asked_for=True),
    MailKind("events.dialogue_confirmed", links=of_dialogue(Purpose.MANAGE), asked_for=True),
    MailKind("events.dialogue_accepted", capped=False, asked_for=True),
    MailKind("events.dialogue_declined", capped=False, asked_for=True),
]
