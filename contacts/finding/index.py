"""What each database keeps beside the tables to find contacts and dialogues quickly.

Nothing of it has to be written by hand: PostgreSQL indexes expressions over the columns and fills a generated one,
SQLite has full-text tables kept by triggers. All names in the statements stand in this file.
"""
# ruff: noqa: S608

from collections.abc import Callable
from pathlib import Path

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from . import near_words

Execute = Callable[[str], object]  # of a cursor or a schema editor

FUNCTIONS = Path(__file__).with_name("functions.sql")
TABLES = ("contacts_person", "contacts_organisation")
DIALOGUES = "contacts_dialogue"

# ``functions.sql`` asks by the very same expressions; array_to_tsvector takes the words as they are, in any script.
WORDS = "array_to_tsvector(string_to_array(lookup_key, ' '))"
WORDS_OF = "unicode61 remove_diacritics 0"
DOCUMENT = "to_tsvector('simple', search_key) || to_tsvector('danish', summary || ' ' || place)"


class PostgreSQL:
    CREATE = (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        *(f"CREATE INDEX IF NOT EXISTS {one}_words ON {one} USING gin (({WORDS}))" for one in TABLES),
        *(f"CREATE INDEX IF NOT EXISTS {one}_trigram ON {one} USING gin (search_key gin_trgm_ops)" for one in TABLES),
        f"ALTER TABLE {DIALOGUES} ADD COLUMN IF NOT EXISTS document tsvector GENERATED ALWAYS AS ({DOCUMENT}) STORED",
        f"CREATE INDEX IF NOT EXISTS {DIALOGUES}_document ON {DIALOGUES} USING gin (document)",
    )
    # Every search goes through what an index has not yet put in its place: no more than 256 kB of it.
    TIDY = tuple(
        f"ALTER INDEX {one} SET (gin_pending_list_limit = 256)"
        for one in (*(f"{table}_{of}" for table in TABLES for of in ("words", "trigram")), f"{DIALOGUES}_document")
    )
    DROP = (
        "DROP FUNCTION public.finding_contacts, public.finding_all, public.finding_dialogues, public.finding_lately",
        "DROP FUNCTION public.finding_has, public.finding_said, public.finding_seen, public.finding_reader",
        *(f"DROP INDEX {table}_words" for table in TABLES),
        f"ALTER TABLE {DIALOGUES} DROP COLUMN document",
    )

    def install(self, execute: Execute) -> None:
        for statement in (*self.CREATE, *self.TIDY, *near_words.PostgreSQL().install(), FUNCTIONS.read_text()):
            execute(statement)

    def remove(self, execute: Execute) -> None:
        for statement in (*self.DROP, *near_words.PostgreSQL().remove()):
            execute(statement)


class SQLite:
    """Full-text tables, kept by triggers: one of words, and one of every three letters in a row.

    Their rows have numbers of their own: VACUUM may renumber those of a table whose key is no number.
    """

    MIRRORS = (  # full-text table, its tokenizer, the table it mirrors, the column
        *((f"{table}_words", WORDS_OF, table, "lookup_key") for table in TABLES),
        *((f"{table}_parts", "trigram", table, "search_key") for table in TABLES),
        (f"{DIALOGUES}_words", WORDS_OF, DIALOGUES, "search_key"),
    )

    def install(self, execute: Execute) -> None:
        for table in (*TABLES, DIALOGUES):
            execute(
                f"CREATE TABLE IF NOT EXISTS {table}_found (number INTEGER PRIMARY KEY, id char(32) NOT NULL UNIQUE)"
            )
        for mirror, tokenizer, _table, _column in self.MIRRORS:
            execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {mirror} USING fts5(key, tokenize='{tokenizer}')")
        execute(near_words.SQLite.TABLE)
        for name, event in self.triggers().items():
            execute(f"CREATE TRIGGER IF NOT EXISTS {name} {event}")
        self.fill(execute)

    def remove(self, execute: Execute) -> None:
        for name in self.triggers():
            execute(f"DROP TRIGGER IF EXISTS {name}")
        for mirror, *_rest in self.MIRRORS:
            execute(f"DROP TABLE {mirror}")
        for table in (*TABLES, DIALOGUES):
            execute(f"DROP TABLE {table}_found")
        execute(f"DROP TABLE {near_words.LIST}")

    def fill(self, execute: Execute) -> None:
        """Take in every row as it stands."""
        for table in (*TABLES, DIALOGUES):
            execute(f"DELETE FROM {table}_found")
            execute(f"INSERT INTO {table}_found (id) SELECT id FROM {table}")
        for mirror, _tokenizer, table, column in self.MIRRORS:
            execute(f"DELETE FROM {mirror}")
            execute(
                f"INSERT INTO {mirror} (rowid, key)"
                f" SELECT f.number, t.{column} FROM {table}_found f JOIN {table} t ON t.id = f.id"
            )
        for statement in near_words.SQLite().fill():
            execute(statement)

    def triggers(self) -> dict[str, str]:
        """What each trigger does, by its name."""
        return {name: event for table in (*TABLES, DIALOGUES) for name, event in self._triggers_of(table).items()}

    def _triggers_of(self, table: str) -> dict[str, str]:
        number = f"(SELECT number FROM {table}_found WHERE id = {{}}.id)"
        mirrors = [(mirror, column) for mirror, _tokenizer, of, column in self.MIRRORS if of == table]
        add = "".join(
            f" INSERT INTO {mirror} (rowid, key) VALUES ({number.format('new')}, new.{column});"
            for mirror, column in mirrors
        )
        take_out = "".join(f" DELETE FROM {mirror} WHERE rowid = {number.format('old')};" for mirror, _ in mirrors)
        columns = ", ".join(dict.fromkeys(column for _mirror, column in mirrors))
        words = near_words.SQLite()
        keep, forget = (
            (words.keep("new.search_key"), words.forget("old.search_key")) if table == DIALOGUES else ("", "")
        )
        known = f" INSERT INTO {table}_found (id) VALUES (new.id);"
        forgotten = f" DELETE FROM {table}_found WHERE id = old.id;"
        return {
            f"{table}_comes": f"AFTER INSERT ON {table} BEGIN{known}{add}{keep} END",
            f"{table}_goes": f"AFTER DELETE ON {table} BEGIN{take_out}{forget}{forgotten} END",
            f"{table}_changes": f"AFTER UPDATE OF {columns} ON {table} BEGIN{take_out}{add}{keep}{forget} END",
        }


def install(connection: BaseDatabaseWrapper, execute: Execute) -> None:
    BACKENDS[connection.vendor].install(execute)


def remove(connection: BaseDatabaseWrapper, execute: Execute) -> None:
    BACKENDS[connection.vendor].remove(execute)


def renew(using: str, **signal: object) -> None:
    """After every ``migrate``: a migration that made a table anew on SQLite has lost its triggers."""
    connection = connections[using]
    if connection.vendor != "sqlite" or f"{DIALOGUES}_found" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        if BACKENDS["sqlite"].triggers().keys() - {name for (name,) in cursor.fetchall()}:
            BACKENDS["sqlite"].install(cursor.execute)


BACKENDS: dict[str, PostgreSQL | SQLite] = {"postgresql": PostgreSQL(), "sqlite": SQLite()}
