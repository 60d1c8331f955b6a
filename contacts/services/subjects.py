"""What an event is about: chosen while it is planned, told to colleagues, taken along by a copy."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from contacts.models import EventSubject, Topic
from events.models import Event


def keep(event: Event, data: Mapping[str, Any]) -> None:
    """Let the event be about what ``data`` of these fields says."""
    _keep(event, topics=data["topics"], initiative_id=data["initiative"] and data["initiative"].pk)


def told(event: Event) -> list[tuple[str, str]]:
    """What a colleague reads of it, each with its name."""
    subject, topics = subject_of(event), ", ".join(map(str, topics_of(event)))
    initiative = str(subject.initiative) if subject and subject.initiative else ""
    return [line for line in ((_("Topics"), topics), (_("Action-plan initiative"), initiative)) if line[1]]


def copy(event: Event, made: Event) -> None:
    if subject := subject_of(event):
        _keep(made, topics=topics_of(event), initiative_id=subject.initiative_id)


def _keep(event: Event, *, topics: Collection[Topic], initiative_id: int | None) -> None:
    subject, _made = EventSubject.objects.update_or_create(event=event, defaults={"initiative_id": initiative_id})
    subject.topics.set(topics)


def subject_of(event: Event) -> EventSubject | None:
    return EventSubject.objects.filter(event=event).select_related("initiative").first()


def topics_of(event: Event) -> list[Topic]:
    return list(Topic.objects.filter(events__event=event))
