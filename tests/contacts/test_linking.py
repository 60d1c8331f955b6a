"""From a registration to a person: suggestions with reasons, and nothing but an officer's decision."""

import pytest
from django.urls import reverse

from contacts.models import Person, RegistrationLink
from contacts.services.belongings import Belongings, Name
from contacts.services.deciding import NOBODY, decision, may_decide
from contacts.services.keeping import keep
from contacts.services.linking import (
    contact_links,
    ignore,
    link,
    link_new_person,
    organisation_named,
    source_of,
    suggestions,
    suggestions_for,
    waiting,
)
from events.models import Registration
from outreach.accounts.models import Role
from tests.contacts.factories import (
    AffiliationFactory,
    OfficerFactory,
    OrganisationFactory,
    PersonFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db


def reasons(registration, user):
    return [(one.person.name, one.reasons) for one in suggestions(registration, user=user)]


def test_the_likeliest_comes_first_and_each_says_why(officer):
    both = AffiliationFactory(
        person__name="Åmina Rahbæk", person__email="Amina@example.dk", organisation__name="Åbne Døre"
    )
    PersonFactory(name="Aamina Rahbaek")
    PersonFactory(name="Yusuf Dahl", email="amina@example.dk")
    PersonFactory(name="Nobody Else", email="else@example.dk")
    registration = RegistrationFactory(name="ÅMINA RAHBÆK", organisation="abne dore")

    assert reasons(registration, officer) == [
        (both.person.name, ("same e-mail", "same name", "same organisation")),
        ("Aamina Rahbaek", ("same name",)),
        ("Yusuf Dahl", ("same e-mail, another name",)),
    ]


@pytest.fixture
def mohammed(officer):
    """Known by the name in its own script; the Latin one stands beside it."""
    names = Belongings([], [], [Name("Mohammed Ali")])
    return keep(PersonFactory(name="محمد علي", email="", phone=""), actor=officer, belongings=names)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("محمد علي", "same name"),
        ("Mohammed Ali", "also called that"),
        ("Ali Mohammed", "same name in another order"),
        ("Muhammad Ali", "a name that sounds alike"),
        ("Cali Maxamed", "a name that sounds alike"),
    ],
)
def test_a_name_is_known_in_any_order_and_script_and_as_it_sounds(officer, mohammed, name, reason):
    assert reasons(RegistrationFactory(name=name), officer) == [("محمد علي", (reason,))]


@pytest.mark.parametrize("name", ["Mohammed Hassan", "Mohammed", "Ali Mohammed Hassan", "???", "Mona Ali"])
def test_half_a_name_is_another_name(officer, mohammed, name):
    assert reasons(RegistrationFactory(name=name), officer) == []


def test_the_very_same_name_comes_before_one_that_sounds_alike(officer, mohammed):
    PersonFactory(name="Muhamed Ali", email="")
    PersonFactory(name="Muhammad Ali", email="")

    names = [name for name, _why in reasons(RegistrationFactory(name="Muhammad Ali"), officer)]

    assert names == ["Muhammad Ali", "Muhamed Ali", "محمد علي"]


def test_a_hidden_person_that_sounds_alike_is_no_suggestion(officer, stranger):
    PersonFactory(name="Mohammed Ali", email="", restricted=True, owner=stranger)

    assert reasons(RegistrationFactory(name="Muhammad Ali"), officer) == []


def test_an_organisation_alone_suggests_nobody(officer):
    AffiliationFactory(organisation__name="Åbne Døre")

    assert reasons(RegistrationFactory(organisation="Åbne Døre"), officer) == []


def test_a_hidden_person_is_no_suggestion(officer):
    PersonFactory(name="Amina Rahbek", email="amina@example.dk", restricted=True)

    assert reasons(RegistrationFactory(), officer) == []


def test_a_page_of_suggestions_costs_the_same_as_one(officer, django_assert_num_queries):
    registrations = [RegistrationFactory(name=f"Guest {n}", email=f"guest{n}@example.dk") for n in range(8)]
    for registration in registrations:
        AffiliationFactory(person__name=registration.name)

    with django_assert_num_queries(5):
        found = suggestions_for(registrations, user=officer)

    assert all(len(found[registration.pk]) == 1 for registration in registrations)


