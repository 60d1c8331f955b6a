"""What an officer does, step by step; the journeys put the steps together."""

from datetime import datetime

from django.utils import timezone

from tests.journeys.reader import Reader

DESK = "/workspace/"
EVENT = {
    "title": "Aften om naboskab",
    "public_title": "Netværksmøde",
    "summary": "Vi taler om, hvad naboer kan gøre.",
    "capacity": "2",
    "venue_name": "Foreningshuset Åen",
    "venue_address": "Eksempelvej 4",
    "text_before": "Vi begynder med kaffe.",
}
ORGANISATION = {"name": "Kulturforeningen Åbne Døre", "source": "mødt på et møde", "purpose": "dialog"}


def wall(moment: datetime) -> str:
    """As it is typed in a field for day and time."""
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def sign_in(reader: Reader, says, *, email: str, password: str) -> Reader:
    """From the workspace's address to the form that asks who one is."""
    reader.open(DESK)
    assert reader.heading == says.sign_in
    return reader.press(says.sign_in, login=email, password=password)


def draft(reader: Reader, says, *, starts_at: datetime, ends_at: datetime, **facts) -> Reader:
    """From the list of events over the form to the event, which nobody else sees yet."""
    facts = EVENT | facts
    reader.open(DESK).follow(says.events).follow(says.plan)
    reader.press(says.save, **facts, starts_at=wall(starts_at), ends_at=wall(ends_at))
    assert reader.heading == facts["title"], reader.mistakes
    return reader


def publish(reader: Reader, says) -> Reader:
    """The event names no audience: the screen asks once."""
    return reader.press(says.publish).press(says.publish_anyway)


def register_caller(reader: Reader, says, **fields) -> Reader:
    """From the page of the event: somebody who phoned."""
    return reader.follow(says.register_somebody).press(consent=True, **fields)


def keep_organisation(reader: Reader, says, *, kind: str) -> Reader:
    return reader.open(f"{DESK}organisations/new/").press(says.save, kind=kind, **ORGANISATION)


def link_to_new_person(reader: Reader, says, name: str) -> Reader:
    """The proposal of this name becomes somebody we keep in touch with."""
    reader.open(DESK).follow(says.proposals).follow(name)
    return reader.follow(says.create_person).press(says.save_and_link)


def link_to_known_person(reader: Reader, says, name: str) -> Reader:
    reader.open(DESK).follow(says.proposals).follow(name)
    return reader.press(says.link)


def log_dialogue(reader: Reader, says, **fields) -> Reader:
    """From the page of a person: one line, and what else was promised."""
    return reader.follow(says.log).press(says.save_dialogue, **fields)


def timeline(reader: Reader) -> list[str]:
    """The headings of what stands on the timeline of a person or organisation."""
    return [entry.get_text(" ", strip=True) for entry in reader.main.select(".tl h4")]
