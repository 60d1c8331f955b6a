"""How each database searches the entries: what it keeps beside the table, which entries match, in which order.

Neither keeps anything that has to be written by hand: PostgreSQL fills a generated column, SQLite has triggers.
"""

from collections.abc import Callable
from typing import Protocol

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db import connection
from django.db.models import Func, QuerySet

from content.models import SearchEntry

from .search_asked import SHORTEST_BEGINNING, Asked, Group, Meaning, Word

Execute = Callable[[str], object]  # of a cursor or a schema editor

STEMS = {"da": "danish", "en": "english", "ar": "arabic"}
MOST_RANKED_WHOLE = 500  # entries


class Backend(Protocol):
    """What ``searching`` needs of a database. One suite of tests holds both to it."""

    def install(self, execute: Execute) -> None:
        """Put the index beside the table, if it is not there."""

    def remove(self, execute: Execute) -> None: ...

    def matching(self, entries: QuerySet[SearchEntry], asked: Asked, *, every: bool) -> QuerySet[SearchEntry]:
        """The entries with ``every`` word asked for, or with any of them."""

    def ranked(
        self, entries: QuerySet[SearchEntry], asked: Asked, *, every: bool, total: int
    ) -> QuerySet[SearchEntry]:
        """The same, of which there are ``total``, with ``rank``: the better, the higher; the title counts most."""


class Column(Func):
    """A generated column, which the model does not know."""

    template = "%(function)s"
    arity = 0
    output_field = SearchVectorField()


class PostgreSQL:
    """Generated columns: the words folded, so that Århus and Aarhus meet, and their stems: børns finds børn."""

    HEADING = """
        setweight(to_tsvector('simple', title_key), 'A')
        || setweight(CASE language {stems_of_title} ELSE ''::tsvector END, 'A')
        || setweight(to_tsvector('simple', places_key), 'B')
    """
    BODY = """
        setweight(to_tsvector('simple', body_key), 'D')
        || setweight(CASE language {stems_of_body} ELSE ''::tsvector END, 'D')
    """
    STATEMENTS = (
        "ALTER TABLE content_searchentry ADD COLUMN IF NOT EXISTS heading tsvector"
        f" GENERATED ALWAYS AS ({HEADING}) STORED",
        "ALTER TABLE content_searchentry ADD COLUMN IF NOT EXISTS document tsvector"
        f" GENERATED ALWAYS AS ({HEADING} || {BODY}) STORED",
        "CREATE INDEX IF NOT EXISTS content_searchentry_document ON content_searchentry USING gin (document)",
        # Told how common words are, the planner reads the whole table, and does not know what unpacking it costs.
        "ALTER TABLE content_searchentry ALTER COLUMN document SET STATISTICS 0",
    )

    def install(self, execute: Execute) -> None:
        stems = {
            f"stems_of_{column}": " ".join(
                f"WHEN '{language}' THEN to_tsvector('{config}', {column})" for language, config in STEMS.items()
            )
            for column in ("title", "body")
        }
        for statement in self.STATEMENTS:
            execute(statement.format(**stems))

    def remove(self, execute: Execute) -> None:
        execute("ALTER TABLE content_searchentry DROP COLUMN document, DROP COLUMN heading")

    def matching(self, entries: QuerySet[SearchEntry], asked: Asked, *, every: bool) -> QuerySet[SearchEntry]:
        return entries.alias(document=Column(function="document")).filter(document=self._query(asked, every))

    def ranked(
        self, entries: QuerySet[SearchEntry], asked: Asked, *, every: bool, total: int
    ) -> QuerySet[SearchEntry]:
        """By title and places alone where there are many: a body takes 15 µs to unpack."""
        column = Column(function="document" if total <= MOST_RANKED_WHOLE else "heading")
        return entries.annotate(rank=SearchRank(column, self._query(asked, every)))

    def _query(self, asked: Asked, every: bool) -> SearchQuery:
        groups = [self._group(group, asked.language) for group in asked.groups]
        query = groups[0]
        for other in groups[1:]:
            query = query & other if every else query | other
        return query

    def _group(self, group: Group, language: str) -> SearchQuery:
        meant = [self._meaning(meaning, language) for meaning in group.meanings]
        query = meant[0]
        for other in meant[1:]:
            query = query | other
        return query

    def _meaning(self, meaning: Meaning, language: str) -> SearchQuery:
        if meaning.is_phrase:
            phrase = " <-> ".join(f"'{word.folded}'" for word in meaning.words)
            return SearchQuery(phrase, config="simple", search_type="raw")
        each = [self._word(word, language) for word in meaning.words]
        query = each[0]
        for other in each[1:]:
            query = query & other
        return query

    def _word(self, word: Word, language: str) -> SearchQuery:
        """Whole, as a beginning, or by its stem. Words are letters and digits only: nothing in them is an operator."""
        folded = [f"'{word.folded}'"]
        if len(word.folded) >= SHORTEST_BEGINNING:
            folded.append(f"'{word.folded}':*")
        query = SearchQuery(" | ".join(folded), config="simple", search_type="raw")
        if language not in STEMS:
            return query
        return query | SearchQuery(f"'{word.raw}'", config=STEMS[language], search_type="raw")


