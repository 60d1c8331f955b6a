"""The day of a dialogue, kept beside everybody who took part: an index has the newest with one of them in order.

Without it all of the 2,000 with a busy contact are looked up to show 20. The database keeps it: participants and dates
are written in many places. Whoever reads it finds its names here; Django knows nothing of it.
"""
# ruff: noqa: S608 - the names are those of tables

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

Execute = Callable[[str], object]  # of a cursor or a schema editor

DAY = "day"
TALKS = "contacts_dialogue"
SIDES = {  # tables of who took part, by the column that says who
    "contacts_dialogue_people": "person_id",
    "contacts_dialogue_organisations": "organisation_id",
    "contacts_dialogue_officers": "user_id",
}
DATE = "(SELECT t.date FROM contacts_dialogue t WHERE t.id = dialogue_id)"
FILL = f"UPDATE {{side}} SET {DAY} = {DATE}"


class PostgreSQL:
    # As the owner: an officer may not know of everybody in a dialogue whose date they mend. The dialogue is held, for
    # whoever changes its date at the same moment sees no participant who is not yet saved.
    COMES = """CREATE OR REPLACE FUNCTION public.day_of_talk_comes() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $day$
        BEGIN
            SELECT t.date INTO NEW.day FROM public.contacts_dialogue t WHERE t.id = NEW.dialogue_id FOR SHARE;
            RETURN NEW;
        END $day$"""
    CHANGES = """CREATE OR REPLACE FUNCTION public.day_of_talk_changes() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $day$
        BEGIN {updates} RETURN NULL; END $day$"""

    def install(self) -> Iterator[str]:
        updates = " ".join(f"UPDATE public.{side} SET day = NEW.date WHERE dialogue_id = NEW.id;" for side in SIDES)
        yield from (self.COMES, self.CHANGES.format(updates=updates))
        for side in SIDES:
            yield f"ALTER TABLE {side} ADD COLUMN {DAY} date"
            yield f"""CREATE TRIGGER day_of_talk_comes BEFORE INSERT OR UPDATE OF dialogue_id ON {side}
                FOR EACH ROW EXECUTE FUNCTION public.day_of_talk_comes()"""
        yield f"""CREATE TRIGGER day_of_talk_changes AFTER UPDATE OF date ON {TALKS}
            FOR EACH ROW WHEN (OLD.date <> NEW.date) EXECUTE FUNCTION public.day_of_talk_changes()"""

    def remove(self) -> Iterator[str]:
        yield from (f"DROP FUNCTION public.day_of_talk_{moment}() CASCADE" for moment in ("comes", "changes"))
        yield from (f"ALTER TABLE {side} DROP COLUMN {DAY}" for side in SIDES)


class SQLite:
    """Its triggers look into other tables: while they stand, none of these can be made anew, as Django does to change
    one. So they go before the migrations (``rest``) and come back after them (``renew``)."""

    def install(self) -> Iterator[str]:
        yield from (f"ALTER TABLE {side} ADD COLUMN {DAY} date" for side in SIDES)

    def remove(self) -> Iterator[str]:
        yield from self.rest()
        yield from (f"ALTER TABLE {side} DROP COLUMN {DAY}" for side in SIDES)

    def rest(self) -> Iterator[str]:
        yield from (f"DROP TRIGGER IF EXISTS {name}" for name in self.triggers())

    def renew(self, known: set[str]) -> Iterator[str]:
        """Whatever is missing; ``known`` are the tables that have the column."""
        yield from (f"ALTER TABLE {side} ADD COLUMN {DAY} date" for side in SIDES if side not in known)
        for side in SIDES:
            yield from (index_on(side), f"{FILL.format(side=side)} WHERE day IS NOT {DATE}")
        yield from (f"CREATE TRIGGER {name} {event}" for name, event in self.triggers().items())

    def triggers(self) -> dict[str, str]:
        """What each trigger does, by its name."""
        updates = "".join(f" UPDATE {side} SET day = new.date WHERE dialogue_id = new.id;" for side in SIDES)
        changes = f"AFTER UPDATE OF date ON {TALKS} WHEN old.date <> new.date BEGIN{updates} END"
        comes = {
            f"{side}_day_comes": f"AFTER INSERT ON {side} BEGIN {FILL.format(side=side)} WHERE id = new.id; END"
            for side in SIDES
        }
        return comes | {f"{TALKS}_day_changes": changes}


def index_on(side: str) -> str:
    return f"CREATE INDEX IF NOT EXISTS {side}_newest ON {side} ({SIDES[side]}, {DAY} DESC, dialogue_id DESC)"


def install(connection: BaseDatabaseWrapper, execute: Execute) -> None:
    for statement in BACKENDS[connection.vendor].install():
        execute(statement)


def remove(connection: BaseDatabaseWrapper, execute: Execute) -> None:
    for statement in BACKENDS[connection.vendor].remove():
        execute(statement)


def rest(using: str, plan: Sequence[Any], **signal: object) -> None:
    """Before every ``migrate`` that changes something."""
    connection = connections[using]
    if plan and connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for statement in SQLite().rest():
                cursor.execute(statement)


def renew(using: str, **signal: object) -> None:
    """After every ``migrate``: nothing, where the triggers stand or no table has the column yet."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        triggers = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE c.name = %s", [DAY])
        known = {name for (name,) in cursor.fetchall()} & SIDES.keys()
        if known and not SQLite().triggers().keys() <= triggers:
            for statement in SQLite().renew(known):
                cursor.execute(statement)


BACKENDS: dict[str, PostgreSQL | SQLite] = {"postgresql": PostgreSQL(), "sqlite": SQLite()}
