"""Who has not been told that we keep their details, by when, and that it is noted in one step."""

from datetime import timedelta

import pytest
from django.urls import reverse

from contacts.models import Person
from contacts.services.informing import inform, inform_by, too_late, waiting_to_hear
from outreach.audit.models import Entry
from tests.contacts.factories import NOW, TODAY, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db
URL = reverse("workspace:uninformed")


def kept_for(days, factory=PersonFactory, **fields):
    contact = factory(**fields)
    type(contact).objects.filter(pk=contact.pk).update(created_at=NOW - timedelta(days=days))
    contact.refresh_from_db()
    return contact


def tick(*contacts):
    return [f"{one._meta.model_name}:{one.pk}" for one in contacts]


def test_a_contact_must_know_within_the_days_that_are_set(settings):
    person = kept_for(10)
    assert inform_by(person) == TODAY + timedelta(days=20)

    settings.INFORM_WITHIN_DAYS = 14
    assert inform_by(person) == TODAY + timedelta(days=4)


def test_the_longest_kept_come_first_and_the_told_are_gone(officer):
    new, late, club = kept_for(3), kept_for(40), kept_for(20, OrganisationFactory)
    kept_for(50, informed_on=TODAY)

    shown, more = waiting_to_hear(
        [Person.objects.visible_to(officer), type(club).objects.visible_to(officer)], user=officer
    )

    assert (shown, more) == ([late, club, new], False)


def test_only_those_past_the_day_are_too_late(officer):
    kept_for(31)
    kept_for(30)

    assert too_late(Person.objects.visible_to(officer), today=TODAY).count() == 1


def test_several_are_told_in_one_step_and_the_trail_says_how(desk, officer):
    late, club = kept_for(40, owner=officer), kept_for(20, OrganisationFactory, owner=officer)
    assert late.name in desk.get(URL).content.decode()

    desk.post(URL, {"told": tick(late, club), "on": TODAY, "how": "phone"})

    late.refresh_from_db(), club.refresh_from_db()
    assert (late.informed_on, club.informed_on) == (TODAY, TODAY)
    assert Entry.objects.filter(verb="change", reason="informed: phone").count() == 2
    assert "Everybody has been told" in desk.get(URL).content.decode()


@pytest.mark.parametrize(
    ("typed", "field"), [({"told": []}, "told"), ({"on": "2026-11-24"}, "on"), ({"how": ""}, "how")]
)
def test_what_is_missing_is_said_at_the_field(desk, officer, typed, field):
    person = kept_for(40, owner=officer)

    response = desk.post(URL, {"told": tick(person), "on": TODAY, "how": "mail"} | typed)

    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_one_told_by_somebody_else_meanwhile_keeps_that_day(officer):
    person = kept_for(40)
    Person.objects.update(informed_on=TODAY - timedelta(days=2))

    assert inform([person], on=TODAY, how="mail", now=NOW, actor=officer) == 0


def test_a_hidden_contact_is_on_no_such_list_and_cannot_be_ticked(desk, stranger):
    hidden = kept_for(40, owner=stranger, restricted=True, name="Hidden Hansen")

    assert "Hidden" not in desk.get(URL + "?whose=all").content.decode()
    assert desk.post(URL + "?whose=all", {"told": tick(hidden), "on": TODAY, "how": "mail"}).status_code == 422


def test_the_lists_are_ones_own_the_teams_or_all(desk, officer, team):
    mine, teams, other = kept_for(1, owner=officer, name="Mine A"), kept_for(1, team=team), kept_for(1)

    seen = {
        whose: {
            one.name for one in (mine, teams, other) if one.name in desk.get(f"{URL}?whose={whose}").content.decode()
        }
        for whose in ("mine", "team", "all", "x")
    }

    assert seen == {
        "mine": {mine.name},
        "team": {teams.name},
        "all": {mine.name, teams.name, other.name},
        "x": {mine.name},
    }


def test_the_front_page_says_calmly_that_some_are_too_late(desk, officer):
    assert "should have been told" not in desk.get(reverse("workspace:today")).content.decode()
    kept_for(40, owner=officer)

    assert "1 contact should have been told by now" in desk.get(reverse("workspace:today")).content.decode()


def test_more_of_them_cost_no_more_queries(desk, officer, django_assert_max_num_queries):
    for _round in range(2):
        for _number in range(5):
            kept_for(40, owner=officer)
        with django_assert_max_num_queries(14):
            desk.get(URL)
