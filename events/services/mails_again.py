"""A mail about an event once more: with a word of why, in new links, and only while what it says is still so."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from events.models import Event, Invitation, MailAgain, Registration
from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.mail import gate
from outreach.mail.models import OutboxMessage
from outreach.queue.enqueue import enqueue

Status = Registration.Status
About = Registration | Invitation

# The states of a registration in which a mail of this kind tells the truth.
TRUE_FOR: dict[str, frozenset[str]] = {
    "events.confirm": frozenset({Status.PENDING}),
    "events.proposed": frozenset({Status.PENDING}),
    "events.already_registered": frozenset(Registration.LIVE),
    "events.confirmed": frozenset({Status.CONFIRMED}),
    "events.waiting": frozenset({Status.WAITING}),
    "events.applied": frozenset({Status.APPLIED}),
    "events.refused": frozenset({Status.REFUSED}),
    "events.offer": frozenset({Status.OFFERED}),
    "events.reminder": frozenset({Status.CONFIRMED}),
    "events.still_coming": frozenset({Status.CONFIRMED}),
    "events.swap_offered": frozenset({Status.PENDING}),
    "events.swap_ended": frozenset({Status.CONFIRMED}),
    "events.released": frozenset({Status.RELEASED}),
    "events.offer_lapsed": frozenset({Status.EXPIRED}),
    "events.seat_swapped": frozenset({Status.SWAPPED}),
    "events.mode_granted": frozenset({Status.CONFIRMED}),
    "events.cancelled_by_you": frozenset({Status.CANCELLED}),
    "events.event_changed": frozenset(Registration.LIVE),
    "events.event_cancelled": frozenset(Registration.LIVE),
}

TO_INVITED = frozenset(
    {"events.invitation", "events.invitation_reminder", "events.invitation_changed", "events.invitation_cancelled"}
)

ENDED = frozenset(Status) - {Status.PENDING, *Registration.LIVE}


class Objection(models.TextChoices):
    """Why a mail is not sent again."""

    ON_ITS_WAY = "on_its_way", _("The mail is on its way already.")
    OTHER = "other", _("Mails of this kind are not sent again from here.")
    GONE = "gone", _("The registration is deleted.")
    UNREACHABLE = "unreachable", _("The registration has no e-mail.")
    OVER = "over", _("The event is over.")
    CANCELLED = "cancelled", _("The event is cancelled.")
    ANSWERED = "answered", _("The invitation is answered or withdrawn, and the mail is no longer right.")
    UNTRUE = "untrue", _("The registration has changed, and the mail is no longer right.")
    LATE = "late", _("It is too late to do what the mail asks.")


# Sent late all the same: silence would give the seat away; and the button says that the event is called off.
SENT_LATE = {
    ("events.still_coming", Objection.LATE),
    ("events.confirm", Objection.CANCELLED),
    ("events.proposed", Objection.CANCELLED),
}


def can_go_again(kind: str) -> bool:
    return kind in TRUE_FOR or kind in TO_INVITED


def objection(mail: OutboxMessage, about: About | None, now: datetime) -> str:
    """Why ``mail`` is not sent again now, as an Objection; "" when nothing is against it."""
    if mail.state in OutboxMessage.UNFINISHED:
        return Objection.ON_ITS_WAY
    if not can_go_again(mail.kind):
        return Objection.OTHER
    if isinstance(about, Invitation):
        return _outdated_invitation(mail, about, now)
    if about is None or not about.name:
        return Objection.GONE
    if not about.email:
        return Objection.UNREACHABLE
    return _outdated(mail, about, now)


def _outdated_invitation(mail: OutboxMessage, invitation: Invitation, now: datetime) -> str:
    event, off = invitation.event, mail.kind == "events.invitation_cancelled"
    if now >= event.ends_at:
        return Objection.OVER
    if (event.status == Event.Status.CANCELLED) != off:
        return Objection.UNTRUE if off else Objection.CANCELLED
    used_by_some = invitation.is_free and invitation.status == Invitation.Status.ACCEPTED
    if invitation.status != Invitation.Status.SENT and not used_by_some:
        return Objection.ANSWERED
    if invitation.came:  # type: ignore[attr-defined]
        return Objection.ANSWERED
    return Objection.LATE if not off and event.refusal(now) else ""


def _outdated(mail: OutboxMessage, registration: Registration, now: datetime) -> str:
    event, thanks = registration.event, bool(mail.context.get("over"))
    if now >= (registration.manage_until if thanks else event.ends_at):
        return Objection.OVER
    if (event.status == Event.Status.CANCELLED) != (mail.kind == "events.event_cancelled"):
        return Objection.CANCELLED if event.status == Event.Status.CANCELLED else Objection.UNTRUE
    if registration.status not in TRUE_FOR[mail.kind]:
        return Objection.UNTRUE
    until = _good_until(mail, registration)
    return Objection.LATE if until and now >= until else ""


def still_so(mail: OutboxMessage, registration: Registration, now: datetime) -> bool:
    """Whether a mail that has waited to be sent still says what is so.

    How a registration ended stays so whatever becomes of the event; that this is off, whatever becomes of the other.
    """
    if mail.kind == "events.event_cancelled":
        return registration.event.status == Event.Status.CANCELLED
    if TRUE_FOR[mail.kind] <= ENDED:
        return registration.status in TRUE_FOR[mail.kind]
    objection = _outdated(mail, registration, now)
    return not objection or (mail.kind, objection) in SENT_LATE


def _good_until(mail: OutboxMessage, registration: Registration) -> datetime | None:
    """When the mail asks for something: until when one can do it."""
    if mail.kind in ("events.confirm", "events.proposed"):
        return registration.confirm_before
    if mail.kind in ("events.offer", "events.swap_offered"):
        return registration.offer_expires_at
    if mail.kind == "events.still_coming":
        return registration.come_before
    return registration.event.starts_at if mail.kind == "events.reminder" and not mail.context.get("over") else None


def behind(mails: Iterable[OutboxMessage]) -> dict[str, About]:
    """Whom these mails are about, by ``about_pk``; for mails of an event the reader runs, and in the worker."""
    registrations, invitations = (
        {mail.about_pk for mail in mails if mail.about_label == model._meta.label}
        for model in (Registration, Invitation)
    )
    found: dict[str, About] = {}
    if registrations:
        rows = Registration.objects.filter(pk__in=registrations).select_related("event")
        found |= {str(row.pk): row for row in rows}
    if invitations:
        asked = Invitation.objects.filter(pk__in=invitations).with_whether_they_came()
        found |= {str(row.pk): row for row in asked.select_related("event", "named_by")}
    return found


def still_right(event: Event, kind: str, *, now: datetime) -> list[tuple[OutboxMessage, About]]:
    """The newest mail of this kind to each person whom mail reaches, where it can be sent again."""
    mails = OutboxMessage.objects.part_of(event).filter(kind=kind).order_by("created_at", "pk")
    newest = {mail.about_pk: mail for mail in mails.defer("text")}
    people = behind(newest.values())
    reached = {row.pk for row in gate.getting(kind, people.values())}
    pairs = [(mail, people[key]) for key, mail in newest.items() if key in people]
    return [(mail, row) for mail, row in pairs if row.pk in reached and not objection(mail, row, now)]


@transaction.atomic
def ask(
    mail: OutboxMessage | None, *, event: Event, kind: str, preface: str, author: User, now: datetime, key: UUID
) -> MailAgain | None:
    """Have a mail sent again, or with None every one of its kind that is still right.

    None when that is asked for already and waits, or was asked for with the same ``key``.
    """
    again = MailAgain(pk=key, event=event, kind=kind, mail=mail, preface=preface, author=author, created_at=now)
    try:
        with transaction.atomic():
            again.save(force_insert=True)
    except IntegrityError:
        return None
    enqueue("events.mail_again", again.pk)
    record("change", _whose(mail) if mail else event, actor=author, reason=f"mail sent again: {kind}")
    return again


@transaction.atomic
def try_again(mail: OutboxMessage, *, officer: User) -> None:
    """Have a mail that was given up tried once more; the second click finds it waiting and changes nothing."""
    enqueue("events.try_mail_again", mail.pk)
    record("change", _whose(mail), actor=officer, reason=f"mail tried again: {mail.kind}")


def _whose(mail: OutboxMessage) -> About:
    """What the trail names: only its key is read."""
    return Invitation(pk=mail.about_pk) if mail.kind in TO_INVITED else Registration(pk=mail.about_pk)


def to_do(again: MailAgain, *, now: datetime) -> list[tuple[OutboxMessage, About]]:
    """The mails this wish comes to by now; those that are no longer right are left out."""
    if again.mail is None:
        return still_right(again.event, again.kind, now=now)
    about = behind([again.mail]).get(again.mail.about_pk)
    return [(again.mail, about)] if about and not objection(again.mail, about, now) else []
