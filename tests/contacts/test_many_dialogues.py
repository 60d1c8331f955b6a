"""The newest of 300,000 dialogues: an index has them in order, and none is counted."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from contacts.models import Dialogue
from contacts.services.newest import newest
from tests.contacts.asking import ask_for
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

    newest = Dialogue.objects.visible_to(officer).newest_first().values("pk")[:25]

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
def test_the_list_counts_no_dialogues(desk, query):
    asked = []

    def note(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        desk.get(reverse("workspace:dialogues") + query)

    assert [sql for sql in asked if "contacts_dialogue" in sql]
    assert not [sql for sql in asked if sql.startswith("SELECT COUNT") and "dialogue" in sql]


def test_a_page_has_25_dialogues_and_leads_to_the_next(desk, officer):
    club = OrganisationFactory()
    for _number in range(27):
        dialogue(officer, organisations=[club])

    shown = [desk.get(reverse("workspace:dialogues"), {"page": page}) for page in ("1", "2", "3", "x")]

    assert [len(page.context["lines"]) for page in shown] == [25, 2, 25, 25]
    assert 'href="?page=2" rel="next"' in shown[0].content.decode()
    assert 'href="?page=1" rel="prev"' in shown[1].content.decode()


def test_ones_own_of_long_ago_follow_those_of_lately(db, officer, stranger, monday):
    new = [dialogue(officer, organisations=[OrganisationFactory()], day=TODAY - timedelta(days=d)) for d in (0, 9)]
    old = dialogue(stranger, officers=[officer], day=TODAY - timedelta(days=400))
    dialogue(stranger, people=[PersonFactory()])

    ask_for(officer)
    assert newest(officer, everyone=False, start=0, most=2) == new
    assert newest(officer, everyone=False, start=0, most=26) == [*new, old]
    assert newest(officer, everyone=False, start=2, most=26) == [old]
