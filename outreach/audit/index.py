"""Who is named by which entry of the trail: kept by the database itself, so that no writer forgets or pays for it.

A trigger of each kind of database, on the same two columns. On SQLite a migration that makes ``audit_entry`` anew
drops the trigger with the old table and has to install it again.
"""

from collections.abc import Callable

Execute = Callable[[str], object]

TRACED = ("contacts.Person", "contacts.Organisation")  # whose objects know who looked at them; their keys are UUIDs
KINDS = ", ".join(f"'{label}'" for label in TRACED)

POSTGRESQL = (
    """
    CREATE OR REPLACE FUNCTION audit_index() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        INSERT INTO public.audit_seen (object_id, at, entry_id)
        SELECT DISTINCT n.named::uuid, NEW.at, NEW.id
        FROM (SELECT jsonb_array_elements_text(NEW.ids) UNION ALL SELECT NEW.object_id) AS n (named)
        WHERE n.named <> '';
        RETURN NULL;
    END $$
    """,
    "REVOKE ALL ON FUNCTION audit_index() FROM PUBLIC",
    "DROP TRIGGER IF EXISTS audit_index ON audit_entry",
    f"""
    CREATE TRIGGER audit_index AFTER INSERT ON audit_entry
    FOR EACH ROW WHEN (NEW.object_label IN ({KINDS})) EXECUTE FUNCTION audit_index()
    """,
)
SQLITE = (
    "DROP TRIGGER IF EXISTS audit_index",
    f"""
    CREATE TRIGGER audit_index AFTER INSERT ON audit_entry WHEN NEW.object_label IN ({KINDS})
    BEGIN
        INSERT INTO audit_seen (object_id, at, entry_id)
        SELECT replace(value, '-', ''), NEW.at, NEW.id FROM json_each(NEW.ids)
        UNION SELECT replace(NEW.object_id, '-', ''), NEW.at, NEW.id WHERE NEW.object_id <> '';
    END
    """,  # noqa: S608
)
# The entries there were before.
FILL_POSTGRESQL = f"""
    INSERT INTO audit_seen (object_id, at, entry_id)
    SELECT DISTINCT n.named::uuid, e.at, e.id
    FROM audit_entry e, LATERAL (SELECT jsonb_array_elements_text(e.ids) UNION ALL SELECT e.object_id) AS n (named)
    WHERE e.object_label IN ({KINDS}) AND n.named <> ''
"""  # noqa: S608
FILL_SQLITE = f"""
    INSERT INTO audit_seen (object_id, at, entry_id)
    SELECT replace(j.value, '-', ''), e.at, e.id FROM audit_entry e, json_each(e.ids) j
    WHERE e.object_label IN ({KINDS})
    UNION SELECT replace(e.object_id, '-', ''), e.at, e.id FROM audit_entry e
    WHERE e.object_label IN ({KINDS}) AND e.object_id <> ''
"""  # noqa: S608


def install(vendor: str, execute: Execute) -> None:
    for statement in POSTGRESQL if vendor == "postgresql" else SQLITE:
        execute(statement)


def fill(vendor: str, execute: Execute) -> None:
    execute(FILL_POSTGRESQL if vendor == "postgresql" else FILL_SQLITE)


def remove(vendor: str, execute: Execute) -> None:
    if vendor == "postgresql":
        execute("DROP TRIGGER audit_index ON audit_entry")
        execute("DROP FUNCTION audit_index()")
    else:
        execute("DROP TRIGGER audit_index")
