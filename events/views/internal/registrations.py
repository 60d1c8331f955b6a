"""The officer's side of registrations: register somebody who phoned, cancel for them, answer those who apply."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from events.answer_words import told
from events.forms.answering import MoveForm, RefusalForm
from events.forms.registering import OfficerRegistrationForm
from events.models import Question, Refusal, Registration
from events.services import following, registering, swapping, waiting_list
from events.services.registering import Refused
from outreach.accounts.access import desk_required
from outreach.audit.trail import reading, reading_list
from outreach.once import once
from outreach.privacy.workspace import note_passing

from .events import TAB, mine
from .previewing import Foreseen, note_mailed, on_yes, read, settled, that_follow, to_giver


def registered(request: HttpRequest, key: UUID) -> str | None:
    """Where the officer stands after registering somebody with this key."""
    registration = Registration.objects.visible_to(request.user).filter(pk=key).first()
    return registration and after(registration)


def after(registration: Registration) -> str:
    """The page of the event, or the confirmation on paper for somebody no mail reaches."""
    if registration.email:
        return reverse("events_workspace:event", args=[registration.event_id])
    return reverse("events_workspace:paper", args=[registration.event_id, registration.pk])


@desk_required
@once(registered)
def register(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A seat, or a place in the queue, for somebody who phoned or wrote."""
    event = mine(request, pk)
    form = OfficerRegistrationForm(request.POST or None, event=event)
    if request.method == "POST" and form.is_valid():
        try:
            registration = registering.register_by_officer(
                event, form.cleaned_data, officer=request.user, now=timezone.now(), key=form.key
            )
        except Refused as refused:
            form.add_error(None, Refusal(refused.reason).label)
        else:
            note_passing(request, form, registration)
            messages.success(request, said_of(registration))
            return redirect(after(registration))
    kind, foreseen = settled(Registration(event=event, mode=event.modes[0]), name="…")
    context = {
        "form": form,
        "event": event,
        "now": timezone.now(),
        "previews": [read(kind, foreseen, language=event.language)],
        "nav_current": TAB,
    }
    return render(request, "events/workspace/register.html", context, status=422 if form.errors else 200)


def said_of(registration: Registration) -> str:
    """What the officer can say on the phone."""
    if registration.status == Registration.Status.CONFIRMED:
        return _("%(name)s has a seat.") % {"name": registration.name}
    return _("%(name)s is number %(place)d on the waiting list.") % {
        "name": registration.name,
        "place": registration.place,
    }


@desk_required
def paper(request: HttpRequest, pk: UUID, registration: UUID) -> HttpResponse:
    """The confirmation to print, for somebody no mail reaches, in their language."""
    event = mine(request, pk)
    row = get_object_or_404(Registration.objects.visible_to(request.user).live().of(event), pk=registration)
    row.event = event
    reading(request, "view", row)
    with override(row.language):
        said = told(Question.objects.readable().of(event), row.answers)
    context = {"event": event, "registration": row, "said": said, "now": timezone.now(), "nav_current": TAB}
    return render(request, "events/workspace/paper.html", context)


@desk_required
def cancel_registration(request: HttpRequest, pk: UUID, registration: UUID) -> HttpResponse:
    """Ask once, saying who gets a mail; then give up the seat for somebody who phoned."""
    event = mine(request, pk)
    row = get_object_or_404(Registration.objects.visible_to(request.user).live(), event=event, pk=registration)
    reading(request, "view", row)
    if request.method == "POST":
        registering.cancel(row, officer=request.user, now=timezone.now())
        messages.success(request, _("The registration is cancelled."))
        return redirect("events_workspace:event", event.pk)
    now = timezone.now()
    about = Foreseen(event, row.name, Registration.Status.CANCELLED)
    seen = read("events.cancelled_by_you", about, language=row.language, still_open=event.is_open(now))
    further = followed(request, row, now)
    return ask(request, "cancel_registration", row, [seen], kind="events.cancelled_by_you", **further)


def followed(request: HttpRequest, leaving: Registration, now: datetime) -> dict[str, Any]:
    """Who gets what this one gives up, by name, and the mails that tell them."""
    follows = following.after_leaving(leaving, now=now)
    reading_list(request, "events.Registration", [row.pk for row in follows.told])
    return {"follows": follows, "further": that_follow(leaving.event, follows, now=now)}


@desk_required
@require_POST
def answer(request: HttpRequest, pk: UUID, registration: UUID) -> HttpResponse:
    """What somebody who was phoned said: to a seat that is held for them, or to whether they still come."""
    event = mine(request, pk)
    row = get_object_or_404(Registration.objects.visible_to(request.user).of(event), pk=registration)
    said, now = request.POST.get("answer"), timezone.now()
    if said == "no" and "sure" not in request.POST and row.status == Registration.Status.OFFERED:
        further = followed(request, row, now)
        if further["follows"].told:
            return ask(request, "says_no", row, [], **further)
    if said == "comes":
        registering.note_coming(row, officer=request.user, now=now)
        row.refresh_from_db()
        words = _("%(name)s still comes.") % {"name": row.name} if row.comes_at else unchanged(row)
        messages.success(request, words)
    if said in ("yes", "no"):
        registering.answer_offer(row, said == "yes", officer=request.user, now=now)
        row.refresh_from_db()
        messages.success(request, answered(row))
    return redirect("events_workspace:event", event.pk)


