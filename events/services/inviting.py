"""An officer asks people to an event: a list first, then mails. Whom somebody names instead is asked by the worker."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from events.models import Event, Invitation, Registration
from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.mail.models import OutboxMessage, normal
from outreach.queue.enqueue import enqueue

from .address_lists import Entry, Found

Status = Invitation.Status

NOT_YET = {"sent_at": None, "reminded_at": None, "answered_at": None, "greeting": "", "reminding": ""}

# Nobody is reminded twice within a day, however often the button is pressed.
REMINDED_APART = timedelta(hours=24)


class Closed(Exception):
    """The event takes nobody any more; ``reason`` is a Refusal."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class Progress(NamedTuple):
    """How far it has come, in numbers."""

    prepared: int
    invited: int
    answered: int
    accepted: int
    declined: int
    named: int
    silent: int


@transaction.atomic
def prepare(
    event: Event,
    entries: Iterable[Entry],
    *,
    language: str,
    officer: User,
    now: datetime,
    uses: int | None = None,
    refused: Collection[str] = (),
) -> list[Entry]:
    """Put addresses on the list; nobody is mailed. Each entry comes back with what became of it.

    ``refused`` are addresses, in their normal form, that want no e-mail from us.
    """
    known = {row.email_key: row for row in event.invitations.all()}
    coming = registered(event)
    seen: set[str] = set()
    told, new = [], []
    for entry in entries:
        key = normal(entry.email)
        found = entry.found or judged(key, known, seen, coming=coming, refused=refused)
        seen.add(key)
        told.append(entry._replace(found=found))
        if found == Found.NEW:
            new.append(asked(event, entry, language=language, officer=officer, now=now, uses=uses))
    again = [known[normal(entry.email)].pk for entry in told if entry.found == Found.AGAIN]
    back = event.invitations.filter(pk__in=again)
    back.update(status=Status.PREPARED, language=language, words="", **NOT_YET)
    Invitation.objects.bulk_create(new, ignore_conflicts=True)  # a colleague may do the same in this moment
    if new or again:
        record("change", event, actor=officer, reason=f"{len(new) + len(again)} put on the list to invite")
    return told


def registered(event: Event) -> set[str]:
    """The addresses of those who come or wait, in their normal form."""
    return {normal(email) for email in event.registrations.live().reachable().values_list("email", flat=True)}


def known(event: Event) -> dict[str, Found]:
    """What is known of addresses already, by their normal form; one that is withdrawn can be asked again."""
    rows = event.invitations.exclude(status=Status.WITHDRAWN).values_list("email_key", "status")
    return {key: Found(status) for key, status in rows} | dict.fromkeys(registered(event), Found.REGISTERED)


def judged(
    key: str, known: dict[str, Invitation], seen: set[str], *, coming: set[str], refused: Collection[str]
) -> Found:
    """What becomes of an address."""
    if key in seen:
        return Found.TWICE
    if key in coming:
        return Found.REGISTERED
    if key in refused:
        return Found.REFUSES
    if key not in known:
        return Found.NEW
    return Found.AGAIN if known[key].status == Status.WITHDRAWN else Found(known[key].status)


def asked(
    event: Event, entry: Entry, *, language: str, officer: User, now: datetime, uses: int | None = None
) -> Invitation:
    invitation = Invitation(event=event, name=entry.name, email=entry.email, language=entry.language or language)
    invitation.email_key, invitation.uses = normal(entry.email), uses
    invitation.invited_by, invitation.created_at = officer, now
    return invitation


@transaction.atomic
def send(event: Event, *, officer: User, now: datetime, greeting: str = "") -> int:
    """Mail everybody on the list who has not been told and wants mail, under the officer's words; returns how many.

    Raises Closed.
    """
    event = open_event(event, now)
    sent = event.invitations.prepared().willing().update(status=Status.SENT, sent_at=now, greeting=greeting)
    if sent:
        enqueue("events.invite", event.pk, now.isoformat(), officer.pk)
        record("change", event, actor=officer, reason=f"{sent} invited")
    return sent