class SQLite:
    """A full-text table over the folded columns, kept by triggers. It knows no stems, only beginnings of words."""

    COLUMNS = "title_key, places_key, body_key"
    WEIGHTS = "10.0, 4.0, 1.0"
    TABLE = """
        CREATE VIRTUAL TABLE IF NOT EXISTS content_searchentry_words USING fts5(
            {columns}, content='content_searchentry', content_rowid='id', tokenize="unicode61 remove_diacritics 0"
        )
    """
    ADD = """
        INSERT INTO content_searchentry_words (rowid, {columns})
        VALUES (new.id, new.title_key, new.places_key, new.body_key);
    """
    TAKE_OUT = """
        INSERT INTO content_searchentry_words (content_searchentry_words, rowid, {columns})
        VALUES ('delete', old.id, old.title_key, old.places_key, old.body_key);
    """
    TRIGGERS = {"INSERT": (ADD,), "DELETE": (TAKE_OUT,), f"UPDATE OF {COLUMNS}": (TAKE_OUT, ADD)}

    def install(self, execute: Execute) -> None:
        execute(self.TABLE.format(columns=self.COLUMNS))
        for event, statements in self.TRIGGERS.items():
            execute(
                f"CREATE TRIGGER IF NOT EXISTS content_searchentry_{event.split()[0].lower()} "
                f"AFTER {event} ON content_searchentry BEGIN {''.join(statements).format(columns=self.COLUMNS)} END"
            )

    def remove(self, execute: Execute) -> None:
        for event in self.TRIGGERS:
            execute(f"DROP TRIGGER content_searchentry_{event.split()[0].lower()}")
        execute("DROP TABLE content_searchentry_words")

    def matching(self, entries: QuerySet[SearchEntry], asked: Asked, *, every: bool) -> QuerySet[SearchEntry]:
        return entries.extra(  # the full-text table is no model; what is asked is a parameter
            tables=["content_searchentry_words"],
            where=[
                "content_searchentry_words.rowid = content_searchentry.id",
                "content_searchentry_words MATCH %s",
            ],
            params=[self._query(asked, every)],
        )

    def ranked(
        self, entries: QuerySet[SearchEntry], asked: Asked, *, every: bool, total: int
    ) -> QuerySet[SearchEntry]:
        return entries.extra(select={"rank": f"-bm25(content_searchentry_words, {self.WEIGHTS})"})  # noqa: S610

    def _query(self, asked: Asked, every: bool) -> str:
        """Each word in quotes: then FTS5 reads no operator in it, and none has a quote in it."""
        groups = [" OR ".join(f"({self._meaning(meaning)})" for meaning in group.meanings) for group in asked.groups]
        return (" AND " if every else " OR ").join(f"({group})" for group in groups)

    def _meaning(self, meaning: Meaning) -> str:
        if meaning.is_phrase:
            return f'"{" ".join(word.folded for word in meaning.words)}"'
        return " AND ".join(self._word(word.folded) for word in meaning.words)

    def _word(self, folded: str) -> str:
        return f'("{folded}" OR "{folded}"*)' if len(folded) >= SHORTEST_BEGINNING else f'"{folded}"'


BACKENDS: dict[str, Backend] = {"postgresql": PostgreSQL(), "sqlite": SQLite()}


def backend() -> Backend:
    """The one for the database in use."""
    return BACKENDS[connection.vendor]


def install(vendor: str, execute: Execute) -> None:
    BACKENDS[vendor].install(execute)


def remove(vendor: str, execute: Execute) -> None:
    BACKENDS[vendor].remove(execute)
