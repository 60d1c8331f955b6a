"""One search over what an officer may know of: people, organisations, events by title."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from contacts.finding import door
from contacts.finding.asked import asked
from contacts.models import Organisation, Person
from contacts.services.keeping import put_main_roles
from events.models import Event
from outreach.accounts.models import User
from outreach.places.folding import fold

SHOWN = 10
EVENTS_READ = 500


@dataclass(frozen=True)
class Found:
    people: list[Person]
    organisations: list[Organisation]
    events: list[Event]
    more_people: bool
    more_organisations: bool

    def __bool__(self) -> bool:
        return bool(self.people or self.organisations or self.events)


def search(text: str, *, user: User, now: datetime) -> Found:
    """The best of each, whatever the spelling; nothing for no words."""
    question = asked(text)
    if not question:
        return Found([], [], [], False, False)
    people = door.best(Person.objects.visible_to(user), question, SHOWN + 1)
    organisations = Organisation.objects.visible_to(user).select_related("municipality", "kind")
    organisations = door.best(organisations, question, SHOWN + 1)
    put_main_roles(people, user)
    return Found(
        people=people[:SHOWN],
        organisations=organisations[:SHOWN],
        events=_events(text, user, now),
        more_people=len(people) > SHOWN,
        more_organisations=len(organisations) > SHOWN,
    )


def _events(text: str, user: User, now: datetime) -> list[Event]:
    """Coming events and those of the last year. They are few: titles are folded here, not in a column."""
    words = fold(text).split()
    recent = Event.objects.seen_by(user).opening_for(user).filter(ends_at__gt=now - timedelta(days=365))
    recent = recent.order_by("-starts_at")[:EVENTS_READ]
    return [event for event in recent if all(word in fold(event.title) for word in words)][:SHOWN]
