"""The chain: what the database itself adds to an entry, and what it refuses."""

from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from outreach.accounts.models import User
from outreach.audit import canonical, chain
from outreach.audit.models import Entry, Link
from outreach.audit.trail import record

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 29, 6, 50, 41, 120, tzinfo=UTC)
AWKWARD = 'Hånd på "hjertet" \\ / \t\n\x07\x7f\u2028 — 你好 🙂 </script> é e\u0301'


def links():
    """Those of this test. On PostgreSQL they are made at the commit, which a test never reaches."""
    connection.check_constraints()
    return list(Link.objects.all())


def test_the_form_of_an_entry_is_one_json_array():
    fields = [UUID(int=10), AT, None, "view", "contacts.Person", "1", ["ø", '"'], "Why", ""]

    assert canonical.form(7, fields).decode() == (
        '[7, "00000000-0000-0000-0000-00000000000a", "2026-11-29T06:50:41.000120Z", null, "view", "contacts.Person", '
        '"1", ["ø", "\\""], "Why", ""]'
    )


@pytest.mark.parametrize("at", [AT, AT.replace(microsecond=0), AT.replace(month=7, microsecond=999_999)])
def test_the_database_hashes_what_python_does(at):
    actor = User(pk=uuid4())
    record("view", actor, actor=actor, reason=AWKWARD)
    Entry(at=at, verb="list", object_label="accounts.User", ids=[AWKWARD, "", "2"]).save()
    Entry(at=at, verb="refuse", object_label="contacts.Person", request_id="f" * 32).save()

    made = links()

    assert [link.seq for link in made] == [1, 2, 3]
    rows = [Entry.objects.values_list(*chain.FIELDS).get(pk=link.entry_id) for link in made]
    assert [bytes(link.hash) for link in made] == [value for _number, _pk, value in chain.links(rows)]


def test_the_first_hash_follows_thirty_two_zero_bytes():
    record("create", "accounts.User", actor=None)

    (link,) = links()

    fields = Entry.objects.values_list(*chain.FIELDS).get()
    assert bytes(link.hash) == sha256(bytes(32) + canonical.form(1, fields)).digest()


def test_what_is_rolled_back_leaves_no_gap():
    record("create", "accounts.User", actor=None)
    with pytest.raises(LookupError), transaction.atomic():
        record("view", "accounts.User", actor=None)
        raise LookupError
    record("delete", "accounts.User", actor=None)

    assert [(link.seq, link.entry.verb) for link in links()] == [(1, "create"), (2, "delete")]


@pytest.mark.parametrize("table", chain.TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_refuses_to_change_or_remove_what_stands_there(table, statement):
    if connection.vendor == "sqlite" and statement.startswith("TRUNCATE"):
        statement = "DELETE FROM {}"  # SQLite knows no other way
    record("create", "accounts.User", actor=None)
    links()
    column = "seq = seq + 1" if table == "audit_link" else "reason = 'Another'"

    with pytest.raises(IntegrityError, match=chain.REFUSAL), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table, column))


@pytest.mark.postgresql
@pytest.mark.parametrize("face", ["internal", "worker"])
def test_a_process_may_add_entries_and_can_neither_make_links_nor_hold_up_the_others(as_role, face):
    with as_role(face):
        record("view", "accounts.User", actor=None)
        assert len(links()) == 1
        for statement in (
            "INSERT INTO audit_link (seq, entry_id, hash) VALUES (2, gen_random_uuid(), '\\x00')",
            "UPDATE audit_entry SET reason = 'Another'",
            "DELETE FROM audit_link",
            "TRUNCATE audit_entry",
            "LOCK TABLE audit_turn IN ACCESS SHARE MODE",
            "ALTER TABLE audit_entry DISABLE TRIGGER audit_chain",
        ):
            with pytest.raises(Exception, match=r"permission denied|must be owner"), transaction.atomic():
                connection.cursor().execute(statement)


def test_the_entries_there_were_are_chained_the_oldest_first():
    with connection.cursor() as cursor:
        chain.remove(connection.vendor, cursor.execute)
        for day in (3, 1, 2):
            Entry(at=AT.replace(day=day), verb="view", object_label="accounts.User").save()

        chain.chain_those_there_are(Entry.objects, Link)
        if connection.vendor == "postgresql":
            connection.check_constraints()
        chain.install(connection.vendor, cursor.execute)
    Entry(at=AT, verb="view", object_label="accounts.User").save()

    assert [link.entry.at.day for link in links()] == [1, 2, 3, 29]
    rows = Entry.objects.order_by("link__seq").values_list(*chain.FIELDS)
    assert [bytes(link.hash) for link in links()] == [value for _number, _pk, value in chain.links(rows)]
