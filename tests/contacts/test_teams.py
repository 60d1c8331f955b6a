"""Teams work in a police district, on a subject, or both; a new contact goes to the team of its district."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from contacts.models import Person
from contacts.services.teams import usual_team
from outreach.accounts.models import Team
from outreach.places.models import Municipality, PoliceDistrict
from tests.contacts.factories import OfficerFactory, PersonFactory, TeamFactory


@pytest.fixture
def aarhus(db):
    district = PoliceDistrict.objects.create(name="Østjyllands Politi", slug="oestjyllands-politi")
    return Municipality.objects.create(name="Aarhus", slug="aarhus", code="0751", police_district=district)


def test_a_new_contact_goes_to_the_team_of_its_district_ones_own_first(officer, team, aarhus):
    first = TeamFactory(name="A", police_district=aarhus.police_district)
    assert usual_team(officer, aarhus) == first

    own = TeamFactory(name="B", police_district=aarhus.police_district)
    officer.teams.add(own)
    assert usual_team(officer, aarhus) == own


def test_where_no_team_covers_the_place_it_is_ones_own(officer, team, aarhus):
    assert usual_team(officer, aarhus) == usual_team(officer, None) == team
    assert usual_team(OfficerFactory(), None) is None


def test_the_form_of_a_new_person_says_so_and_does_so(desk, team, aarhus):
    local = TeamFactory(name="Team Aarhus", police_district=aarhus.police_district)
    url = reverse("workspace:new_person")
    assert "The team of the municipality, or mine" in desk.get(url).content.decode()

    typed = {"name": "Ana", "source": "wrote to us", "purpose": "dialogue", "municipality": aarhus.pk}
    desk.post(url, typed)

    assert Person.objects.get().team == local


def test_a_page_says_what_the_team_covers(desk, aarhus):
    team = TeamFactory(name="Team Øst", police_district=aarhus.police_district, subject="housing")

    page = desk.get(PersonFactory(team=team).get_absolute_url()).content.decode()

    assert "Team Øst (Østjyllands Politi · housing)" in page


def test_an_operator_enters_a_team_and_says_anew_what_it_covers(aarhus, capsys):
    call_command("enter_team", "Team Øst", district="Østjyllands Politi")
    call_command("enter_team", "Team Øst", subject="housing")

    team = Team.objects.get()
    assert (team.police_district, team.subject, team.covers) == (None, "housing", "housing")
    assert "Team Øst: Østjyllands Politi" in capsys.readouterr().out


def test_a_district_that_does_not_exist_is_answered_with_those_that_do(aarhus):
    with pytest.raises(CommandError, match="There are: Østjyllands Politi"):
        call_command("enter_team", "Team Øst", district="Sydpolens Politi")
