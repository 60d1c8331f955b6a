"""Demonstration organisations and people, their roles, and who may see the restricted ones."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

from contacts.demonstration.belongings import equip_organisation, equip_person, join_umbrellas
from contacts.demonstration.files import key, organisations, read
from contacts.models import Affiliation, ContactGrant, Organisation, OrganisationKind, Person
from contacts.services.languages import read_languages
from outreach.accounts.models import User
from outreach.places.folding import slug_of
from outreach.places.models import Municipality

SOURCES = [
    "Skrev selv til os",
    "Mødt på et netværksmøde",
    "Anbefalet af en forening, vi kender",
    "Ringede til os",
    "Fundet på organisationens egen hjemmeside",
]
PURPOSES = ["Dialog med civilsamfundet", "Samarbejde om arrangementer", "Gensidig faglig sparring"]
MONTH = timedelta(days=30)


@dataclass
class Loaded:
    """What has been made so far, by name."""

    colleagues: dict[str, User]
    today: date
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    kinds: dict[str, OrganisationKind] = field(default_factory=dict)
    places: dict[str, Municipality] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(11))

    def phone(self) -> str:
        """A number nobody has: +45 00 00 00 12."""
        number = next(self.numbers)
        return f"+45 00 00 {number // 100:02d} {number % 100:02d}"

    def reason(self, name: str) -> dict[str, str]:
        """Where the details come from and what they are kept for; the same for the same name."""
        number = sum(map(ord, name))
        return {"source": SOURCES[number % len(SOURCES)], "purpose": PURPOSES[number % len(PURPOSES)]}


def load_contacts(loaded: Loaded) -> None:
    loaded.kinds = {kind.slug: kind for kind in OrganisationKind.objects.all()}
    loaded.places = {place.name: place for place in Municipality.objects.all()}
    for facts in organisations():
        organisation = _organisation(facts, loaded)
        for place, person_facts in enumerate(facts["people"]):
            _person(person_facts, organisation, loaded, number=place)
    join_umbrellas(loaded.organisations)


def _organisation(facts: dict[str, Any], loaded: Loaded) -> Organisation:
    owner = loaded.colleagues[facts["owner"]]
    organisation = Organisation(
        id=key("organisation", facts["name"]),
        name=facts["name"],
        kind=loaded.kinds[facts["kind"]],
        municipality=loaded.places.get(facts["municipality"]),
        remember=facts.get("remember", ""),
        owner=owner,
        team=owner.teams.first(),
        rhythm_weeks=facts.get("rhythm"),
        restricted=facts.get("restricted", False),
        # Those with no rhythm agreed are new, and have not been told yet.
        informed_on=loaded.today - 7 * MONTH if "rhythm" in facts else None,
        **loaded.reason(facts["name"]),
    )
    organisation.save()
    reached = {"domain": _domain(facts["name"]), "phone": loaded.phone()}
    equip_organisation(organisation, **reached, number=len(loaded.organisations))
    _grant(organisation, facts, loaded)
    loaded.organisations[organisation.name] = organisation
    return organisation


def _person(facts: dict[str, Any], organisation: Organisation, loaded: Loaded, *, number: int) -> None:
    started_on = (loaded.today - facts["months"] * MONTH).replace(day=1)
    person = Person(
        id=key("person", facts["name"]),
        name=facts["name"],
        municipality=organisation.municipality,
        remember=facts.get("remember", ""),
        owner=organisation.owner,
        team=organisation.team,
        rhythm_weeks=facts.get("rhythm"),
        restricted=facts.get("restricted", False),
        # Those who are new have not been told yet.
        informed_on=started_on + timedelta(days=16) if facts["months"] > 9 else None,
        **loaded.reason(facts["name"]),
    )
    person.save()
    person.languages.set(read_languages(facts.get("language", "Dansk")).known)
    mailbox = f"{slug_of(facts['name']).replace('-', '.')}@{_domain(organisation.name)}"
    equip_person(person, mailbox=mailbox, phone=loaded.phone(), number=len(loaded.people))
    _grant(person, facts, loaded)
    role = {"role": facts["role"], "started_on": started_on, "primary": True}
    Affiliation.objects.create(person=person, organisation=organisation, **role)
    loaded.people[person.name] = person


def _grant(contact: Person | Organisation, facts: dict[str, Any], loaded: Loaded) -> None:
    for colleague, days, reason in facts.get("grants", ()):
        ContactGrant.objects.create(
            **{contact._meta.model_name: contact},
            user=loaded.colleagues[colleague],
            until=loaded.today + timedelta(days=days),
            reason=reason,
            granted_by=contact.owner,
        )


def _domain(name: str) -> str:
    """A host in the domain that is reserved for examples (RFC 2606): the name without what kind it is."""
    words = slug_of(name).split("-")
    return f"{'-'.join(words[1:3] or words)}.example"


def more_roles(loaded: Loaded) -> None:
    """A second role here and there, and one that has ended: as in life."""
    for facts in read("roles"):
        started_on = (loaded.today - facts["months"] * MONTH).replace(day=1)
        ended_on = (loaded.today - facts["ended"] * MONTH).replace(day=1) if "ended" in facts else None
        Affiliation.objects.create(
            person=loaded.people[facts["person"]],
            organisation=loaded.organisations[facts["organisation"]],
            role=facts["role"],
            started_on=started_on,
            ended_on=ended_on,
        )
