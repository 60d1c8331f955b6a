"""Who is in the register: colleagues in teams, organisations, people and their roles; the same for the same seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from contacts.models import Affiliation, ContactGrant, ContactPoint, Language, Organisation, OrganisationKind, Person
from contacts.reaching import key_of
from outreach.accounts.models import Role, Team, User
from outreach.places.models import Municipality
from tools.bench.crm.names import CALLED, FAMILY, GIVEN, HOUSES, ROLES
from tools.bench.crm.rows import Progress, joined, write

SEED = 20_261_128
OFFICERS, TEAMS = 40, 8
RESTRICTED = 0.05  # of the contacts
GRANTS = 20  # on restricted contacts of others, for the officer who reads
SPOKEN = ["da", "en", "ar", "so", "tr", "ur", "fa", "bs"]
RHYTHMS = [None, None, 4, 8, 12, 26, 52]
READER = "mette@bench.example"


class Size(NamedTuple):
    people: int
    organisations: int
    dialogues: int

    def part(self, share: float) -> "Size":
        return Size(*(int(number * share) for number in self))


FULL = Size(100_000, 20_000, 300_000)


@dataclass
class Crowd:
    """What has been made so far; ``rng`` is the only source of chance."""

    size: Size
    today: date
    rng: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 - no secret
    officers: list[User] = field(default_factory=list)
    teams: dict[UUID, Team] = field(default_factory=dict)  # of each officer
    organisations: list[Organisation] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    members: dict[UUID, list[Person]] = field(default_factory=dict)  # of each organisation

    @property
    def reader(self) -> User:
        """The ordinary officer who opens the screens."""
        return self.officers[0]

    def key(self) -> UUID:
        return UUID(int=self.rng.getrandbits(128), version=4)

    def some_day(self, *, years: int) -> date:
        return self.today - timedelta(days=self.rng.randrange(1, 365 * years))


def add_colleagues(crowd: Crowd) -> None:
    teams = [Team.objects.create(name=f"Team {number}") for number in range(1, TEAMS + 1)]
    for number in range(OFFICERS):
        email = f"officer-{number}@bench.example" if number else READER
        name = f"{GIVEN[number % len(GIVEN)]} {FAMILY[number % len(FAMILY)]}"
        officer = User.objects.create_user(email, "fire ord uden sammenhæng", name=name, role=Role.OFFICER)
        crowd.teams[officer.pk] = teams[number % TEAMS]
        officer.teams.set([crowd.teams[officer.pk]])
        crowd.officers.append(officer)


def plan_contacts(crowd: Crowd) -> None:
    """Every organisation and person, not written yet: what is said of their last dialogue comes later."""
    places = list(Municipality.objects.order_by("code"))
    kinds = list(OrganisationKind.objects.filter(kinds=None).order_by("slug"))
    crowd.organisations = [_organisation(crowd, places, kinds) for _number in range(crowd.size.organisations)]
    for _number in range(crowd.size.people):
        # A few organisations are large, most have a handful of people.
        place = int(len(crowd.organisations) * crowd.rng.random() ** 1.6)
        house = crowd.organisations[place]
        person = _person(crowd, house)
        crowd.people.append(person)
        crowd.members.setdefault(house.pk, []).append(person)


def _kept(crowd: Crowd, owner: User) -> dict:
    return {
        "id": crowd.key(),
        "owner": owner,
        "team": crowd.teams[owner.pk],
        "rhythm_weeks": crowd.rng.choice(RHYTHMS),
        "restricted": crowd.rng.random() < RESTRICTED,
        "source": "Mødt på et netværksmøde",
        "purpose": "Dialog med civilsamfundet",
    }


def _organisation(crowd: Crowd, places: list[Municipality], kinds: list[OrganisationKind]) -> Organisation:
    rng, place = crowd.rng, crowd.rng.choice(places)
    name = f"{rng.choice(HOUSES)} {rng.choice(CALLED)} {rng.choice(CALLED)}"
    return Organisation(
        **_kept(crowd, rng.choice(crowd.officers)),
        name=name,
        kind=rng.choice(kinds),
        municipality=place,
        email=f"kontakt{rng.randrange(10**6)}@house.example",
        phone=_phone(rng),
    )


def _person(crowd: Crowd, house: Organisation) -> Person:
    rng = crowd.rng
    given, family = rng.choice(GIVEN), rng.choice(FAMILY)
    middle = f"{rng.choice(FAMILY)} " if rng.random() < 0.3 else ""
    owner = house.owner if rng.random() < 0.9 else rng.choice(crowd.officers)
    return Person(
        **_kept(crowd, owner),
        name=f"{given} {middle}{family}",
        municipality=house.municipality,
        email=f"{given}.{family}{rng.randrange(10**5)}@person.example".lower(),
        phone=_phone(rng),
        informed_on=crowd.some_day(years=4) if rng.random() < 0.8 else None,
    )


def _phone(rng: random.Random) -> str:
    digits = f"{rng.randrange(10**6):06}"
    return f"+45 00 {digits[:2]} {digits[2:4]} {digits[4:]}"


def write_contacts(crowd: Crowd, progress: Progress) -> None:
    for contact in (*crowd.organisations, *crowd.people):
        contact.derive()
    write(Organisation, crowd.organisations, progress)
    write(Person, crowd.people, progress)
    for contacts in (crowd.organisations, crowd.people):
        write(ContactPoint, _points(crowd, contacts), progress)
    spoken = list(Language.objects.filter(code__in=SPOKEN).order_by("code"))
    pairs = (
        (person.pk, one.pk) for person in crowd.people for one in crowd.rng.sample(spoken, crowd.rng.choice([1, 2]))
    )
    write(Person.languages.through, joined(Person.languages.through, pairs), progress)
    write(Affiliation, _roles(crowd), progress)
    write(ContactGrant, _grants(crowd), progress)


def _points(crowd: Crowd, contacts: list[Organisation] | list[Person]) -> Iterator[ContactPoint]:
    """The mailbox and the phone each is reached by, and for one in five a second phone."""
    email, phone = ContactPoint.Channel
    for contact in contacts:
        others = [_phone(crowd.rng)] if crowd.rng.random() < 0.2 else []
        for channel, value in [(email, contact.email), *((phone, number) for number in (contact.phone, *others))]:
            point = ContactPoint(channel=channel, value=value, key=key_of(channel, value))
            setattr(point, str(contact._meta.model_name), contact)
            yield point


def _roles(crowd: Crowd) -> Iterator[Affiliation]:
    """Everybody's main role, for one in five a second one, and for one in five one that has ended."""
    rng = crowd.rng
    for house in crowd.organisations:
        for person in crowd.members.get(house.pk, ()):
            began = crowd.some_day(years=8)
            yield Affiliation(
                person=person, organisation=house, role=rng.choice(ROLES), started_on=began, primary=True
            )
            if rng.random() < 0.2:
                other = rng.choice(crowd.organisations)
                yield Affiliation(person=person, organisation=other, role=rng.choice(ROLES), started_on=began)
            if rng.random() < 0.2:
                ended = began + timedelta(days=100)
                former = rng.choice(crowd.organisations)
                yield Affiliation(
                    person=person, organisation=former, role=rng.choice(ROLES), started_on=began, ended_on=ended
                )


def _grants(crowd: Crowd) -> Iterator[ContactGrant]:
    """Some for every officer, so that the table is as full as in life."""
    closed = [person for person in crowd.people if person.restricted]
    for officer in crowd.officers:
        sample = crowd.rng.sample(closed, min(GRANTS * 2, len(closed)))
        others = [person for person in sample if person.owner_id != officer.pk]
        for person in others[:GRANTS]:
            yield ContactGrant(
                user=officer,
                person=person,
                until=crowd.today + timedelta(days=200),
                reason="Fælles besøg",
                granted_by=person.owner,
            )
