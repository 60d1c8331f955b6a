"""What the worker does after a change: look up the registration, and write the mail its state calls for.

Every task can run twice: it acts on the state it finds, and each mail is written once.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from events.invitation_mail import tell_unanswered
from events.mail import tell, tell_again, tell_all, tell_association, tell_each, tell_form, tell_mailbox
from events.models import DialogueRequest, Event, FormLink, MailAgain, MailboxLink, Registration, Reminder
from events.models.registration import RegistrationQuerySet
from events.services import coming, mailbox, mails_again, modes, reminders, staffing, waiting_list
from outreach.mail import bounces
from outreach.mail.models import OutboxMessage
from outreach.mail.tasks import drain_when_due
from outreach.queue.tasks import task

Status = Registration.Status
SOON = timedelta(minutes=2)  # visitors wait for these mails, and a killed worker may have held those of many


@task(together=True, lease=SOON)
def registration_received(*registration_ids: str) -> None:
    """Ask visitors to confirm, or tell those who are registered already; their proposals are forgotten then."""
    proposals = all_found(registration_ids, Status.PENDING)
    known = Registration.objects.same_people(proposals)
    asked = asked_before(known)
    fresh = [row for row in proposals if row.pk not in known]
    tell_each(("events.proposed" if row.proposed_by else "events.confirm", row) for row in fresh)
    for proposal in proposals:
        if proposal.pk in known and str(proposal.pk) not in asked:
            with transaction.atomic():
                tell("events.already_registered", known[proposal.pk], occasion=str(proposal.pk))
                proposal.delete()


TELLS: dict[str, str] = {
    Status.CONFIRMED: "events.confirmed",
    Status.WAITING: "events.waiting",
    Status.APPLIED: "events.applied",
}


@task(together=True, lease=SOON)
def registration_confirmed(*registration_ids: str) -> None:
    """Tell of the seat, of the place in the queue, or that we have yet to answer."""
    rows = all_found(registration_ids, *TELLS)
    tell_each((TELLS[row.status], row) for row in rows if row.event.status == Event.Status.PUBLISHED)


@task()
def registration_refused(registration_id: str) -> None:
    if registration := found(registration_id, Status.REFUSED):
        tell("events.refused", registration, answer=registration.answer)


@task()
def registration_cancelled(registration_id: str) -> None:
    if registration := found(registration_id, Status.CANCELLED):
        tell("events.cancelled_by_you", registration, still_open=open_to_all(registration.event))
        tell_giver(registration)


@task()
def ask_who_comes(event_id: str) -> None:
    """Ask each participant once whether they still come."""
    event = Event.objects.get(pk=event_id)
    now = timezone.now()
    if event.status != Event.Status.PUBLISHED or not event.asks_at or event.asks_at > now:
        return
    noted = True
    while noted:
        with transaction.atomic():
            rows = coming.note_asked(event, now=now)
            tell_all("events.still_coming", rows, occasion=str(event.sequence))
        noted = bool(rows)


@task()
def registration_released(registration_id: str) -> None:
    if registration := found(registration_id, Status.RELEASED):
        tell("events.released", registration, still_open=open_to_all(registration.event))


@task()
def address_works(registration_id: str) -> None:
    """Mail goes to the address of this registration again; what its owner does not want stays as it is."""
    found = Registration.objects.filter(pk=registration_id).first()
    if found and found.email:
        bounces.lift(found.email)


@task()
def remind(reminder_id: str) -> None:
    """Write a reminder to everybody who comes; nobody if it was dropped, or the event called off, meanwhile."""
    reminder = Reminder.objects.select_related("event").filter(pk=reminder_id).exclude(sent_at=None).first()
    if reminder is None or reminder.event.status != Event.Status.PUBLISHED:
        return
    occasion, told = f"{reminder.pk}:{reminder.sent_at:%Y%m%dT%H%M%S}", reminders.told(reminder)
    recipients = reminders.recipients(reminder.event).prefetch_related("event")
    tell_all("events.reminder", recipients, occasion=occasion, **told)


@task()
def seat_freed(event_id: str) -> None:
    """Offer free seats to the longest waiting; then move those who would rather take part the other way."""
    event, now = Event.objects.get(pk=event_id), timezone.now()
    waiting_list.offer_free_seats(event, now=now)
    modes.grant_wishes(event, now=now)


@task()
def mode_granted(registration_id: str, moment: int) -> None:
    """Tell of the seat in the other mode; ``moment`` tells one move from another."""
    if registration := expected(registration_id, Status.CONFIRMED):
        tell("events.mode_granted", registration, occasion=str(moment))


@task()
def mailbox_asked(link_id: str) -> None:
    """Send the link to all registrations, or say that there are none at this address."""
    if link := MailboxLink.objects.filter(pk=link_id).first():
        known = mailbox.registrations_at(link)
        tell_mailbox("events.my_registrations" if known else "events.no_registrations", link)


@task()
def form_asked(link_id: str) -> None:
    """Send the link to a form, whoever's address it is; nothing once the event is called off."""
    link = FormLink.objects.select_related("event").filter(pk=link_id).first()
    if link and (link.event is None or link.event.status == Event.Status.PUBLISHED):
        tell_form(link)


@task()
def swap_offered(registration_id: str) -> None:
    """Ask the colleague whether they take the seat; one who is registered already is told that, and nobody else is."""
    registration = expected(registration_id, Status.PENDING)
    if registration is None or registration.replaces_id is None:
        return
    known = Registration.objects.same_person(registration).select_related("event").first()
    if known and not asked_before([registration.pk]):
        tell("events.already_registered", known, occasion=str(registration.pk))
    else:
        tell("events.swap_offered", registration)