def test_only_confirmed_registrations_of_ones_own_events_wait(officer, stranger):
    mine = RegistrationFactory(event__owner=officer)
    RegistrationFactory(event__owner=officer, status=Registration.Status.PENDING)
    RegistrationFactory(event__owner=stranger)

    assert list(waiting(officer)) == [mine]


def test_linking_changes_nothing_about_the_person(officer):
    person = PersonFactory(name="A. Rahbek", email="old@example.dk", phone="")
    before = Person.objects.filter(pk=person.pk).values().get()
    registration = RegistrationFactory(event__owner=officer)

    link(registration, person, actor=officer)

    assert Person.objects.filter(pk=person.pk).values().get() == before
    assert list(waiting(officer)) == []


def test_a_later_decision_takes_the_place_of_an_earlier_one(officer):
    registration, person = RegistrationFactory(event__owner=officer), PersonFactory()
    ignore(registration, actor=officer)

    link(registration, person, actor=officer, seen=NOBODY)

    assert RegistrationLink.objects.get().person == person


def test_an_ignored_registration_waits_no_more_and_keeps_nobody(officer):
    registration = RegistrationFactory(event__owner=officer)

    ignore(registration, actor=officer)

    assert list(waiting(officer)) == []
    assert not Person.objects.exists()


def test_a_new_person_is_kept_as_the_officer_wrote_them_with_the_role_they_gave(officer):
    registration = RegistrationFactory(event__owner=officer, role="chair")
    organisation = OrganisationFactory()
    person = Person(name="Amina R.", owner=officer, source=source_of(registration), purpose="dialogue")

    link_new_person(registration, person, organisation=organisation, role="chair", actor=officer)

    assert person.affiliations.get().organisation == organisation
    assert RegistrationLink.objects.get().person == person
    assert registration.event.public_title in person.source


def test_an_organisation_is_known_by_any_spelling_and_only_if_there_is_one(officer):
    registration = RegistrationFactory(organisation="AABNE DOERE")
    known = OrganisationFactory(name="Åbne Døre")
    assert organisation_named(registration, user=officer) == known

    OrganisationFactory(name="Abne Dore")
    assert organisation_named(registration, user=officer) is None


def test_a_link_to_a_hidden_person_can_be_neither_seen_nor_undone(officer, stranger):
    registration = RegistrationFactory(event__owner=officer)
    link(registration, PersonFactory(restricted=True, owner=stranger), actor=stranger)

    assert decision(registration, user=officer) is None
    assert not may_decide(registration, user=officer)
    assert may_decide(registration, user=stranger)


def test_a_new_person_does_not_take_the_place_of_a_hidden_one(desk, officer, stranger):
    registration, hidden = RegistrationFactory(event__owner=officer), PersonFactory(restricted=True, owner=stranger)
    link(registration, hidden, actor=stranger)
    url = reverse("workspace:new_person") + f"?registration={registration.pk}"

    response = desk.post(url, {"name": "Amina Rahbek", "source": "registered", "purpose": "dialogue"})

    assert response.status_code == 404
    assert RegistrationLink.objects.get().person == hidden
    assert list(Person.objects.all()) == [hidden]


def test_on_an_events_list_a_registration_leads_to_its_person_or_to_the_decision(officer, stranger):
    linked, hidden, open_one, gone = RegistrationFactory.create_batch(4)
    person = PersonFactory(name="Amina Rahbek")
    link(linked, person, actor=officer)
    link(hidden, PersonFactory(restricted=True, owner=stranger), actor=stranger)
    ignore(gone, actor=officer)

    links = contact_links(officer, [linked, hidden, open_one, gone])

    assert links == {
        linked.pk: ("Amina Rahbek", person.get_absolute_url(), person, ""),
        open_one.pk: ("Link to a person", f"/workspace/proposals/{open_one.pk}/", None, ""),
    }


def test_what_the_visitor_wrote_is_read_before_who_it_may_be(desk, officer):
    registration = RegistrationFactory(event__owner=officer)

    text = desk.get(reverse("workspace:proposal", args=[registration.pk])).content.decode()

    assert text.index("What the visitor wrote") < text.index("It may be") < text.index("Keep no contact")


def test_who_works_with_events_only_is_led_to_no_contact(officer):
    registration = RegistrationFactory()
    link(registration, PersonFactory(), actor=officer)

    assert contact_links(OfficerFactory(role=Role.ADMINISTRATOR), [registration]) == {}
