"""What was said and promised: dialogues, follow-ups, registrations; one person with a long history."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from contacts.models import Dialogue, FollowUp, Organisation, Person, RegistrationLink, Topic
from events.models import Event, Registration, SeatCounter
from outreach.accounts.models import User
from tools.bench.crm.crowd import Crowd
from tools.bench.crm.names import SUBJECTS
from tools.bench.crm.rows import Progress, joined, write

LONG = {"dialogues": 1_700, "follow_ups": 200, "registrations": 100}  # two thousand entries of one person
EVENTS = 100
PEOPLE_WITH_FOLLOW_UP = 0.2


class Talk(NamedTuple):
    """A dialogue before it is written."""

    id: UUID
    day: date
    author: User
    house: Organisation
    people: list[Person]


def plan_dialogues(crowd: Crowd) -> list[Talk]:
    """With whom and when; each contact learns when its last one was."""
    rng, long = crowd.rng, long_history(crowd)
    houses = [house for house in crowd.organisations if crowd.members.get(house.pk)]
    home = next(house for house in houses if long in crowd.members[house.pk])
    talks = []
    for number in range(crowd.size.dialogues):
        house = home if number < LONG["dialogues"] else rng.choice(houses)
        members = crowd.members[house.pk]
        there = rng.sample(members, min(len(members), rng.choice([1, 1, 1, 2, 3])))
        people = [long] if number < LONG["dialogues"] else there
        author = house.owner if rng.random() < 0.8 else rng.choice(crowd.officers)
        talk = Talk(crowd.key(), crowd.some_day(years=6), author, house, people)
        talks.append(talk)
        for contact in (house, *people):
            contact.last_dialogue_on = max(talk.day, contact.last_dialogue_on or talk.day)
    return talks


def long_history(crowd: Crowd) -> Person:
    """The one whose timeline has two thousand entries: seen by everybody."""
    return next(person for person in crowd.people if not person.restricted)


def write_dialogues(crowd: Crowd, talks: list[Talk], progress: Progress) -> None:
    rng, topics = crowd.rng, list(Topic.objects.values_list("pk", flat=True))
    write(Dialogue, (_dialogue(crowd, talk) for talk in talks), progress)
    through: list[tuple[Any, Iterator[tuple[Any, Any]]]] = [
        (Dialogue.people.through, ((talk.id, person.pk) for talk in talks for person in talk.people)),
        (Dialogue.organisations.through, ((talk.id, talk.house.pk) for talk in talks)),
        (Dialogue.officers.through, ((talk.id, talk.author.pk) for talk in talks)),
        (Dialogue.topics.through, ((talk.id, rng.choice(topics)) for talk in talks)),
    ]
    for model, pairs in through:
        write(model, joined(model, pairs), progress)


def _dialogue(crowd: Crowd, talk: Talk) -> Dialogue:
    rng = crowd.rng
    noted = rng.random() < 0.3
    dialogue = Dialogue(
        id=talk.id,
        kind=rng.choice([Dialogue.Kind.MEETING, Dialogue.Kind.VISIT, Dialogue.Kind.CALL, Dialogue.Kind.CALL]),
        date=talk.day,
        minutes=rng.choice([None, 15, 30, 60, 90]),
        summary=f"Vi talte om {rng.choice(SUBJECTS)} og {rng.choice(SUBJECTS)}.",
        note="Vil helst ringes op om eftermiddagen." if noted else "",
        note_team=crowd.teams[talk.author.pk] if noted else None,
        author=talk.author,
    )
    dialogue.derive()
    return dialogue


def write_follow_ups(crowd: Crowd, talks: list[Talk], progress: Progress) -> None:
    write(FollowUp, _follow_ups(crowd, talks), progress)


def _follow_ups(crowd: Crowd, talks: list[Talk]) -> Iterator[FollowUp]:
    rng, now = crowd.rng, timezone.now()
    some = [talk for talk in talks if rng.random() < PEOPLE_WITH_FOLLOW_UP / 3]
    count = LONG["follow_ups"]
    for number, talk in enumerate([*talks[:count], *some]):
        is_open = number >= count and rng.random() < 0.15
        due = crowd.today + timedelta(days=rng.randrange(-10, 60)) if is_open else talk.day + timedelta(days=14)
        yield FollowUp(
            id=crowd.key(),
            title=f"Send materiale om {rng.choice(SUBJECTS)}",
            owner=talk.author,
            due_on=due,
            person=talk.people[0],
            dialogue_id=talk.id,
            promised_on=talk.day,
            done_at=None if is_open else now - timedelta(days=1),
        )


def write_registrations(crowd: Crowd, progress: Progress) -> None:
    """A hundred past events; the long history was at each, and some others."""
    now, rng, long = timezone.now(), crowd.rng, long_history(crowd)
    events = [_event(crowd, number, now) for number in range(EVENTS)]
    write(Event, events, progress)
    write(SeatCounter, (SeatCounter(event=event, capacity=60) for event in events), progress)
    pairs = [(event, person) for event in events for person in dict.fromkeys([long, *rng.sample(crowd.people, 40)])]
    registrations = [_registration(crowd, event, person, now) for event, person in pairs]
    write(Registration, registrations, progress)
    links = (
        RegistrationLink(registration=one, person=person, linked_by=crowd.reader)
        for one, (_event, person) in zip(registrations, pairs, strict=True)
    )
    write(RegistrationLink, links, progress)


def _event(crowd: Crowd, number: int, now: datetime) -> Event:
    begins = now - timedelta(days=7 * (number + 1))
    event = Event(
        id=crowd.key(),
        title=f"Netværksmøde {number}",
        public_title=f"Netværksmøde {number}",
        slug=f"netvaerksmoede-{number}",
        summary="Et møde for dem, der arbejder med unge.",
        starts_at=begins,
        ends_at=begins + timedelta(hours=3),
        status=Event.Status.PUBLISHED,
        owner=crowd.officers[number % len(crowd.officers)],
    )
    event.derive()
    return event


def _registration(crowd: Crowd, event: Event, person: Person, now: datetime) -> Registration:
    return Registration(
        id=crowd.key(),
        event=event,
        name=person.name,
        email=person.email,
        status=Registration.Status.CONFIRMED,
        folded_key=str(person.pk),
        created_at=event.starts_at - timedelta(days=20),
        confirmed_at=event.starts_at - timedelta(days=19),
    )
