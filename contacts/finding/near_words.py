"""What each database keeps of the words that dialogues say: all of them, by what they may be mistyped as.

It says that a word was said, not by whom. Nobody reads it but the search itself, for dialogues somebody may see: so no
word of a hidden one shows. A word leaves the list with the last dialogue that says it.
"""
# ruff: noqa: S608 - the names are those of tables

from .slips import KEYED, LONGEST, SHORTEST

LIST = "contacts_dialogue_near"
SHORTEST_KEPT = SHORTEST - 1  # may be meant by a word of one letter more


class PostgreSQL:
    TABLE = f"CREATE TABLE IF NOT EXISTS {LIST} (key text, word text, PRIMARY KEY (key, word))"
    # The keys of each word: its beginning with one letter left out, and whole (slips.keys).
    ROWS_OF = f"""SELECT DISTINCT left(s, c - 1) || substr(s, c + 1) AS key, w AS word FROM (SELECT DISTINCT
        w, left(w, {KEYED}) AS s FROM {{source}}, unnest(string_to_array(search_key, ' ')) w
        WHERE length(w) BETWEEN {SHORTEST_KEPT} AND {LONGEST} AND w !~ '[0-9]') w,
        generate_series(1, length(s) + 1) c"""
    # As the owner: no role of the application reads or writes the list.
    FUNCTION = """CREATE OR REPLACE FUNCTION public.{name}() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $near$
        DECLARE one record;
        BEGIN {body} RETURN NULL; END $near$"""
    KEEP = f"""INSERT INTO public.{LIST} SELECT n.key, n.word FROM ({{rows}}) n WHERE NOT EXISTS (SELECT FROM
        public.{LIST} k WHERE k.key = n.key AND k.word = n.word) ORDER BY 1, 2 ON CONFLICT DO NOTHING;"""
    FORGET = f"""FOR one IN SELECT word, array_agg(key) AS keys FROM ({{rows}}) n GROUP BY word ORDER BY word LOOP
            PERFORM FROM public.contacts_dialogue d WHERE d.document @@ quote_literal(one.word)::tsquery LIMIT 1;
            IF NOT FOUND THEN
                DELETE FROM public.{LIST} k WHERE k.key = ANY (one.keys) AND k.word = one.word;
            END IF;
        END LOOP;"""
    CHANGED = "(SELECT {one}.search_key FROM former o JOIN latter n USING (id) WHERE o.search_key <> n.search_key) t"

    def install(self) -> list[str]:
        keep, forget = self.KEEP.format, self.FORGET.format
        new, old = (self.ROWS_OF.format(source=self.CHANGED.format(one=one)) for one in "no")
        bodies = {
            "come": ("INSERT", "NEW TABLE AS latter", keep(rows=self.ROWS_OF.format(source="latter"))),
            "change": ("UPDATE", "OLD TABLE AS former NEW TABLE AS latter", keep(rows=new) + forget(rows=old)),
            "go": ("DELETE", "OLD TABLE AS former", forget(rows=self.ROWS_OF.format(source="former"))),
        }
        statements = [self.TABLE]
        for moment, (event, tables, body) in bodies.items():
            name = f"near_words_{moment}"
            statements += [
                self.FUNCTION.format(name=name, body=body),
                f"CREATE OR REPLACE TRIGGER {name} AFTER {event} ON contacts_dialogue REFERENCING {tables}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION public.{name}()",
            ]
        return statements

    def fill(self) -> list[str]:
        return [f"DELETE FROM {LIST}", f"INSERT INTO {LIST} {self.ROWS_OF.format(source='contacts_dialogue')}"]

    def remove(self) -> list[str]:
        names = [f"near_words_{moment}" for moment in ("come", "change", "go")]
        return [f"DROP FUNCTION IF EXISTS public.{name} CASCADE" for name in names] + [f"DROP TABLE IF EXISTS {LIST}"]


class SQLite:
    TABLE = f"CREATE TABLE IF NOT EXISTS {LIST} (key TEXT, word TEXT, PRIMARY KEY (key, word)) WITHOUT ROWID"
    ROWS_OF = f"""SELECT DISTINCT substr(s, 1, value - 1) || substr(s, value + 1) AS key, w AS word FROM (SELECT
        DISTINCT value AS w, substr(value, 1, {KEYED}) AS s FROM {{source}} WHERE length(value) BETWEEN {SHORTEST_KEPT}
        AND {LONGEST} AND value NOT GLOB '*[0-9]*'), json_each('{[*range(1, KEYED + 2)]}')
        WHERE value <= length(s) + 1"""
    WORDS_OF = """json_each('["' || replace({text}, ' ', '","') || '"]')"""

    def _rows(self, text: str, *tables: str) -> str:
        return self.ROWS_OF.format(source=", ".join([*tables, self.WORDS_OF.format(text=text)]))

    def keep(self, text: str) -> str:
        """Put the words of a text on the list."""
        rows = self._rows(text)
        return f" INSERT INTO {LIST} SELECT key, word FROM ({rows}) WHERE true ON CONFLICT DO NOTHING;"

    def forget(self, text: str) -> str:
        """Take those words of a text off the list that no dialogue says."""
        said = """(SELECT 1 FROM contacts_dialogue_words WHERE contacts_dialogue_words MATCH '"' || word || '"')"""
        rows = self._rows(text)
        return f" DELETE FROM {LIST} WHERE (key, word) IN ({rows}) AND NOT EXISTS {said};"

    def fill(self) -> list[str]:
        rows = self._rows("search_key", "contacts_dialogue")
        return [f"DELETE FROM {LIST}", f"INSERT INTO {LIST} {rows}"]
