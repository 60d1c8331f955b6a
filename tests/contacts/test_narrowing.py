"""What the long lists can be narrowed by, and a list kept as a view."""

from datetime import timedelta

import pytest
from django.urls import reverse

from contacts.models import Initiative, Language, SavedView, Topic
from outreach.places.models import Municipality, PoliceDistrict, Region, RegionMembership
from tests.contacts.factories import TODAY, OfficerFactory, OrganisationFactory, PersonFactory, TeamFactory, dialogue

PEOPLE = reverse("workspace:people")


def named(desk, url=PEOPLE, **query):
    return [contact.name for contact in desk.get(url, query).context["rows"]]


@pytest.fixture
def aarhus(db):
    district = PoliceDistrict.objects.create(name="Østjyllands Politi", slug="ostjylland")
    return Municipality.objects.create(code="751", name="Aarhus", slug="aarhus", police_district=district)


def test_a_district_and_a_region_hold_the_people_of_their_municipalities(desk, aarhus):
    then, now = (Region.objects.create(name=name, slug=name) for name in ("then", "now"))
    RegionMembership.objects.create(municipality=aarhus, region=then, valid_to=TODAY - timedelta(days=1))
    RegionMembership.objects.create(municipality=aarhus, region=now, valid_from=TODAY)
    PersonFactory(name="Amina", municipality=aarhus)
    PersonFactory(name="Yusuf")

    assert named(desk, place=f"district-{aarhus.police_district_id}") == ["Amina"]
    assert named(desk, place=f"region-{now.pk}") == ["Amina"]
    assert named(desk, place=f"region-{then.pk}") == []


def test_a_topic_and_an_initiative_find_those_one_talked_with_about_it(desk, officer):
    amina, association = PersonFactory(name="Amina"), OrganisationFactory(name="Åbne Døre")
    topic = Topic.objects.create(name_da="lokaler", name_en="rooms")
    initiative = Initiative.objects.create(number=99, priority=4, name_da="fælles", name_en="together")
    talk = dialogue(officer, people=[amina], organisations=[association])
    talk.topics.add(topic)
    talk.initiative = initiative
    talk.save()
    PersonFactory(name="Yusuf")

    for query in ({"topic": topic.pk}, {"initiative": initiative.pk}):
        assert named(desk, **query) == ["Amina"]
        assert named(desk, reverse("workspace:organisations"), **query) == ["Åbne Døre"]


def test_a_language_finds_those_who_speak_it(desk):
    somali, _made = Language.objects.get_or_create(code="so", defaults={"name_da": "somali", "name_en": "Somali"})
    PersonFactory(name="Amina").languages.add(somali)
    PersonFactory(name="Yusuf")

    assert named(desk, language="so") == ["Amina"]


def test_a_team_keeps_what_stands_under_it(desk):
    team = TeamFactory(name="Team West")
    PersonFactory(name="Amina", team=team, owner=OfficerFactory(name="Jonas"))
    PersonFactory(name="Yusuf")

    assert named(desk, owner=f"team-{team.pk}") == ["Amina"]


@pytest.mark.parametrize(
    ("value", "found"),
    [("within-30", ["new"]), ("within-365", ["new", "old"]), ("before-180", ["old"]), ("never", ["none"])],
)
def test_the_last_talk_narrows_to_a_time(desk, value, found):
    PersonFactory(name="new", last_dialogue_on=TODAY - timedelta(days=3))
    PersonFactory(name="old", last_dialogue_on=TODAY - timedelta(days=200))
    PersonFactory(name="none")

    assert named(desk, last=value) == found


def test_what_is_in_use_under_more_stands_open(desk):
    assert "morefilters" in desk.get(PEOPLE).content.decode()
    assert '<details class="morefilters" open>' in desk.get(PEOPLE, {"last": "never"}).content.decode()
    assert '<details class="morefilters" open>' not in desk.get(PEOPLE, {"rhythm": "never"}).content.decode()


def kept(desk, name, url="workspace:save_people_view", **query):
    return desk.post(f"{reverse(url)}?{'&'.join(f'{key}={value}' for key, value in query.items())}", {"name": name})


def test_a_list_is_kept_with_its_filters_and_its_order_and_nothing_else(desk, officer):
    response = kept(desk, "Stille", rhythm="quiet", sort="-last", page=3, team__members__password="a", place="")

    view = SavedView.objects.get()
    assert (view.user, view.table, view.query) == (officer, "people", "rhythm=quiet&sort=-last")
    assert response.url == f"{PEOPLE}?rhythm=quiet&sort=-last"
    assert desk.get(response.url).context["current"] == view


def test_the_same_name_takes_the_place_of_the_older_view(desk):
    kept(desk, "Mine", rhythm="quiet")
    kept(desk, "Mine", rhythm="never")

    assert [view.query for view in SavedView.objects.all()] == ["rhythm=never"]


def test_a_view_is_its_owners_alone(desk):
    theirs = SavedView.objects.create(user=OfficerFactory(), table="people", name="Secret", query="q=amina")

    assert "Secret" not in desk.get(PEOPLE).content.decode()
    assert desk.post(reverse("workspace:remove_view", args=[theirs.pk])).status_code == 404
    assert SavedView.objects.filter(pk=theirs.pk).exists()


def test_a_view_is_removed(desk):
    kept(desk, "Mine", rhythm="quiet")

    response = desk.post(reverse("workspace:remove_view", args=[SavedView.objects.get().pk]))

    assert response.url == PEOPLE
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", " ", "x" * 41, "010290-1234"])
def test_a_view_needs_a_name_that_can_be_kept(desk, name):
    response = kept(desk, name, rhythm="quiet")

    assert response.status_code == 422
    assert response.context["form"].errors["name"]
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("query", ["010190-1234", "010190%201234", "Ali+%EF%BC%90101901234"])
def test_a_search_for_a_civil_registration_number_is_not_kept(desk, query):
    response = kept(desk, "Mine", q=query)

    assert response.status_code == 422
    assert "we do not keep it" in response.content.decode()
    assert not SavedView.objects.exists()


def test_a_search_too_long_to_be_kept_is_refused_in_words(desk):
    response = kept(desk, "Mine", url="workspace:save_organisations_view", q="%C3%A5" * 84)

    assert response.status_code == 422
    assert "The search is too long to be kept." in response.content.decode()
    assert not SavedView.objects.exists()


def test_there_are_only_so_many_views_of_one_list(desk, monkeypatch):
    monkeypatch.setattr(SavedView, "MOST", 1)
    kept(desk, "One", rhythm="quiet")

    assert kept(desk, "Two", rhythm="quiet").status_code == 422
    assert kept(desk, "One", rhythm="never").status_code == 302
