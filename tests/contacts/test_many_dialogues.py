"""The newest of 300,000 dialogues: an index has them in order, and no count goes on beyond a thousand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts import tables
from contacts.models import Dialogue
from tests.contacts.factories import TODAY, OrganisationFactory, PersonFactory, dialogue

# A few rows PostgreSQL would rather read and sort than look up: a plan that sorts after this cannot do without.
PREFER_AN_INDEX = (
    "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_incremental_sort = off"
)


def plan(rows):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(PREFER_AN_INDEX)
    return rows.explain()


def test_the_newest_of_all_are_read_in_the_order_of_their_index(db, officer):
    dialogue(officer, people=[PersonFactory()])

    newest = Dialogue.objects.visible_to(officer).as_read_by(officer).newest_first()[:25]

    read = plan(newest)
    assert "dialogue_newest" in read
    assert "ORDER BY" not in read  # SQLite: USE TEMP B-TREE FOR ORDER BY
    assert "Sort" not in read  # PostgreSQL


def test_ones_own_are_found_by_who_was_there(db, officer, stranger):
    dialogue(officer, people=[PersonFactory()])
    theirs = Dialogue.objects.bulk_create(Dialogue(author=stranger, date=TODAY) for _number in range(2000))
    was_there = Dialogue.officers.through
    was_there.objects.bulk_create(was_there(dialogue=talk, user=stranger) for talk in theirs)
    if connection.vendor == "postgresql":  # it plans by what it last counted, at a time of its own choosing
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {was_there._meta.db_table}, {Dialogue._meta.db_table}")

    read = Dialogue.objects.with_officer(officer).newest_first()[:25].explain()

    looked_up = {"postgresql": "Index Cond: (user_id = ", "sqlite": "(user_id=?)"}[connection.vendor]
    assert looked_up in read, "an index, whichever, leads from the colleague to what they took part in"


@pytest.mark.parametrize("query", ["", "?whose=all"])
def test_the_list_counts_no_further_than_a_thousand(desk, officer, query):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        desk.get(reverse("workspace:dialogues") + query)

    counts = [one["sql"] for one in asked if one["sql"].startswith("SELECT COUNT") and "LIMIT 1001)" in one["sql"]]
    assert len(counts) == 1


def test_beyond_what_is_counted_the_list_says_more_than(desk, officer, monkeypatch):
    monkeypatch.setattr(tables, "COUNTED", 26)
    club = OrganisationFactory()
    for _number in range(28):
        dialogue(officer, organisations=[club])

    assert "Showing 1–25 of more than 1,000" in desk.get(reverse("workspace:dialogues")).content.decode()
