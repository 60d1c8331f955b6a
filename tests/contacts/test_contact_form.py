"""The forms of people and organisations: rows as many as one needs, and nobody's change lost."""

import pytest
from django.urls import reverse

from contacts.models import ContactPoint, Organisation, Person
from contacts.services.belongings import Belongings, Name, Place, Point, write
from tests.contacts.factories import OrganisationFactory, PersonFactory

BASIS = {"name": "Amina Rahbek", "source": "wrote to us", "purpose": "dialogue"}
NEW = "workspace:new_person"


def edit(contact):
    return reverse(f"workspace:edit_{contact._meta.model_name}", args=[contact.pk])


def typed(desk, contact):
    """What the form of a contact would send if nothing were changed."""
    form = desk.get(edit(contact)).context["form"]
    return {bound.name: "" if bound.value() is None else bound.value() for bound in form} | {"interpreter": ""}


def test_a_person_has_as_many_ways_to_be_reached_as_were_typed_and_prefers_one(desk):
    rows = {"email": "amina@example.dk", "email_2": "Board@Example.dk", "email_use_2": "board", "phone": "86123456"}

    desk.post(reverse(NEW), BASIS | rows | {"preferred": "email_2", "phone_use": "private"})

    person = Person.objects.get()
    assert [(one.value, one.use, one.preferred) for one in person.points.all()] == [
        ("amina@example.dk", "", False),
        ("Board@Example.dk", "board", True),
        ("86123456", "private", False),
    ]
    assert (person.email, person.phone) == ("Board@Example.dk", "86123456")


