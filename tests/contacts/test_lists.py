"""The two long lists: narrowed, sorted, 25 at a time, in a flat number of queries."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from contacts import tables
from contacts.models import RegistrationLink
from outreach.places.models import Municipality, PoliceDistrict
from tests.contacts.factories import (
    TODAY,
    AffiliationFactory,
    FollowUpFactory,
    OrganisationFactory,
    PersonFactory,
    RegistrationFactory,
    dialogue,
)


def named(desk, url="workspace:people", **query):
    """The names in the rows, in order."""
    return [contact.name for contact in desk.get(reverse(url), query).context["rows"]]


@pytest.fixture
def aarhus(db):
    district = PoliceDistrict.objects.create(name="Østjyllands Politi", slug="ostjylland")
    return Municipality.objects.create(code="751", name="Aarhus", slug="aarhus", police_district=district)


def test_people_are_found_by_the_place_they_work_in(desk, aarhus):
    PersonFactory(name="Amina", municipality=aarhus)
    PersonFactory(name="Yusuf")

    assert named(desk, q="Århus") == ["Amina"]
    assert named(desk, place=f"municipality-{aarhus.pk}") == ["Amina"]


def test_people_are_narrowed_by_owner_and_by_the_kind_of_their_organisation(desk, officer):
    AffiliationFactory(person__name="Amina", organisation__kind="sports")
    PersonFactory(name="Yusuf", owner=officer)

    assert named(desk, kind="sports") == ["Amina"]
    assert named(desk, owner=officer.pk) == ["Yusuf"]


def test_a_kind_of_organisation_that_is_hidden_narrows_nobody_in(desk):
    AffiliationFactory(person__name="Amina", organisation__kind="sports", organisation__restricted=True)

    assert named(desk, kind="sports") == []


@pytest.mark.parametrize("url", ["workspace:people", "workspace:organisations"])
def test_the_rhythm_narrows_to_quiet_soon_never_and_none(desk, url):
    factory = PersonFactory if url == "workspace:people" else OrganisationFactory
    for name, weeks, ago in [("quiet", 8, 9), ("quieter", 8, 20), ("soon", 8, 7), ("fresh", 8, 1)]:
        factory(name=name, rhythm_weeks=weeks, last_dialogue_on=TODAY - timedelta(weeks=ago))
    factory(name="never", rhythm_weeks=8)
    factory(name="none")

    assert named(desk, url, rhythm="quiet") == ["quieter", "quiet"]
    assert named(desk, url, rhythm="soon") == ["soon"]
    assert named(desk, url, rhythm="never") == ["never"]
    assert named(desk, url, rhythm="none") == ["none"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [("name", ["a", "b", "c"]), ("-name", ["c", "b", "a"]), ("last", ["b", "a", "c"]), ("-last", ["a", "b", "c"])],
)
def test_heads_sort_and_those_without_a_date_stand_last(desk, sort, order):
    PersonFactory(name="a", last_dialogue_on=TODAY)
    PersonFactory(name="b", last_dialogue_on=TODAY - timedelta(days=9))
    PersonFactory(name="c")

    assert named(desk, sort=sort) == order


def test_active_filters_can_be_taken_off_one_by_one(desk, officer):
    PersonFactory(name="Amina", owner=officer)

    chips = desk.get(reverse("workspace:people"), {"q": "amina", "owner": officer.pk}).context["chips"]

    assert [(str(label), rest) for label, rest in chips] == [
        ("amina", f"owner={officer.pk}"),
        ("Mette Lund", "q=amina"),
    ]


def test_a_page_has_25_rows_and_the_next_has_the_rest(desk):
    PersonFactory.create_batch(27)

    first, second = named(desk), named(desk, page=2)

    assert (len(first), len(second)) == (25, 2)
    assert not set(first) & set(second)


def test_a_page_size_from_the_query_string_is_not_obeyed(desk):
    PersonFactory.create_batch(27)

    assert len(named(desk, per_page=1000)) == 25


def test_beyond_a_thousand_the_list_says_more_than(desk, monkeypatch):
    monkeypatch.setattr(tables, "COUNTED", 3)
    PersonFactory.create_batch(5)

    assert "More than 1,000 people" in desk.get(reverse("workspace:people")).content.decode()


def test_beyond_a_thousand_the_pages_do_not_say_how_many_there_are(desk, monkeypatch):
    monkeypatch.setattr(tables, "COUNTED", 26)
    PersonFactory.create_batch(28)

    assert "Showing 1–25 of more than 1,000" in desk.get(reverse("workspace:people")).content.decode()


def populate(officer, by):
    for number in range(by):
        role = AffiliationFactory(person__owner=officer, person__rhythm_weeks=1, organisation__owner=officer)
        person, organisation = role.person, role.organisation
        talk = dialogue(
            officer, people=[person], organisations=[organisation], day=TODAY - timedelta(days=30 + number)
        )
        FollowUpFactory(owner=officer, person=person, organisation=organisation, dialogue=talk)
        FollowUpFactory(owner=officer, person=person, starts_at="13:00")
        RegistrationFactory(event__owner=officer, name=person.name)


@pytest.mark.parametrize(
    ("name", "query", "most"),
    [
        ("today", "", 9),
        ("people", "", 10),
        ("organisations", "", 10),
        ("search", "?q=person", 11),
        ("dialogues", "", 8),
        ("followups", "", 10),
        ("proposals", "", 15),
        ("log", "", 9),
    ],
)
def test_a_screen_costs_the_same_with_more_in_it(desk, officer, django_assert_max_num_queries, name, query, most):
    url = reverse(f"workspace:{name}") + query
    desk.get(url)  # what every reader shares is read once a minute
    for _round in range(2):
        populate(officer, 6)
        with django_assert_max_num_queries(most):
            assert desk.get(url).status_code == 200


def test_what_is_chosen_is_marked_and_alone_whoever_chose_before(desk):
    def chosen(**asked):
        page = desk.get(reverse("workspace:people"), asked).content.decode()
        selects = re.findall(r'<select class="on" name="(\w+)".*?</select>', page, re.DOTALL)
        return selects, re.findall(r'<option value="([^"]+)" selected>', page)

    for rhythm in ("quiet", "never", "quiet"):
        assert chosen(rhythm=rhythm) == (["rhythm"], [rhythm])
    assert chosen() == ([], [])
    assert chosen(rhythm='"><b>')[1] == []


@pytest.mark.parametrize("page", ["person", "organisation"])
def test_a_contacts_page_costs_the_same_with_a_longer_history(desk, officer, django_assert_max_num_queries, page):
    role = AffiliationFactory(person__owner=officer, organisation__owner=officer)
    person, organisation = role.person, role.organisation
    url = getattr(role, page).get_absolute_url()
    for _round in range(2):
        for number in range(6):
            dialogue(officer, people=[person], organisations=[organisation], day=TODAY - timedelta(days=number))
            FollowUpFactory(person=person, organisation=organisation, owner=officer)
            registration = RegistrationFactory()
            RegistrationLink.objects.create(registration=registration, person=person, linked_by=officer)
            AffiliationFactory(**{page: getattr(role, page)}, started_on=TODAY - timedelta(days=number), primary=False)
        desk.get(url)  # what every reader shares is read once a minute
        with django_assert_max_num_queries(12):
            desk.get(url)


def test_a_talk_is_logged_in_the_same_few_queries_however_much_there_is(desk, officer, django_assert_max_num_queries):
    for _round in range(2):
        populate(officer, 6)
        sent = {"who": f"person:{PersonFactory(owner=officer).pk}", "kind": "call", "summary": "We talked."}
        sent |= {"form_key": uuid4(), "date": TODAY, "note_readers": "team"}
        with django_assert_max_num_queries(18):
            assert desk.post(reverse("workspace:log"), sent).status_code == 302
