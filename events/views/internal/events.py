"""The officer's side of events: plan, publish, see who comes, cancel."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.answer_words import told
from events.forms.changing import ChangeForm
from events.forms.planning import EventForm
from events.models import Event, Question, Registration, Reply, WrongMove
from events.seams import event_links, keep_parts, put_contacts, told_of
from events.services import capacity, coming, following, planning, readiness, telling
from events.services.following import Following
from events.services.reach import put_reach
from outreach.accounts.access import desk_required, workspace_required
from outreach.accounts.models import WORKSPACE_ROLES
from outreach.audit.trail import reading_list
from outreach.once import once
from outreach.privacy.workspace import note_passing

from .previewing import mails_that_follow, that_follow, to_all

TAB = "events_workspace:list"


class NotAgreed(Exception):
    """Saving would send mails whose number nobody has read: nothing is saved."""


def mine(request: HttpRequest, pk: UUID) -> Event:
    """An event this colleague runs; somebody else's is as absent as one that never was."""
    return get_object_or_404(
        Event.objects.run_by(request.user).with_seats().select_related("owner", "team", "municipality"), pk=pk
    )


def plans(request: HttpRequest) -> bool:
    """Whether this colleague plans events; a host looks after those they own."""
    return request.user.role in WORKSPACE_ROLES


@desk_required
def event_list(request: HttpRequest) -> HttpResponse:
    """Coming events of the whole centre, and those of one's own that are over."""
    now = timezone.now()
    events = Event.objects.with_seats().opening_for(request.user).select_related("owner", "municipality")
    to_phone = list(Registration.objects.visible_to(request.user).to_phone().select_related("event"))
    if to_phone:
        read(request, to_phone)
    context = {
        "to_phone": to_phone,
        "answered": Reply.objects.visible_to(request.user).to_decide(now).by_event(),
        "coming": events.coming(now).seen_by(request.user),
        "past": events.past(now).run_by(request.user)[:25],
        "now": now,
        "plans": plans(request),
        "nav_current": TAB,
    }
    return render(request, "events/workspace/list.html", context)


def planned(request: HttpRequest, key: UUID) -> str | None:
    """The page of the event that was planned with this key."""
    event = Event.objects.run_by(request.user).filter(pk=key).first()
    return event and reverse("events_workspace:event", args=[event.pk])


@workspace_required
@once(planned)
def plan(request: HttpRequest) -> HttpResponse:
    """A new event, as a draft."""
    form = EventForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            event = planning.plan(form.facts, seats=form.seats, officer=request.user, now=timezone.now(), key=form.key)
            keep_parts(event, form.cleaned_data)
        note_passing(request, form, event)
        messages.success(request, _("The event is saved as a draft. Nobody else can see it yet."))
        return redirect("events_workspace:event", event.pk)
    context = {"form": form, "nav_current": TAB}
    return render(request, "events/workspace/edit.html", context, status=422 if form.errors else 200)


