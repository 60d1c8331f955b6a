"""What the doctor asks of events: whether their counters agree with the seats there are."""

from collections.abc import Iterator

from django.utils import timezone

from events.models import Event
from events.services.reconcile import differences
from outreach.doctor.registry import Finding


def of_seats() -> Iterator[Finding]:
    """Of events to come; the events are not named."""
    coming = Event.objects.filter(status=Event.Status.PUBLISHED, ends_at__gt=timezone.now())
    if wrong := sum(bool(differences(event)) for event in coming.iterator()):
        yield Finding("seats", f"The seats of {wrong} events are counted wrong.", "Run manage.py reconcile_seats.")
