"""The screens of those who run events."""

from events.models import Event
from tools.day_screens import registration
from tools.samples import Samples
from tools.screen import Inside, press, workspace


def own_event(samples: Samples) -> Event:
    return samples.planned(Event.Status.PUBLISHED)


def held_event(samples: Samples) -> Event:
    held = Event.objects.run_by(samples.officer).filter(status=Event.Status.PUBLISHED, ends_at__lt=samples.now)
    return held.order_by("-ends_at")[0]


def own_registration(samples: Samples) -> tuple:
    row = registration(samples)
    return row.event_id, row.pk


DESK = workspace(
    ("desk-events", Inside("events_workspace:list")),
    ("desk-plan", Inside("events_workspace:plan")),
    ("desk-plan-mistakes", Inside("events_workspace:plan"), press),
    ("desk-event", Inside("events_workspace:event", own_event)),
    ("desk-event-held", Inside("events_workspace:event", held_event)),
    ("desk-edit", Inside("events_workspace:edit", own_event)),
    ("desk-cancel", Inside("events_workspace:cancel", own_event)),
    ("desk-register", Inside("events_workspace:register", own_event)),
    ("desk-register-mistakes", Inside("events_workspace:register", own_event), press),
    ("desk-cancel-registration", Inside("events_workspace:cancel_registration", own_registration)),
)
