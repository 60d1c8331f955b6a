"""A contact we may know is shown before a second one is made; one that is hidden changes nothing in the answer."""

import re

import pytest
from django.urls import reverse

from contacts.models import Organisation, Person
from contacts.services.belongings import Belongings, Name
from contacts.services.duplicates import Typed, alike
from contacts.services.keeping import keep
from outreach.audit.models import Entry
from outreach.privacy import case_words
from tests.contacts.factories import OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db
NEW = reverse("workspace:new_person")


def typed(**fields):
    return {"name": "Amina Rahbek", "source": "wrote to us", "purpose": "dialogue"} | fields


@pytest.fixture
def amina(officer):
    return keep(PersonFactory(name="Amina Rahbek", email="amina@example.dk", phone="+45 12345678"), actor=officer)


@pytest.mark.parametrize(
    ("told", "reasons"),
    [
        (Typed("amina rahbek"), ("same name",)),
        (Typed("Somebody", (("email", "AMINA@example.dk"),)), ("same e-mail",)),
        (Typed("Somebody", (("phone", "12 34 56 78"),)), ("same phone",)),
        (Typed("Amina Rahbek", (("email", "amina@example.dk"),)), ("same e-mail", "same name")),
    ],
)
def test_it_may_be_one_we_know_and_we_say_why(amina, officer, told, reasons):
    assert [(one.contact, one.reasons) for one in alike(Person, told, user=officer)] == [(amina, reasons)]


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("Rahbek Amina", ("same name in another order",)),
        ("Ameena Rahbæk", ("a name that sounds alike",)),
        ("Mina", ("also called that",)),
        ("Amina", ()),
    ],
)
def test_a_name_is_known_in_other_words(officer, amina, name, reasons):
    keep(amina, actor=officer, belongings=Belongings([], [], [Name("Mina")]))

    found = [one.reasons for one in alike(Person, Typed(name), user=officer)]

    assert found == ([reasons] if reasons else [])


def test_what_a_new_one_is_also_called_counts_too(officer, amina):
    typed = Typed("أمينة", also_called=("Amina Rahbek",))

    assert [one.contact for one in alike(Person, typed, user=officer)] == [amina]


def test_a_name_of_marks_is_nobodys(officer):
    PersonFactory(name="🙂")

    assert alike(Person, Typed("???"), user=officer) == []


def test_an_organisation_is_known_by_its_number(officer):
    club = OrganisationFactory(name="Club", company_number="10103940")

    found = alike(Organisation, Typed("Another name", company_number="10103940"), user=officer)

    assert [(one.contact, one.reasons) for one in found] == [(club, ("same CVR number",))]


def test_correcting_a_number_to_that_of_another_says_whose_it_is(desk):
    club, other = OrganisationFactory(name="Club", company_number="10103940"), OrganisationFactory(name="Other")
    address = reverse("workspace:edit_organisation", args=[other.pk])
    sent = typed(name="Other", kind=other.kind.slug, company_number="DK 10103940")

    asked = desk.post(address, sent)
    desk.post(address, sent | {"somebody_else": "on"})

    other.refresh_from_db()
    assert asked.status_code == 422
    assert [(one.contact, one.reasons) for one in asked.context["form"].alike] == [(club, ("same CVR number",))]
    assert club.get_absolute_url() in asked.content.decode()
    assert other.company_number == "10103940"


@pytest.mark.parametrize("company_number", ["10103940", ""])
def test_correcting_something_else_asks_nothing_about_the_number(desk, company_number):
    OrganisationFactory(name="Club", company_number=company_number)
    other = OrganisationFactory(name="Other", company_number=company_number)
    sent = typed(name="Another", kind=other.kind.slug, company_number=company_number)

    assert desk.post(reverse("workspace:edit_organisation", args=[other.pk]), sent).status_code == 302


def test_a_number_somebody_hidden_has_is_saved_as_any_other(desk, stranger):
    OrganisationFactory(name="Club", company_number="10103940", owner=stranger, restricted=True)
    other = OrganisationFactory(name="Other")
    sent = typed(name="Other", kind=other.kind.slug, company_number="10103940")

    assert desk.post(reverse("workspace:edit_organisation", args=[other.pk]), sent).status_code == 302


@pytest.mark.parametrize("written", ["10103940", "10 10 39 40", "DK10103940", "cvr: dk 1010-3940"])
def test_a_number_is_known_however_it_is_written(desk, written):
    club = OrganisationFactory(name="Club", company_number="10103940")

    asked = desk.post(
        reverse("workspace:new_organisation"), typed(name="Another", kind="sports", company_number=written)
    ).content.decode()

    assert club.get_absolute_url() in asked and "same CVR number" in asked


def test_the_number_of_one_who_is_hidden_is_known_to_nobody_else(desk, stranger):
    OrganisationFactory(name="Club", company_number="10103940", owner=stranger, restricted=True)
    new = typed(name="Another", kind="sports", company_number="DK 10103940")

    assert desk.post(reverse("workspace:new_organisation"), new).status_code == 302
    assert Organisation.objects.get(name="Another").company_number == "10103940"


def test_saving_asks_first_and_saves_when_it_is_somebody_else(desk, amina):
    asked = desk.post(NEW, typed())
    text = asked.content.decode()
    assert asked.status_code == 422
    assert amina.get_absolute_url() in text and "same name" in text and 'href="#id_somebody_else"' in text
    assert Person.objects.count() == 1
    assert str(amina.pk) in Entry.objects.filter(verb="search").get().ids

    assert desk.post(NEW, typed(somebody_else="on")).status_code == 302
    assert Person.objects.count() == 2


def test_correcting_a_contact_asks_nothing(desk, amina):
    PersonFactory(name="Amina Rahbek")
    url = reverse("workspace:edit_person", args=[amina.pk])

    assert desk.post(url, typed(version=amina.version)).status_code == 302


def test_one_who_is_hidden_changes_neither_status_length_nor_queries(
    desk, stranger, django_assert_num_queries, django_assert_max_num_queries
):
    def answer():
        response = desk.post(NEW, typed(kind="nothing"))
        where = re.sub(r"[0-9a-f-]{36}", "", response.headers["Location"])
        return response.status_code, where, len(response.content)

    case_words.stems()  # read once a minute, whoever asks
    with django_assert_max_num_queries(60) as before:
        without = answer()
    Person.objects.all().delete()
    PersonFactory(name="Amina Rahbek", owner=stranger, restricted=True)

    with django_assert_num_queries(len(before)):
        assert answer() == without
