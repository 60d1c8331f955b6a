"""The chain: every entry of the trail gets the next number and a hash over itself and all before it (canonical.py).

The database does it, so that no writer forgets, and it refuses to change or remove an entry. On PostgreSQL at the very
end of the transaction, by a deferred trigger: whoever writes waits for the others no longer than the commit takes, and
has all its own locks by then. Numbers have no gaps, for one that is rolled back was never given. The function runs as
the owner of the tables, so a process may add entries and cannot make a link; ``audit_turn`` is an empty table that
only the owner may lock, so none can hold the others up. On SQLite one writes at a time anyway: a trigger calls the
hash in canonical.py. There a migration that makes ``audit_entry`` or ``audit_link`` anew has to ``install`` again.

What is older than must be kept goes by whole checkpoints, by hand of the owner, who alone may ``ALTER TABLE … DISABLE
TRIGGER audit_only_grows`` for that one transaction: the entries and links up to the number of a signed checkpoint.
From then on ``manage.py audit verify`` starts from that checkpoint, and finds fault without it.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from .canonical import START, link, link_on_sqlite

Execute = Callable[[str], object]

FIELDS = ("id", "at", "actor_id", "verb", "object_label", "object_id", "ids", "reason", "request_id")
BATCH = 1000
TABLES = ("audit_entry", "audit_link")
REFUSAL = "The trail is only added to."

POSTGRESQL = (
    "CREATE TABLE IF NOT EXISTS audit_turn ()",
    """
    CREATE OR REPLACE FUNCTION audit_chain() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DECLARE before public.audit_link; n bigint; at text;
    BEGIN
        LOCK TABLE public.audit_turn IN SHARE ROW EXCLUSIVE MODE;
        SELECT * INTO before FROM public.audit_link ORDER BY seq DESC LIMIT 1;
        n := coalesce(before.seq, 0) + 1;
        at := to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
        INSERT INTO public.audit_link (seq, entry_id, hash) VALUES (n, NEW.id, sha256(
            coalesce(before.hash, decode(repeat('00', 32), 'hex')) || convert_to(jsonb_build_array(
                n, NEW.id, at, NEW.actor_id, NEW.verb, NEW.object_label, NEW.object_id, NEW.ids, NEW.reason,
                NEW.request_id)::text, 'UTF8')));
        RETURN NULL;
    END $$
    """,
    f"""
    CREATE OR REPLACE FUNCTION audit_only_grows() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        RAISE EXCEPTION USING MESSAGE = '{REFUSAL}', ERRCODE = 'restrict_violation';
    END $$
    """,
    "REVOKE ALL ON FUNCTION audit_chain(), audit_only_grows() FROM PUBLIC",
    "DROP TRIGGER IF EXISTS audit_chain ON audit_entry",
    """
    CREATE CONSTRAINT TRIGGER audit_chain AFTER INSERT ON audit_entry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION audit_chain()
    """,
    *(
        statement
        for table in TABLES
        for statement in (
            f"DROP TRIGGER IF EXISTS audit_only_grows ON {table}",
            f"""
            CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()
            """,
        )
    ),
)
SQLITE = (
    "DROP TRIGGER IF EXISTS audit_chain",
    """
    CREATE TRIGGER audit_chain AFTER INSERT ON audit_entry
    BEGIN
        INSERT INTO audit_link (seq, entry_id, hash)
        SELECT n, NEW.id, audit_link_hash(before, n, NEW.id, NEW.at, NEW.actor_id, NEW.verb, NEW.object_label,
                                          NEW.object_id, NEW.ids, NEW.reason, NEW.request_id)
        FROM (SELECT coalesce(max(seq), 0) + 1 AS n FROM audit_link)
        LEFT JOIN (SELECT seq, hash AS before FROM audit_link) ON seq = n - 1;
    END
    """,
    *(
        statement
        for table in TABLES
        for event in ("update", "delete")
        for statement in (
            f"DROP TRIGGER IF EXISTS {table}_no_{event}",
            f"""
            CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table}
            BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
            """,
        )
    ),
)


def install(vendor: str, execute: Execute) -> None:
    for statement in POSTGRESQL if vendor == "postgresql" else SQLITE:
        execute(statement)


def remove(vendor: str, execute: Execute) -> None:
    """As before the first ``install``; the links stay, and may be removed from now on."""
    if vendor != "postgresql":
        for trigger in ("audit_chain", *(f"{table}_no_{event}" for table in TABLES for event in ("update", "delete"))):
            execute(f"DROP TRIGGER IF EXISTS {trigger}")
        return
    execute("DROP TRIGGER audit_chain ON audit_entry")
    for table in TABLES:
        execute(f"DROP TRIGGER audit_only_grows ON {table}")
    execute("DROP FUNCTION audit_chain(), audit_only_grows()")
    execute("DROP TABLE audit_turn")


def lend_hash(connection: Any, **signal: Any) -> None:
    """Give a new connection to SQLite the function that its trigger calls."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("audit_link_hash", 11, link_on_sqlite, deterministic=True)


def links(rows: Iterable[tuple], before: bytes = START) -> Iterator[tuple[int, Any, bytes]]:
    """Number, id and hash for each of ``rows`` (their FIELDS), from the first entry of all."""
    for number, row in enumerate(rows, 1):
        before = link(before, number, row)
        yield number, row[0], before


def chain_those_there_are(entries: Any, made: Any) -> None:
    """For a migration: link every entry that has no link yet, the oldest first; ``made`` is the model of links."""
    ordered = entries.order_by("at", "pk").values_list(*FIELDS).iterator(chunk_size=BATCH)
    found = links(ordered)
    while batch := list(islice(found, BATCH)):
        made.objects.bulk_create([made(seq=seq, entry_id=pk, hash=value) for seq, pk, value in batch])
