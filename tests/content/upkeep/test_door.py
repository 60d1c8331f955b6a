"""One contract for both backends of the door: the ORM, and on PostgreSQL the three functions."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from content import door, version
from content.door import orm, sql
from content.models import OwnerQuestion

from .conftest import channel, checked, entry, late, owned


@pytest.fixture(params=[orm, pytest.param(sql, marks=pytest.mark.postgresql)], ids=["orm", "sql"], autouse=True)
def backend(request, monkeypatch):
    monkeypatch.setattr(door, "backend", lambda: request.param)


@pytest.fixture(autouse=True)
def started(monkeypatch):
    """What was put in the queue; nothing runs."""
    calls = []
    monkeypatch.setattr(door, "enqueue", lambda name, *ids: calls.append((name, *ids)))
    return calls


def days(row):
    row.refresh_from_db()
    return row.checked_on, row.review_by, row.checked_with


def test_a_link_shows_the_one_row_it_asks_about_and_names_nobody(owner, ask):
    question = ask(owner)

    assert door.view(question.hash) == (question.pk, owner.entry_id, None, False, False)


def test_what_is_still_right_was_checked_today_and_is_good_for_its_usual_time(owner, ask, started):
    question, other = ask(owner), entry("andet")

    assert door.confirm(question.hash) == (question.pk, True)

    today = timezone.localdate()
    assert days(owner.entry) == (today, today + timedelta(days=365), "owner")
    assert days(other) == (checked(), late(), "source")
    assert started == [("content.owner_answered", str(question.pk))]


def test_a_channel_is_confirmed_in_the_same_way(db, ask):
    owner = owned(channel=channel())
    question = ask(owner)

    assert door.view(question.hash).channel_id == owner.channel_id
    assert door.confirm(question.hash).changed
    assert days(owner.channel) == (timezone.localdate(), timezone.localdate() + timedelta(days=182), "owner")


def test_pressing_twice_changes_nothing_more(owner, ask, started):
    question = ask(owner)
    door.confirm(question.hash)

    assert door.confirm(question.hash) == (question.pk, False)
    assert door.object_to(question.hash, "Nej.") == (question.pk, False)

    assert len(started) == 1
    assert door.view(question.hash) is None
    assert door.view(question.hash, used=True).answered


def test_what_is_wrong_waits_for_the_editors_and_changes_nothing_that_readers_see(owner, ask, started):
    question = ask(owner)

    assert door.object_to(question.hash, "Æ" * 1200) == (question.pk, True)

    question.refresh_from_db()
    assert question.note == "Æ" * 1000
    assert days(owner.entry) == (checked(), late(), "source")
    assert door.view(question.hash, used=True).objected
    assert started == [("content.owner_answered", str(question.pk))]


@pytest.mark.parametrize("spoilt", ["expired", "checked since", "another owner"])
def test_a_link_that_is_over_does_nothing(owner, ask, started, spoilt):
    question = ask(owner)
    if spoilt == "expired":
        OwnerQuestion.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    elif spoilt == "checked since":
        type(owner.entry).objects.update(review_by=late() + timedelta(days=365))
    else:
        owner.email = "ny@example.org"
        owner.save()
    before = days(owner.entry)

    for act in (door.confirm, lambda h: door.object_to(h, "Nej.")):
        outcome = act(question.hash)
        assert outcome is None or not outcome.changed

    assert door.view(question.hash) is None
    assert (days(owner.entry), started) == (before, [])


def test_an_unknown_link_is_nothing(db):
    assert door.view("0" * 64) is door.confirm("0" * 64) is door.object_to("0" * 64, "Nej.") is None


@pytest.mark.django_db(transaction=True)
def test_readers_find_another_version_once_it_is_confirmed_and_only_then(ask):
    first, second = ask(owned(entry=entry())), ask(owned(entry=entry("andet")))
    before = version.current()

    door.object_to(first.hash, "Nej.")
    assert version.current() == before
    door.confirm(second.hash)

    assert version.current() != before


@pytest.mark.postgresql
@pytest.mark.django_db
def test_nobody_may_call_the_functions_unless_granted_and_their_search_path_is_fixed(backend):
    with connection.cursor() as cursor:
        cursor.execute(
            """select proname, prosecdef, proconfig, coalesce(proacl::text, 'default') from pg_proc
               where proname like 'upkeep\\_%%' order by proname"""
        )
        functions = cursor.fetchall()

    assert [name for name, *_ in functions] == ["upkeep_confirm", "upkeep_object", "upkeep_view"]
    for _, definer, config, acl in functions:
        assert definer
        assert config == ["search_path=pg_catalog, pg_temp"]
        assert not acl.startswith("{=") and ",=" not in acl and acl != "default"