@transaction.atomic
def remind(event: Event, *, officer: User, now: datetime, greeting: str = "") -> int:
    """Mail once more those who have not answered, under words of their own; returns how many. Raises Closed."""
    event = open_event(event, now)
    silent = Invitation.objects.filter(pk__in=to_remind(event, now).values("pk"))
    reminded = silent.update(reminded_at=now, reminding=greeting)
    if reminded:
        enqueue("events.remind_invited", event.pk, now.isoformat(), officer.pk)
        record("change", event, actor=officer, reason=f"{reminded} of the invited reminded")
    return reminded


def to_remind(event: Event, now: datetime) -> QuerySet[Invitation]:
    """Those who were mailed a day ago or longer, said nothing, and want to be mailed."""
    before = now - REMINDED_APART
    lately = Q(sent_at__gt=before) | Q(reminded_at__gt=before)
    return Invitation.objects.of(event).unanswered().willing().exclude(lately)


def last_words(event: Event) -> str:
    """The officer's words in the newest invitations, to begin from when more are asked."""
    told = event.invitations.filter(named_by=None).exclude(sent_at=None)
    return told.order_by("-sent_at").values_list("greeting", flat=True).first() or ""


@transaction.atomic
def withdraw(invitation: Invitation, *, officer: User, now: datetime) -> bool:
    """Whether it was taken back; nobody is mailed. One that is accepted is not: the registration is cancelled."""
    open_still = Invitation.objects.filter(pk=invitation.pk, status__in=[Status.SENT, Status.DECLINED])
    withdrawn = bool(open_still.update(status=Status.WITHDRAWN))
    if not withdrawn:
        withdrawn = bool(Invitation.objects.prepared().filter(pk=invitation.pk).delete()[0])
    if withdrawn:
        record("change", invitation.event, actor=officer, reason="an invitation withdrawn")
    return withdrawn


def open_event(event: Event, now: datetime) -> Event:
    """The event as it is now, its row locked. Raises Closed when nobody can accept."""
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if reason := event.refusal(now):
        raise Closed(reason)
    return event


def progress(event: Event) -> Progress:
    counts = event.invitations.counted_by_status()
    by = {status: counts.get(status, 0) for status in Status}
    return Progress(
        prepared=by[Status.PREPARED],
        invited=sum(by[status] for status in Invitation.TOLD),
        answered=sum(by[status] for status in Invitation.ANSWERED),
        accepted=by[Status.ACCEPTED],
        declined=by[Status.DECLINED],
        named=by[Status.NAMED],
        silent=by[Status.SENT],
    )


def unsent(event: Event, invitations: Iterable[Invitation]) -> set[str]:
    """The keys of those of them whose last mail did not go out: unwanted, wrong, or not answered."""
    mails = OutboxMessage.objects.filter(part_of=str(event.pk), about_label=Invitation._meta.label)
    mails = mails.filter(about_pk__in=[str(row.pk) for row in invitations])
    last = dict(mails.order_by("created_at").values_list("about_pk", "state"))
    return {key for key, state in last.items() if state in OutboxMessage.NOT_GONE}


def ask_named(invitation_id: str | UUID, *, now: datetime) -> Invitation | None:
    """Ask whom somebody named. None when they are asked or registered already, or nobody can come any more."""
    try:
        with transaction.atomic():
            return _ask_named(Invitation.objects.select_for_update(of=("self",)).get(pk=invitation_id), now=now)
    except IntegrityError:  # an officer asked the same address in this moment
        return None


def _ask_named(before: Invitation, *, now: datetime) -> Invitation | None:
    if asked_then := Invitation.objects.filter(named_by=before).select_related("event").first():
        return asked_then
    event = Event.objects.get(pk=before.event_id)
    key = normal(before.named_email)
    known = event.invitations.filter(email_key=key) or Registration.objects.live().of(event).filter(
        email__iexact=before.named_email
    )
    if before.status != Status.NAMED or event.refusal(now) or known:
        return None
    successor = Invitation(event=event, name=before.named_name, email=before.named_email, language=before.language)
    successor.named_by, successor.hands, successor.invited_by = before, before.hands + 1, before.invited_by
    successor.status, successor.created_at, successor.sent_at = Status.SENT, now, now
    successor.save(force_insert=True)
    return successor
