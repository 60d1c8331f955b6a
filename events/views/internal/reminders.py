"""The reminders of an event: what is planned, to how many, and how it will read."""

from collections import Counter
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.forms.reminding import ReminderForm
from events.models import Event, Registration, Reminder
from events.services import reminders
from outreach.accounts.access import workspace_required
from outreach.mail.rendering import preview
from outreach.privacy.workspace import note_passing

from .events import TAB, mine


@workspace_required
def reminder_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Those planned and sent, and a form for one more: it is planned once it was read, to how many and when."""
    event = mine(request, pk)
    form = ReminderForm(request.POST or None, event=event, now=timezone.now())
    written = form.is_valid() if request.method == "POST" else False
    if written and "plan" in request.POST and form.is_read():
        try:
            reminder = reminders.plan(form.save(commit=False), officer=request.user)
        except IntegrityError:
            form.add_error("days", _("There is a reminder for that day already."))
            written = False
        else:
            note_passing(request, form, event)
            messages.success(request, _("The reminder is planned. You can read it and drop it until it is sent."))
            return redirect("events_workspace:reminder", pk, reminder.pk)
    told = counted(event)
    context = {
        "event": event,
        "reminders": event.reminders.all(),
        **told,
        "form": form,
        "new": form.instance if written else None,
        "previews": read_in_all(form.instance, told["mails"]) if written else [],
        "nav_current": TAB,
    }
    return render(request, "events/workspace/reminders.html", context, status=422 if form.errors else 200)


@workspace_required
def reminder(request: HttpRequest, pk: UUID, reminder: UUID) -> HttpResponse:
    """One of them as it will read in both languages, to nobody in particular."""
    event = mine(request, pk)
    planned = get_object_or_404(event.reminders, pk=reminder)
    told = counted(event)
    context = {
        "event": event,
        "reminder": planned,
        **told,
        "previews": read_in_all(planned, told["mails"]),
        "nav_current": TAB,
    }
    return render(request, "events/workspace/reminder.html", context)


def counted(event: Event) -> dict:
    """How many get a reminder, by language, and how many have a seat and an address and get none."""
    mails = Counter(row.language for row in reminders.getting(event))
    return {"mails": dict(mails), "spared": reminders.recipients(event).count() - sum(mails.values())}


def read_in_all(reminder: Reminder, mails: dict[str, int]) -> list[dict]:
    """The mail in each language somebody gets it in; while there is nobody, in that of the event."""
    return [as_read(reminder, language) for language in sorted(mails) or [reminder.event.language]]


def as_read(reminder: Reminder, language: str) -> dict:
    """The mail as somebody called “…” gets it."""
    somebody = Registration(event=reminder.event, name="…", language=language)
    mail = preview("events.reminder", about=somebody, language=language, context=reminders.told(reminder))
    return {"language": language, "mail": mail}


@workspace_required
@require_POST
def drop(request: HttpRequest, pk: UUID, reminder: UUID) -> HttpResponse:
    """Take back one that is not sent; the second click finds it gone, and says so."""
    event = mine(request, pk)
    planned = event.reminders.filter(pk=reminder, sent_at=None).first()
    if planned:
        reminders.drop(planned, officer=request.user)
        messages.success(request, _("The reminder is dropped. Nobody gets it."))
    else:
        messages.info(request, _("It is sent, or gone already. Nothing was changed."))
    return redirect("events_workspace:reminders", pk)
