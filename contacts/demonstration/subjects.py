"""What the invented events are about."""

from collections.abc import Iterable

from contacts.demonstration.files import read
from contacts.models import EventSubject, Initiative, Topic
from events.demonstration.files import key as event_key
from events.models import Event


def tell_subjects(events: Iterable[Event]) -> None:
    by_key = {event.pk: event for event in events}
    names = {short: danish for short, (danish, _english) in read("topics").items()}
    for key, about in read("subjects").items():
        initiative = Initiative.objects.filter(number=about.get("initiative")).first()
        subject, is_new = EventSubject.objects.get_or_create(
            event=by_key[event_key({"key": key})], defaults={"initiative": initiative}
        )
        if is_new:
            subject.topics.set(Topic.objects.filter(name_da__in=[names[short] for short in about["topics"]]))
