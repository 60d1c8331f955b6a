"""E-mails and phones with their uses, addresses, other names and umbrellas of the demonstration's contacts."""

from functools import cache
from typing import Any

from contacts.demonstration.files import read
from contacts.models import Language, Organisation, Person
from contacts.services.belongings import Belongings, Name, Place, Point, write


@cache
def _facts() -> Any:
    return read("reaching")


def equip_organisation(organisation: Organisation, *, domain: str, phone: str, number: int) -> None:
    """A shared mailbox and a switchboard; every other has a second mailbox, every third an address for post."""
    points = [Point("email", f"kontakt@{domain}", "work", preferred=number % 4 == 0)]
    if number % 2 == 0:
        points.append(Point("email", f"bestyrelsen@{domain}", "board"))
    if number % 3 == 1:
        points.append(Point("email", f"faktura@{domain}", "billing"))
    points.append(Point("phone", phone, "switchboard", preferred=number % 4 == 2))
    places = [_place(organisation, number, "visit", main=True)] if organisation.municipality else []
    if places and number % 3 == 0:
        places.append(_place(organisation, number + 7, "post", main=False))
    write(organisation, Belongings(points, places, _names(organisation)))


def equip_person(person: Person, *, mailbox: str, phone: str, number: int) -> None:
    """The address at work, sometimes one at home, and a phone; most say which they prefer."""
    points = [Point("email", mailbox, "work", preferred=number % 3 == 0)]
    if number % 4 == 1:
        points.append(Point("email", mailbox.partition("@")[0] + "@privat.example", "private"))
    points.append(Point("phone", phone, "private" if number % 2 else "work", preferred=number % 3 == 1))
    write(person, Belongings(points, [], _names(person)))


def join_umbrellas(organisations: dict[str, Organisation]) -> None:
    for member, umbrella in _facts()["umbrellas"].items():
        organisations[member].umbrella = organisations[umbrella]
        organisations[member].save()


def _place(organisation: Organisation, number: int, use: str, *, main: bool) -> Place:
    streets, (postal_code, town) = _facts()["streets"], _facts()["towns"][organisation.municipality.name]
    street = f"{streets[number % len(streets)]} {2 + number * 3 % 87}"
    return Place(street, postal_code, town, organisation.municipality, use, main)


def _names(contact: Organisation | Person) -> list[Name]:
    languages = Language.objects.in_bulk()
    return [Name(name, kind, languages.get(code)) for name, kind, code in _facts()["names"].get(contact.name, ())]
