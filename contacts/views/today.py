"""What the day holds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from contacts.models.visibility import READERS
from contacts.services.today import the_day
from contacts.views.access import reading_contacts
from outreach.accounts.access import workspace_required
from outreach.audit.trail import reading_list


@workspace_required
def today(request: HttpRequest) -> HttpResponse:
    """The front page of the workspace. Who works with events only is led on to them."""
    if request.user.role not in READERS:
        return redirect("events_workspace:list")
    now = timezone.now()
    day = the_day(request.user, today=timezone.localdate(now), now=now)
    follow_ups = [*day.meetings, *day.overdue, *day.due_today, *day.this_week]
    reading_list(request, "contacts.FollowUp", [follow_up.pk for follow_up in follow_ups])
    if day.to_phone:
        reading_list(request, "events.Registration", [registration.pk for registration in day.to_phone])
    if day.invited:
        reading_list(request, "events.DialogueRequest", [invitation.pk for invitation in day.invited])
    called = [row.contact.named for row in day.to_phone if row.contact and row.contact.named]
    promised = [contact for follow_up in follow_ups for contact in follow_up.about]
    reading_contacts(request, [*called, *promised, *day.quiet, *day.never])
    context = {"day": day, "now": now, "today": timezone.localdate(now), "nav_current": "workspace:today"}
    return render(request, "contacts/today.html", context)
