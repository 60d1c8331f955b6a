"""Who looked at this person: told to whoever answers for the contact, with everything the trail knows."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from contacts.models import Organisation, Person
from outreach.accounts.models import Role
from outreach.audit.models import Entry, Seen
from outreach.audit.trail import record
from tests.contacts.factories import (
    NOW,
    AffiliationFactory,
    OfficerFactory,
    OrganisationFactory,
    PersonFactory,
    dialogue,
    grant,
)


def page_of(contact):
    return reverse(f"workspace:{contact._meta.model_name}_readers", args=[contact.pk])


def told(client, contact, **query):
    """What the page says, line by line, the newest first: what was done, and how often."""
    looks = client.get(page_of(contact), query).context["looks"]
    return [(look.who, {str(deed.what): deed.times for deed in look.deeds}) for look in looks]


@pytest.fixture
def mine(officer):
    return PersonFactory(name="Amina Rahbek", owner=officer)


@pytest.fixture
def other(client, stranger, monday):
    """Another officer at another desk."""
    visitor = type(client)()
    visitor.force_login(stranger)
    visitor.officer = stranger
    return visitor


def test_whatever_a_colleague_does_with_somebody_is_told_with_name_and_words(desk, mine, other):
    other.get(mine.get_absolute_url())
    other.get(reverse("workspace:people"))
    other.get(reverse("workspace:search"), {"q": "amina"})
    record("export", "contacts.Person", actor=mine.owner, ids=[mine.pk, uuid4()], reason="For the annual report")

    page = desk.get(page_of(mine)).content.decode()

    for words in ("Emma Clarke", "read the page", "saw the name on another page", "found the name in a search"):
        assert words in page
    assert "took the details out in a file" in page
    assert "For the annual report" in page


@pytest.mark.parametrize("factory", [PersonFactory, OrganisationFactory])
def test_an_organisation_is_told_about_as_a_person_is(desk, officer, other, factory):
    contact = factory(owner=officer)
    other.get(contact.get_absolute_url())

    assert told(desk, contact) == [(other.officer, {"read the page": 1})]
    assert (officer, {"read the page": 1}) in told(desk, contact)  # having looked here is a look


def test_being_named_on_the_page_of_somebody_else_is_a_look(desk, mine, other):
    role = AffiliationFactory(person=mine)
    talk = dialogue(role.organisation.owner, people=[mine], organisations=[role.organisation])
    for url in (role.organisation.get_absolute_url(), reverse("workspace:dialogue", args=[talk.pk])):
        other.get(url)

    assert told(desk, mine) == [(other.officer, {"saw the name on another page": 2})]


def test_one_who_leads_the_contacts_or_the_owners_team_may_read_it_and_another_lead_may_not(officer, team, monday):
    lead, elsewhere = OfficerFactory(role=Role.TEAM_LEAD, teams=[team]), OfficerFactory(role=Role.TEAM_LEAD)
    theirs, of_team, neither = PersonFactory(owner=officer), PersonFactory(team=team), PersonFactory()

    assert set(Person.objects.visible_to(lead).answered_for_by(lead)) == {theirs, of_team}
    assert not Person.objects.visible_to(elsewhere).answered_for_by(elsewhere).exists()
    assert neither in Person.objects.visible_to(lead)


def test_a_mate_in_the_team_who_does_not_lead_it_is_told_nothing(client, colleague, mine, monday):
    client.force_login(colleague)

    assert client.get(page_of(mine)).status_code == 404
    assert "Who looked" not in client.get(mine.get_absolute_url()).content.decode()


def test_a_lead_without_access_to_somebody_restricted_is_told_nothing(client, officer, team, monday):
    lead, hidden = OfficerFactory(role=Role.TEAM_LEAD, teams=[team]), PersonFactory(owner=officer, restricted=True)
    client.force_login(lead)
    assert client.get(page_of(hidden)).status_code == 404

    grant(hidden, lead)
    assert client.get(page_of(hidden)).status_code == 200


def test_the_owners_page_leads_there(desk, mine):
    assert page_of(mine) in desk.get(mine.get_absolute_url()).content.decode()


def read_at(moment, contact, actor, verb="view", **more):
    with time_machine.travel(moment, tick=False):
        record(verb, contact, actor=actor, **more)


def test_what_one_colleague_did_on_one_day_is_one_line_and_each_reading_stays_in_the_trail(desk, mine, stranger):
    for hour in (0, 3, 5):
        read_at(NOW - timedelta(days=1, hours=hour), mine, stranger)
    read_at(NOW - timedelta(days=1, hours=1), mine, stranger, "change", reason="Told us")
    read_at(NOW - timedelta(days=2), mine, stranger)

    yesterday, before = desk.get(page_of(mine)).context["looks"]

    assert [(str(deed.what), deed.times) for deed in yesterday.deeds] == [
        ("read the page", 3),
        ("changed something", 1),
    ]
    assert (yesterday.last - yesterday.first, yesterday.reasons) == (timedelta(hours=5), ["Told us"])
    assert (before.first, before.last, before.several) == (NOW - timedelta(days=2), NOW - timedelta(days=2), False)
    assert Entry.objects.about(mine).filter(actor_id=stranger.pk).count() == 5


def test_a_day_is_one_in_copenhagen(desk, mine, stranger):
    midnight = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)
    for minutes in (-1, 0):
        read_at(midnight + timedelta(minutes=minutes), mine, stranger)

    assert [look.several for look in desk.get(page_of(mine)).context["looks"]] == [False, False]


def test_a_long_history_comes_in_pages_newest_first_at_a_flat_price(
    desk, mine, stranger, django_assert_max_num_queries
):
    for days in range(1, 61):
        read_at(NOW - timedelta(days=days), mine, stranger)
        read_at(NOW - timedelta(days=days), mine, None)

    pages = [desk.get(page_of(mine), {"page": number}).context for number in (1, 2, 5)]

    assert [len(page["looks"]) for page in pages] == [25, 25, 21]  # this page was looked at, too
    assert pages[0]["looks"][0].first == NOW - timedelta(days=1)
    assert [page["page"].next for page in pages] == [2, 3, 0]
    with django_assert_max_num_queries(10):
        told(desk, mine, page=3)


def test_the_index_names_each_object_of_an_entry_once_and_no_other_kind(officer):
    pk = uuid4()
    entry = record("list", "contacts.Organisation", actor=officer, ids=[pk, pk, uuid4()])
    record("list", "contacts.Dialogue", actor=officer, ids=[pk])

    assert Seen.objects.filter(object_id=pk).get().entry == entry
    assert Seen.objects.count() == 2


def test_what_the_system_did_is_told_as_the_systems(desk, mine):
    record("change", mine, actor=None)

    assert "The system" in desk.get(page_of(mine)).content.decode()


def test_nothing_read_is_noted_when_a_page_fails(desk, mine, monkeypatch):
    monkeypatch.setattr("contacts.views.contacts.render", lambda *args, **more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        desk.get(mine.get_absolute_url())

    assert not Entry.objects.filter(object_label="contacts.Person").exists()
    assert not Seen.objects.exists()


@pytest.mark.parametrize("model", [Person, Organisation])
def test_the_teams_of_the_reader_narrow_the_list(desk, officer, team, stranger, model):
    factory = PersonFactory if model is Person else OrganisationFactory
    ours, theirs = factory(team=team, name="Ours"), factory(team=stranger.teams.get(), name="Theirs")

    page = desk.get(reverse(f"workspace:{'people' if model is Person else 'organisations'}"), {"team": "mine"})

    assert [ours.name in page.text, theirs.name in page.text] == [True, False]