@desk_required
def event(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The facts, how full it is, and who is registered."""
    event = mine(request, pk)
    registrations = list(Registration.objects.visible_to(request.user).of(event).with_replies().by_state())
    read(request, registrations)
    put_reach(registrations)
    put_swaps(registrations)
    waiting = (row for row in registrations if row.status == Registration.Status.WAITING)
    questions = list(Question.objects.readable().of(event))
    places = {row.pk: place for place, row in enumerate(waiting, start=1)}
    for registration in registrations:
        registration.event = event
        registration.place_in_queue = places.get(registration.pk, 0)
        registration.said = told(questions, registration.answers)
    now = timezone.now()
    context = {
        "event": event,
        "registrations": registrations,
        "to_phone": [row for row in registrations if row.must_be_phoned or row.lost_offer],
        "to_ask": to_ask(registrations, now),
        "replies": answered(registrations, now),
        "links": event_links(request.user, event, now=now),
        "findings": to_mend(request, event) if plans(request) else [],
        "further": told_of(event),
        "plans": plans(request),
        "now": now,
        "nav_current": TAB,
    }
    return render(request, "events/workspace/event.html", context)


def to_ask(registrations: Sequence[Registration], now: datetime) -> list[Registration]:
    """Those whom no mail asks whether they still come: it would not reach them, or it was held back."""
    owing = [row for row in registrations if row.owes_an_answer(now)]
    unheard = {row.pk for row in coming.who_did_not_hear(row for row in owing if row.asked_at)}
    return [row for row in owing if row.is_unreached or row.pk in unheard]  # type: ignore[attr-defined]


def put_swaps(registrations: Sequence[Registration]) -> None:
    """Put to each who has offered the seat to a colleague whom, and to that colleague whose seat it is, until then."""
    there = {row.pk: row for row in registrations}
    for row in registrations:
        if row.replaces_id in there and row.status in (Registration.Status.PENDING, Registration.Status.APPLIED):
            row.seat_of, there[row.replaces_id].offered_to = there[row.replaces_id], row


def answered(registrations: Sequence[Registration], now: datetime) -> list[Reply]:
    """What calendars answered and nobody has decided on, the oldest answer first."""
    replies = (row.reply for row in registrations if hasattr(row, "reply"))
    return sorted((reply for reply in replies if reply.waits(now)), key=attrgetter("said_at"))


def read(request: HttpRequest, registrations: Sequence[Registration]) -> None:
    """Put to each registration the contact it leads to, and note whom the page names."""
    put_contacts(request.user, registrations)
    reading_list(request, "events.Registration", [row.pk for row in registrations])
    named: dict[str, set] = {}
    for contact in (row.contact.named for row in registrations if row.contact and row.contact.named):
        named.setdefault(contact._meta.label, set()).add(contact.pk)
    for label, ids in named.items():
        reading_list(request, label, ids)


@workspace_required
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change the facts; whoever has a seat is told of a new time or place. Two officers save one after the other."""
    event = mine(request, pk)
    if request.method != "POST":
        return edit_page(request, event, ChangeForm(instance=event, user=request.user), {})
    with transaction.atomic():
        planning.claim(event)
        return save(request, mine(request, pk))


def save(request: HttpRequest, event: Event) -> HttpResponse:
    before = mine(request, event.pk)
    form = ChangeForm(request.POST, instance=event, user=request.user)
    if not form.is_valid():
        return edit_page(request, event, form, {})
    asked = told_of_change(before, form)
    try:
        with transaction.atomic():
            anyway = following.now_free(before, now=timezone.now())
            planning.change(event, form.facts, officer=request.user, now=timezone.now())
            capacity.resize(event, form.seats, officer=request.user)
            keep_parts(event, form.cleaned_data)
            asked = to_agree(event, asked, following.now_free(event, now=timezone.now()).without(anyway))
            if asked and asked["agreed"] != request.POST.get("agreed"):
                raise NotAgreed
    except NotAgreed:
        form.ask_first(asked["agreed"], sum(asked["mails"].values()))
        return edit_page(request, event, form, asked)
    except capacity.TooFewSeats as refused:
        form.refuse_seats(refused)
    except WrongMove:
        form.add_error(None, _("The event is cancelled. It can no longer be changed."))
    else:
        note_passing(request, form, event)
        messages.success(request, _("The event is saved."))
        return redirect("events_workspace:event", event.pk)
    return edit_page(request, event, form, {})


def edit_page(request: HttpRequest, event: Event, form: ChangeForm, asked: dict) -> HttpResponse:
    """The form, and what saving it mails where that is asked first."""
    context = {
        "form": form,
        "event": event,
        "nav_current": TAB,
        "told": planning.mails_to_send(event),
        "unreached": unreached(request, event),
        "ahead": event.ends_at > timezone.now(),
        **asked,
    }
    return render(request, "events/workspace/edit.html", context, status=422 if form.errors else 200)


def told_of_change(before: Event, form: EventForm) -> dict:
    """How many mails tell of the new time or place, and how they read; none where nothing that matters is new."""
    if not planning.tells(before, form.facts, now=timezone.now()):
        return {"mails": {}, "previews": []}
    mails = planning.mails_by_language(before, "changed")
    return {"mails": mails, "previews": to_all(before, form.instance, "changed")}


def to_agree(event: Event, change: dict, follows: Following) -> dict:
    """What saving mails, to look at first; nothing where nobody is mailed. The button says the number."""
    mails = dict(Counter(change["mails"]) + mails_that_follow(follows))
    if not mails:
        return {}
    previews = change["previews"] + that_follow(event, follows, now=timezone.now(), name="…")
    return {"agreed": telling.agreed(event, mails), "mails": mails, "previews": previews, "follows": follows}


def to_mend(request: HttpRequest, event: Event) -> list[readiness.Finding]:
    """What is wrong or odd about a draft."""
    draft = event.status == Event.Status.DRAFT
    return readiness.findings(event, request.user, now=timezone.now()) if draft else []


@workspace_required
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what is wrong or odd, then put the event on the public site; nobody is mailed."""
    event = mine(request, pk)
    findings = to_mend(request, event)
    wrong = any(finding.wrong for finding in findings)
    asked = {finding.code for finding in findings} - set(request.POST.getlist("seen"))
    if request.method != "POST" or wrong or asked:
        context = {"event": event, "findings": findings, "wrong": wrong, "nav_current": TAB}
        return render(
            request, "events/workspace/publish.html", context, status=422 if request.method == "POST" else 200
        )
    try:
        planning.publish(event, officer=request.user, now=timezone.now())
    except readiness.NotReady:
        return redirect("events_workspace:publish", event.pk)
    except WrongMove:
        messages.info(request, _("The event was not a draft any more. Nothing was changed."))
    else:
        messages.success(request, _("The event is published. Nobody has been mailed."))
    return redirect("events_workspace:event", event.pk)


@workspace_required
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say how many will be told, then cancel and tell them."""
    event, now = mine(request, pk), timezone.now()
    if event.ends_at <= now:
        return is_over(request, event)
    if request.method == "POST":
        try:
            planning.cancel_event(event, officer=request.user, now=now)
        except planning.IsOver:
            return is_over(request, event)
        except WrongMove:
            messages.info(request, _("The event was not published any more. Nothing was changed."))
        else:
            messages.success(request, _("The event is cancelled. Everybody registered is being told."))
        return redirect("events_workspace:event", event.pk)
    mails = planning.mails_by_language(event, "cancelled")
    context = {
        "event": event,
        "mails": mails,
        "previews": to_all(event, event, "cancelled"),
        "unreached": unreached(request, event),
        "nav_current": TAB,
    }
    return render(request, "events/workspace/cancel.html", context)


def is_over(request: HttpRequest, event: Event) -> HttpResponse:
    messages.info(request, _("The event is over. It can no longer be cancelled. Nobody has been mailed."))
    return redirect("events_workspace:event", event.pk)


def unreached(request: HttpRequest, event: Event) -> dict[str, list[Registration]]:
    """Whom no mail tells of a change, by the reason: the page names them, so that somebody phones."""
    named = list(Registration.objects.visible_to(request.user).of(event).live().unreachable())
    reading_list(request, "events.Registration", [row.pk for row in named])
    return {
        "without_address": [row for row in named if not row.email],
        "come_back": [row for row in named if row.email],
    }