@task()
def swap_ended(registration_id: str) -> None:
    """Tell who offered the seat that they keep it; whoever took the offer back knows that."""
    if ended := Registration.objects.swaps_ended().filter(pk=registration_id).first():
        tell_giver(ended)


@task()
def seat_swapped(registration_id: str) -> None:
    """Tell who gave the seat away that it is their colleague's now."""
    given = Registration.objects.select_related("event").filter(
        successors=UUID(registration_id), status=Status.SWAPPED
    )
    if giver := given.first():
        tell("events.seat_swapped", giver)


@task()
def seat_offered(registration_id: str) -> None:
    if registration := expected(registration_id, Status.OFFERED):
        tell("events.offer", registration)


@task()
def offer_lapsed(registration_id: str) -> None:
    if registration := found(registration_id, Status.EXPIRED):
        tell("events.offer_lapsed", registration, still_open=open_to_all(registration.event))


@task()
def event_changed(event_id: str, sequence: int, changed_at: str) -> None:
    """Tell all who had registered by then, and have a seat, an offer or a place in the queue.

    Nobody if a later change tells them already.
    """
    event, then = Event.objects.get(pk=event_id), datetime.fromisoformat(changed_at)
    if event.status == Event.Status.PUBLISHED and event.sequence == sequence:
        tell_all("events.event_changed", reachable(event).made_by(then), occasion=str(sequence))
        tell_unanswered("events.invitation_changed", event, occasion=str(sequence), asked_by=then)


@task()
def event_cancelled(event_id: str) -> None:
    event = Event.objects.get(pk=event_id)
    tell_all("events.event_cancelled", reachable(event))
    tell_unanswered("events.invitation_cancelled", event, occasion=str(event.sequence), asked_by=timezone.now())


@task()
def mail_again(again_id: str) -> None:
    """Write again what an officer asked for, as far as it is still right; nothing if they no longer run the event."""
    again = MailAgain.objects.waiting().select_related("event", "mail").filter(pk=again_id).first()
    if again is None:
        return
    now = timezone.now()
    if staffing.still_runs(again.author_id, again.event, started="a mail again"):
        tell_again(again, mails_again.to_do(again, now=now))
    MailAgain.objects.filter(pk=again_id).update(done_at=now)


@task()
def try_mail_again(mail_id: str) -> None:
    """Queue a mail that was given up, unless what it says is no longer so."""
    now = timezone.now()
    mail = OutboxMessage.objects.failed().filter(pk=mail_id).first()
    if mail and not mails_again.objection(mail, mails_again.behind([mail]).get(mail.about_pk), now):
        OutboxMessage.objects.filter(pk=mail_id).retry(now)
        drain_when_due(now)


@task()
def dialogue_asked(request_id: str) -> None:
    """Ask whether the address is theirs."""
    if request := DialogueRequest.objects.pending().filter(pk=request_id).first():
        tell_association("events.dialogue_confirm", request)


@task()
def dialogue_confirmed(request_id: str) -> None:
    """Say that it waits for an officer, and how to take it back."""
    if request := DialogueRequest.objects.waiting().filter(pk=request_id).first():
        tell_association("events.dialogue_confirmed", request)


@task()
def dialogue_answered(request_id: str) -> None:
    """Say who will be in touch, or what the officer answered; nothing if the invitation is erased by now."""
    request = DialogueRequest.objects.select_related("handler").filter(pk=request_id).first()
    if request and request.handler and request.status == DialogueRequest.Status.ACCEPTED:
        tell_association("events.dialogue_accepted", request, officer=request.handler.name)
    elif request and request.status == DialogueRequest.Status.DECLINED:
        tell_association("events.dialogue_declined", request, answer=request.answer)


def found(registration_id: str | UUID, status: str) -> Registration | None:
    """The registration if it is (still) in this state."""
    return Registration.objects.select_related("event").filter(pk=registration_id, status=status).first()


def all_found(registration_ids: Sequence[str], *statuses: str) -> list[Registration]:
    """Those of them that are (still) in one of these states, in the order in which they came."""
    rows = Registration.objects.filter(pk__in=registration_ids, status__in=statuses)
    return list(rows.order_by("created_at", "pk").prefetch_related("event"))


def asked_before(registration_ids: Iterable[UUID]) -> set[str]:
    """Those of them that a mail has asked to confirm: their link says that they are registered already."""
    keys = [str(key) for key in registration_ids]
    mails = OutboxMessage.objects.filter(about_label=Registration._meta.label, about_pk__in=keys) if keys else []
    return {mail.about_pk for mail in mails}


def expected(registration_id: str | UUID, status: str) -> Registration | None:
    """The same while the event is on: once it is called off, that is what they are told."""
    registration = found(registration_id, status)
    return registration if registration and registration.event.status == Event.Status.PUBLISHED else None


def tell_giver(ended: Registration) -> None:
    """Tell whose seat it was that they keep it, while they have it and there is something to come to."""
    giver = found(ended.replaces_id, Status.CONFIRMED) if ended.replaces_id else None
    if giver and giver.event.still_takes_place(timezone.now()):
        tell("events.swap_ended", giver, occasion=str(ended.pk))


def open_to_all(event: Event) -> bool:
    """Whether whoever has left can register again by themselves."""
    return event.has_public_page and event.is_open(timezone.now())


def reachable(event: Event) -> RegistrationQuerySet:
    return event.registrations.live().reachable().prefetch_related("event")
