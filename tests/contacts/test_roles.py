"""Who holds a role today, who held it before, and that nobody's role ends unasked."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse

from contacts.models import Affiliation, Organisation
from contacts.services.opening import opened
from contacts.services.roles import correct_role, give_role, posts_of
from tests.contacts.factories import TODAY, AffiliationFactory, OrganisationFactory, PersonFactory
from tests.events.test_concurrency import at_once

YESTERDAY = TODAY - timedelta(days=1)
LONG_AGO = TODAY - timedelta(days=900)


@pytest.fixture
def chaired(officer):
    """A club with a chair."""
    return AffiliationFactory(
        person__name="Yusuf Dahl", organisation__name="Open Doors", role="Formand", started_on=LONG_AGO
    )


def new_role(person, organisation):
    return reverse("workspace:new_role", args=[person.pk]) + f"?organisation={organisation.pk}"


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", ["formand", "FORMAND", " formand "])
def test_a_role_knows_its_holder_under_any_spelling(chaired, spelling):
    assert list(Affiliation.objects.holders_of(chaired.organisation, spelling)) == [chaired]


@pytest.mark.django_db
def test_who_left_holds_it_no_more_and_stands_before_the_new_one(chaired, officer):
    AffiliationFactory(person__name="Ana", organisation=chaired.organisation, role="formand", ended_on=LONG_AGO)
    AffiliationFactory(person__name="Ben", organisation=chaired.organisation, role="kasserer", ended_on=YESTERDAY)

    chair, treasurer = posts_of(opened(Organisation, chaired.organisation.pk, user=officer).held)

    assert (chair.title, chair.holders, [role.person.name for role in chair.earlier]) == (
        "Formand",
        [chaired],
        ["Ana"],
    )
    assert (treasurer.title, treasurer.holders) == ("kasserer", [])


def test_giving_a_role_that_somebody_holds_asks_and_ends_theirs_only_when_told(desk, chaired):
    person = PersonFactory(name="Amina Rahbek")
    typed = {"role": "formand", "started_on": TODAY}

    asked = desk.post(new_role(person, chaired.organisation), typed)
    assert asked.status_code == 422
    assert "Somebody holds this role already: Yusuf Dahl" in asked.content.decode()
    assert not person.affiliations.exists()

    desk.post(new_role(person, chaired.organisation), {**typed, "gives_way": chaired.pk})
    chaired.refresh_from_db()
    assert chaired.ended_on == YESTERDAY
    assert Affiliation.objects.holders_of(chaired.organisation, "formand").get().person == person


def test_two_may_share_a_role(desk, chaired):
    typed = {"role": "formand", "gives_way": "shared"}

    desk.post(new_role(PersonFactory(), chaired.organisation), typed)

    assert Affiliation.objects.holders_of(chaired.organisation, "formand").count() == 2


def test_the_one_who_gives_way_does_not_end_before_they_began(desk, chaired):
    person = PersonFactory()
    typed = {"role": "formand", "gives_way": chaired.pk, "gives_way_on": LONG_AGO - timedelta(days=1)}

    refused = desk.post(new_role(person, chaired.organisation), typed)

    assert "The role ends before it starts." in refused.content.decode()
    assert not person.affiliations.exists()


def test_a_hidden_holder_changes_nothing_in_the_answer(desk, stranger, chaired):
    chaired.person.owner, chaired.person.restricted = stranger, True
    chaired.person.save()
    person = PersonFactory()

    assert desk.post(new_role(person, chaired.organisation), {"role": "formand"}).status_code == 302
    chaired.refresh_from_db()
    assert chaired.is_current


def test_an_ended_role_stands_on_both_pages_and_can_be_corrected(desk, chaired):
    Affiliation.objects.update(ended_on=YESTERDAY, primary=False)
    assert "Earlier roles" in desk.get(chaired.person.get_absolute_url()).content.decode()
    assert "nobody now" in desk.get(chaired.organisation.get_absolute_url()).content.decode()
    url = reverse("workspace:edit_role", args=[chaired.pk])
    assert desk.get(url).status_code == 200

    desk.post(url, {"role": "Kasserer", "started_on": LONG_AGO, "ended_on": TODAY})

    chaired.refresh_from_db()
    assert (chaired.role, chaired.role_key, chaired.ended_on) == ("Kasserer", "kasserer", TODAY)


@pytest.mark.parametrize(
    ("ended_on", "message"),
    [(LONG_AGO - timedelta(days=1), "The role ends before it starts."), (TODAY + timedelta(days=1), "in the future")],
)
def test_a_corrected_role_ends_after_it_starts_and_not_in_the_future(desk, chaired, ended_on, message):
    typed = {"role": "Formand", "started_on": LONG_AGO, "ended_on": ended_on}

    response = desk.post(reverse("workspace:edit_role", args=[chaired.pk]), typed)

    assert response.status_code == 422
    assert message in str(response.context["form"].errors["ended_on"])


def test_a_role_somebody_else_holds_is_not_there_for_who_may_not_see_it(desk, stranger):
    held = AffiliationFactory(person__owner=stranger, person__restricted=True)

    for name in ("edit_role", "end_role"):
        assert desk.get(reverse(f"workspace:{name}", args=[held.pk])).status_code == 404


@pytest.mark.django_db
def test_taking_back_the_end_of_the_only_role_makes_it_the_main_one_again(chaired, officer):
    chaired.ended_on, chaired.primary = YESTERDAY, False
    chaired.save()

    chaired.ended_on = None
    correct_role(chaired, actor=officer)

    assert chaired.primary


@pytest.mark.django_db(transaction=True)
def test_two_main_roles_given_at_once_leave_one(officer):
    person = PersonFactory()
    clubs = [OrganisationFactory() for _ in range(4)]

    def give(club):
        give_role(Affiliation(person=person, organisation=club, role="chair", primary=True), actor=officer)

    at_once(*(partial(give, club) for club in clubs))

    assert person.affiliations.current().count() == 4
    assert person.affiliations.filter(primary=True).count() == 1


@pytest.mark.parametrize("ticked", [{}, {"primary": "on"}])
def test_a_hidden_main_role_makes_room_so_that_nobody_can_tell(desk, stranger, ticked):
    main = AffiliationFactory(organisation__restricted=True, organisation__owner=stranger)

    desk.post(new_role(main.person, OrganisationFactory()), {"role": "coach", **ticked})

    assert [role.primary for role in main.person.affiliations.order_by("pk")] == [False, True]
    assert main.person.affiliations.get(role="coach").primary


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31"])
def test_a_year_that_cannot_be_is_a_sentence_at_the_field(desk, chaired, day):
    typed = {"role": "formand", "started_on": day, "gives_way": chaired.pk, "gives_way_on": ""}

    answer = desk.post(new_role(PersonFactory(), chaired.organisation), typed)

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"started_on": ["The day lies too far back. Look at the year."]}


def test_the_same_role_is_not_given_twice(desk, chaired):
    answer = desk.post(new_role(chaired.person, chaired.organisation), {"role": " FORMAND"})

    assert answer.context["form"].errors == {"role": ["Yusuf Dahl holds this role in Open Doors already."]}
    assert Affiliation.objects.get() == chaired


def test_a_role_held_before_is_given_again(desk, chaired):
    Affiliation.objects.update(ended_on=YESTERDAY, primary=False)

    assert desk.post(new_role(chaired.person, chaired.organisation), {"role": "formand"}).status_code == 302
    assert Affiliation.objects.count() == 2
