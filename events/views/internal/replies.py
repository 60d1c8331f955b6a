"""What somebody's calendar answered, and the officer's decision about their seat."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Registration, Reply
from events.services import replies
from outreach.accounts.access import desk_required
from outreach.audit.trail import reading

from .events import TAB, mine
from .previewing import Foreseen, note_mailed, read
from .registrations import followed, unchanged


@desk_required
def reply(request: HttpRequest, pk: UUID, reply: UUID) -> HttpResponse:
    """Read what they said and which mail goes out; then give up the seat, note that they come, or leave it."""
    event = mine(request, pk)
    row = get_object_or_404(Reply.objects.visible_to(request.user).with_people().about(event), pk=reply)
    row.registration.event = event
    reading(request, "view", row.registration)
    if request.method == "POST":
        return decide(request, row)
    now = timezone.now()
    if not row.waits(now):
        messages.info(request, why_closed(row))
        return redirect("events_workspace:event", pk)
    seat = row.registration
    about = Foreseen(event, seat.name, Registration.Status.CANCELLED)
    seen = read("events.cancelled_by_you", about, language=seat.language, still_open=event.is_open(now))
    note_mailed("events.cancelled_by_you", [seat])
    context = {
        "event": event,
        "reply": row,
        "registration": seat,
        "previews": [seen] if seat.is_mailed and not row.is_yes else [],
        "nav_current": TAB,
        **({} if row.is_yes else followed(request, seat, now)),
    }
    return render(request, "events/workspace/reply.html", context)


def decide(request: HttpRequest, row: Reply) -> HttpResponse:
    """Do what was chosen, once; whoever comes second, or read an older answer, hears how it stands."""
    choices = {"leave": (replies.leave, _("The seat is left as it is."))}
    if row.is_yes:
        choices["comes"] = (replies.note_coming, _("It is noted that they come."))
    else:
        choices["give_up"] = (replies.give_up, _("The registration is cancelled."))
    row.fingerprint = request.POST.get("read", "")
    chosen = choices.get(request.POST.get("decision", ""))
    if chosen is None:
        return redirect("events_workspace:reply", row.registration.event_id, row.pk)
    act, done = chosen
    try:
        act(row, officer=request.user, now=timezone.now())
    except replies.Changed:
        now_stands = Reply.objects.visible_to(request.user).with_people().get(pk=row.pk)
        messages.info(request, why_closed(now_stands))
        if now_stands.waits(timezone.now()):
            return redirect("events_workspace:reply", row.registration.event_id, row.pk)
    else:
        messages.success(request, done)
    return redirect("events_workspace:event", row.registration.event_id)


def why_closed(row: Reply) -> str:
    """Why the answer cannot be decided on as it was read."""
    if row.decision and row.decided_by:
        said = {"name": row.decided_by.name, "decision": row.get_decision_display()}
        return _("%(name)s has decided already: %(decision)s.") % said
    if row.waits(timezone.now()):
        return _("They have answered anew. Nothing was changed; read the new answer.")
    return unchanged(row.registration)