def test_another_row_brings_the_form_back_with_what_was_typed_and_saves_nothing(desk):
    answer = desk.post(reverse(NEW), {"name": "", "email": "no address", "add": "email"})

    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="email_2"' in text
    assert "no address" in text
    assert "error" not in text.split('<form method="post"')[1]
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("rows", "field", "message"),
    [
        ({"email": "a@example.dk", "email_2": "A@example.dk"}, "email_2", "It stands here twice."),
        ({"phone": "86 12 34 56", "phone_2": "0045 86123456"}, "phone_2", "It stands here twice."),
        ({"phone": "1234567"}, "phone", "This is no phone number."),
        ({"email": "a@example.dk", "preferred": "phone"}, "preferred", "Nothing is written there."),
        ({"language": "Danish and Klingon"}, "language", "We do not know the language “Klingon”."),
        ({"status": "ended"}, "ended_on", "Write the day it ended"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(desk, rows, field, message):
    answer = desk.post(reverse(NEW), BASIS | rows)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in text
    assert message in text


@pytest.mark.parametrize("number", ["+46 8 123 456 78", "114", "00 45 86 12 34 56", "+252 61 1234567"])
def test_numbers_from_abroad_and_short_ones_are_numbers(desk, number):
    desk.post(reverse(NEW), BASIS | {"phone": number})

    assert Person.objects.get().phone == number


def test_a_row_that_is_emptied_goes_and_one_that_stays_is_the_same_row(desk, officer):
    person = PersonFactory(owner=officer, email="old@example.dk", phone="86123456")
    phone = person.points.get(channel="phone")

    desk.post(edit(person), typed(desk, person) | {"email": "", "phone": "86 12 34 56"})

    assert ContactPoint.objects.get() == phone
    person.refresh_from_db()
    assert (person.email, person.phone) == ("", "86 12 34 56")


def test_other_names_in_any_script_find_the_person(desk):
    desk.post(reverse(NEW), BASIS | {"other_name": "أمينة رهبك", "other_name_kind": "own_script"})

    found = desk.get(reverse("workspace:people"), {"q": "أمينة"}).content.decode()
    assert "Amina Rahbek" in found


def test_a_form_opened_and_saved_changes_nothing_but_the_version(desk, officer):
    person = PersonFactory(owner=officer, email="a@example.dk", phone="86123456", remember="Ring ikke")
    place = Place("Eksempelvej 1", "8000", "Aarhus", use="home", main=True)
    write(person, Belongings([Point("email", "a@example.dk", "work", preferred=True)], [place], [Name("Mina")]))
    rows = [list(rows.values()) for rows in (person.points, person.addresses, person.other_names)]
    before = Person.objects.filter(pk=person.pk).values().get()

    assert desk.post(edit(person), typed(desk, person)).status_code == 302

    after = Person.objects.filter(pk=person.pk).values().get()
    changed = {name for name in before if before[name] != after[name]}
    assert changed - {"updated_at"} == {"version"}
    assert [list(rows.values()) for rows in (person.points, person.addresses, person.other_names)] == rows


def test_what_a_colleague_saved_meanwhile_is_shown_beside_what_was_typed_and_neither_is_lost(desk, officer):
    person = PersonFactory(owner=officer, name="Amina Rahbek", remember="Likes tea")
    mine = typed(desk, person) | {"name": "Amina R. Rahbek"}
    desk.post(edit(person), typed(desk, person) | {"remember": "Likes coffee"})

    answer = desk.post(edit(person), mine)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Saved meanwhile: Likes coffee" in text
    assert "Amina R. Rahbek" in text
    person.refresh_from_db()
    assert (person.name, person.remember) == ("Amina Rahbek", "Likes coffee")

    desk.post(edit(person), mine | {"version": answer.context["form"]["version"].value(), "remember": "Both"})
    person.refresh_from_db()
    assert (person.name, person.remember) == ("Amina R. Rahbek", "Both")


def test_an_umbrella_is_named_in_any_spelling_and_never_makes_a_circle(desk, officer):
    umbrella, member = OrganisationFactory(name="Åbne Døre"), OrganisationFactory(owner=officer)

    desk.post(edit(member), typed(desk, member) | {"umbrella_name": "aabne doere"})
    answer = desk.post(edit(umbrella), typed(desk, umbrella) | {"umbrella_name": member.name})

    member.refresh_from_db()
    assert member.umbrella == umbrella
    assert "cannot be the umbrella here" in answer.content.decode()


def test_a_hidden_umbrella_is_unknown_by_name_and_stays_when_nothing_is_typed(desk, stranger):
    hidden = OrganisationFactory(name="Secret Umbrella", restricted=True, owner=stranger)
    member = OrganisationFactory(umbrella=hidden)

    shown = desk.get(edit(member)).content.decode()
    refused = desk.post(edit(member), typed(desk, member) | {"umbrella_name": "Secret Umbrella"})
    desk.post(edit(member), typed(desk, member))

    assert "Secret" not in shown
    assert "No organisation has this name." in refused.content.decode()
    member.refresh_from_db()
    assert member.umbrella == hidden


def test_an_umbrella_that_belongs_under_a_hidden_one_can_be_chosen(desk, stranger):
    hidden = OrganisationFactory(name="Secret Umbrella", restricted=True, owner=stranger)
    umbrella, member = OrganisationFactory(name="Åbne Døre", umbrella=hidden), OrganisationFactory()

    answer = desk.post(edit(member), typed(desk, member) | {"umbrella_name": "Åbne Døre"})

    assert answer.status_code == 302
    member.refresh_from_db()
    assert member.umbrella == umbrella


@pytest.mark.parametrize(
    ("number", "accepted"),
    [
        ("00000019", True),
        ("00000000", False),
        ("00000018", False),
        ("", True),
        ("0000001²", False),
        ("²", False),
        ("٠٠٠٠٠٠١٩", False),
    ],
)
def test_a_company_number_is_checked(desk, number, accepted):
    answer = desk.post(reverse("workspace:new_organisation"), BASIS | {"kind": "sports", "company_number": number})

    assert Organisation.objects.exists() == accepted
    assert answer.status_code == (302 if accepted else 422)


@pytest.mark.parametrize("site", ["aabnedoere.example", "http://aabnedoere.example"])
def test_a_web_site_is_kept_by_https(desk, site):
    desk.post(reverse("workspace:new_organisation"), BASIS | {"kind": "sports", "website": site})

    assert Organisation.objects.get().website == "https://aabnedoere.example"