def answered(registration: Registration) -> str:
    """What came of it; the second of two clicks hears the same."""
    words = {
        Registration.Status.CONFIRMED: _("%(name)s has a seat."),
        Registration.Status.DECLINED: _("%(name)s said no. The seat is offered to the next on the waiting list."),
    }
    said = words.get(registration.status)
    return said % {"name": registration.name} if said else unchanged(registration)


@desk_required
def approve(request: HttpRequest, pk: UUID, registration: UUID) -> HttpResponse:
    """Say yes to one who applied, once it is read which mail goes out."""
    row = applied(request, pk, registration)
    if request.method != "POST":
        reading(request, "view", row)
        if row.status != Registration.Status.APPLIED:
            messages.info(request, unchanged(row))
            return redirect("events_workspace:event", pk)
        giver = swapping.giver_of(row)
        note_giver(request, giver, "events.seat_swapped")
        return ask(request, "approve", row, on_yes(row, giver), kind="events.confirmed", giver=giver)
    outcome = registering.approve(row, officer=request.user, now=timezone.now())
    row.refresh_from_db()
    messages.success(request, said_of(row)) if outcome.changed else messages.info(request, unchanged(row))
    return redirect("events_workspace:event", pk)


@desk_required
def refuse(request: HttpRequest, pk: UUID, registration: UUID) -> HttpResponse:
    """Say no to one who applied, in words of the officer's that go out in a mail."""
    row = applied(request, pk, registration)
    reading(request, "view", row)
    form = RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        outcome = registering.refuse(row, form.cleaned_data["answer"], officer=request.user, now=now)
        row.refresh_from_db()
        if outcome.changed:
            note_passing(request, form, row)
            messages.success(request, _("%(name)s has been told no.") % {"name": row.name})
        else:
            messages.info(request, unchanged(row))
        return redirect("events_workspace:event", pk)
    keeps = row.replaces if row.replaces and row.replaces.status == Registration.Status.CONFIRMED else None
    seen = read("events.refused", Foreseen(row.event, row.name), language=row.language, answer="…")
    further = [seen | {"label": row.name}, to_giver("events.swap_ended", keeps)] if keeps else [seen]
    note_giver(request, keeps, "events.swap_ended")
    return ask(request, "refuse", row, further, kind="events.refused", form=form, giver=keeps)


def note_giver(request: HttpRequest, giver: Registration | None, kind: str) -> None:
    """The page names whose seat it is, and says whether the mail of this kind goes to them."""
    if giver:
        note_mailed(kind, [giver])
        reading(request, "view", giver)


def ask(
    request: HttpRequest, template: str, row: Registration, previews: list[dict], *, kind: str = "", **further: Any
) -> HttpResponse:
    """The page before the button: to whom the mail of this kind goes, in which language, and how it reads."""
    note_mailed(kind, [row] if kind else [])
    context = {
        "event": row.event,
        "registration": row,
        "previews": previews if getattr(row, "is_mailed", False) or further.get("giver") else [],
        "nav_current": TAB,
        **further,
    }
    form = further.get("form")
    return render(request, f"events/workspace/{template}.html", context, status=422 if form and form.errors else 200)


def applied(request: HttpRequest, pk: UUID, registration: UUID) -> Registration:
    """The registration of an event of one's own, whatever has become of it: who comes second hears what it is."""
    event = mine(request, pk)
    return get_object_or_404(Registration.objects.visible_to(request.user).of(event), pk=registration)


def unchanged(registration: Registration) -> str:
    """What the second of two clicks hears."""
    state = registration.get_status_display().lower()
    return _("Nothing was changed. %(name)s: %(state)s.") % {"name": registration.name, "state": state}


@desk_required
def move(request: HttpRequest, pk: UUID, registration: UUID) -> HttpResponse:
    """Another place in the queue for one who waits; the reason stands in the trail, and nobody is mailed."""
    event = mine(request, pk)
    rows = Registration.objects.visible_to(request.user).waiting()
    row = get_object_or_404(rows, event=event, pk=registration)
    reading(request, "view", row)
    place = rows.filter(event=event, queue_number__lte=row.queue_number).count()
    form = MoveForm(request.POST or None, waiting=event.seats.waiting, initial={"place": place})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        place = waiting_list.move(row, data["place"], officer=request.user, reason=data["reason"])
        note_passing(request, form, row)
        said = {"name": row.name, "place": place}
        if place:
            messages.success(request, _("%(name)s is number %(place)d on the waiting list now.") % said)
        else:
            row.refresh_from_db()
            messages.info(request, unchanged(row))
        return redirect("events_workspace:event", pk)
    context = {"event": event, "registration": row, "place": place, "form": form, "nav_current": TAB}
    return render(request, "events/workspace/move.html", context, status=422 if form.errors else 200)
