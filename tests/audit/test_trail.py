from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from outreach.accounts.models import Team, User
from outreach.audit.middleware import request_id
from outreach.audit.models import AppendOnly, Entry
from outreach.audit.trail import reading, reading_list, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return User.objects.create_user("officer@example.org", name="Ane Holm")


@pytest.fixture
def request_of(officer):
    """A request of the officer's, as it is after the middleware."""
    kept = []
    request = RequestFactory().get("/workspace/")
    request.user = officer
    request_id(lambda request: kept.append(request) or HttpResponse())(request)
    return kept[0]


def test_an_entry_tells_who_did_what_to_which_object(officer):
    team = Team.objects.create(name="East")

    record("change", team, actor=officer, reason="Renamed", request_id="abc")

    entry = Entry.objects.get()
    assert (entry.actor_id, entry.verb, entry.reason) == (officer.pk, "change", "Renamed")
    assert (entry.object_label, entry.object_id, entry.request_id) == ("accounts.Team", str(team.pk), "abc")


def test_what_the_system_does_has_no_actor():
    assert record("delete", "events.Registration", actor=None, ids=[uuid4()]).actor_id is None


def test_a_list_is_one_entry_with_the_ids_that_were_shown(request_of, officer):
    shown = [uuid4(), uuid4()]

    reading_list(request_of, "contacts.Person", shown, verb="search")

    entry = Entry.objects.get(actor_id=officer.pk)
    assert (entry.verb, entry.ids) == ("search", [str(pk) for pk in shown])


def test_a_reading_carries_the_id_of_its_request(request_of, officer):
    reading(request_of, "view", officer)

    entry = Entry.objects.about(officer).get()
    assert len(entry.request_id) == 32
    assert entry.request_id == request_of.request_id


def test_the_trail_holds_ids_and_no_names(request_of, officer):
    reading(request_of, "view", officer)

    values = " ".join(str(value) for value in Entry.objects.values().get().values())
    assert "Ane" not in values
    assert "example.org" not in values


def test_an_entry_cannot_be_changed(officer):
    entry = record("view", officer, actor=officer)
    entry.reason = "Another reason"

    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        Entry.objects.update(reason="Another reason")
    with pytest.raises(AppendOnly):
        Entry.objects.bulk_update([entry], ["reason"])
    assert Entry.objects.get().reason == ""


def test_an_entry_cannot_be_deleted(officer):
    entry = record("view", officer, actor=officer)

    with pytest.raises(AppendOnly):
        entry.delete()
    with pytest.raises(AppendOnly):
        Entry.objects.filter(pk=entry.pk).delete()
    assert Entry.objects.exists()


def test_an_entry_cannot_be_replaced_under_its_id(officer):
    entry = record("view", officer, actor=officer)

    with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
        Entry(pk=entry.pk, verb="list", object_label="accounts.User").save()


def test_the_trail_outlives_the_colleague(officer):
    record("view", officer, actor=officer)
    pk = officer.pk

    officer.delete()

    assert Entry.objects.get().actor_id == pk


@pytest.mark.parametrize(("verb", "label"), [("peek", "accounts.User"), ("view", "User")])
def test_an_unknown_verb_or_label_is_refused(verb, label):
    with pytest.raises(ValueError, match=verb if verb == "peek" else label):
        record(verb, label, actor=None)


def test_an_entry_is_one_insert(officer, django_assert_num_queries):
    with django_assert_num_queries(1):
        record("view", officer, actor=officer)


def test_a_response_names_its_request_and_ignores_a_name_sent_to_us():
    request = RequestFactory().get("/", headers={"X-Request-ID": "forged"})

    response = request_id(lambda request: HttpResponse())(request)

    assert response["X-Request-ID"] == request.request_id != "forged"
