"""What a registrant asks us to remove is one more line of the proposal: an officer accepts or refuses it by field."""

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.models import Affiliation
from contacts.services.belongings import Point, carry, write_points
from contacts.services.keeping import keep
from contacts.services.taking_over import differences
from events.models import Correction
from tests.contacts.factories import AffiliationFactory, OrganisationFactory, PersonFactory, RegistrationFactory
from tests.contacts.test_taking_over import accept_corrected, points

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(officer):
    return keep(PersonFactory.build(name="Amina Rahbek", email="amina@example.dk", owner=officer), actor=officer)


@pytest.fixture
def registration(officer):
    return RegistrationFactory(name="Amina Rahbek", organisation="Åbne Døre", event__owner=officer)


def reached(person, points):
    """By these, and no others."""
    write_points(person, points)
    carry(person)


def removal(registration, *fields):
    return Correction.objects.create(registration=registration, removes=",".join(fields), created_at=timezone.now())


def test_a_phone_that_is_to_be_removed_goes_and_everything_else_stays(officer, amina, registration):
    reached(amina, [Point("phone", "12 34 56 78"), Point("phone", "87 65 43 21"), Point("email", "a@b.example")])

    accept_corrected(removal(registration, "phone"), amina, officer, phone="take")

    assert points(amina) == ["a@b.example"]
    amina.refresh_from_db()
    assert amina.phone == ""


def test_what_is_to_be_removed_is_refused_field_by_field(officer, amina, registration):
    reached(amina, [Point("phone", "12 34 56 78"), Point("email", "a@b.example")])

    accept_corrected(removal(registration, "phone", "email"), amina, officer, phone="keep", email="take")

    assert points(amina) == ["12 34 56 78"]


def test_what_we_do_not_hold_is_no_difference(officer, amina, registration):
    reached(amina, [])

    assert differences(removal(registration, "phone", "email", "organisation"), amina, user=officer) == []


def test_a_workplace_that_is_to_be_removed_ends_the_role_and_keeps_the_history(officer, amina, registration):
    club = OrganisationFactory(name="Åbne Døre", owner=officer)
    role = AffiliationFactory(person=amina, organisation=club, role="forkvinde")

    accept_corrected(removal(registration, "organisation"), amina, officer, organisation="take")

    role.refresh_from_db()
    assert role.ended_on == timezone.localdate()


def test_a_role_that_is_to_be_removed_makes_a_member(officer, amina, registration):
    club = OrganisationFactory(name="Åbne Døre", owner=officer)
    AffiliationFactory(person=amina, organisation=club, role="forkvinde")

    accept_corrected(removal(registration, "role"), amina, officer, role="take")

    assert [role.role for role in Affiliation.objects.current().filter(person=amina)] == ["member"]


def test_the_officer_reads_what_is_to_be_removed_and_chooses(desk, officer, amina, registration):
    reached(amina, [Point("phone", "12 34 56 78")])
    correction = removal(registration, "phone")

    told = desk.get(reverse("workspace:correction", args=[correction.pk])).content.decode()
    address = reverse("workspace:compare_correction", args=[correction.pk]) + f"?person={amina.pk}"
    compared = desk.get(address)

    assert "To be removed" in told
    assert "12 34 56 78 is removed." in compared.content.decode()
    assert compared.context["form"].initial["phone"] == "take"
