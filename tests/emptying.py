"""PostgreSQL back on the ground after a test that committed.

Django's flush truncates every table and has every app plant anew what migrations make: most of a second, for a
hundred tests. Here what was planted is copied once and put back: the same rows under the same keys.

The trail refuses to be emptied. Tests may, by what an application's role cannot do.
"""

from django.db import connection
from django.test import TransactionTestCase

from content.version import renew
from outreach.audit import chain

REMEMBER = """
DO $$ DECLARE name text; filled boolean; BEGIN
  CREATE SCHEMA IF NOT EXISTS ground;
  FOR name IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO filled;
    IF filled THEN EXECUTE format('CREATE TABLE ground.%1$I AS TABLE public.%1$I', name); END IF;
  END LOOP;
END $$
"""
# As a replica: no trigger fires and no key is followed, for all tables go back together.
PUT_BACK = """
DO $$ DECLARE name text; columns text; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR name IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
    EXECUTE format('DELETE FROM public.%I', name);
  END LOOP;
  FOR name, columns IN SELECT c.relname, string_agg(quote_ident(a.attname), ', ') FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = to_regclass('public.' || quote_ident(c.relname))
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE c.relnamespace = 'ground'::regnamespace AND c.relkind = 'r' GROUP BY c.relname LOOP
    EXECUTE format('INSERT INTO public.%1$I (%2$s) SELECT %2$s FROM ground.%1$I', name, columns);
  END LOOP;
END $$
"""

# What comes before a flush, in its transaction; after it every trigger is laid anew (ground.py).
OPENING = {
    "postgresql": ["SET LOCAL session_replication_role = replica"],
    "sqlite": [statement for statement in chain.SQLITE if statement.startswith("DROP")],
}


def let_flush() -> None:
    """Have Django's flush open the trail first."""
    operations = type(connection.ops)
    sql_flush = operations.sql_flush

    def opening(self, *args, **options):
        return [*OPENING[connection.vendor], *sql_flush(self, *args, **options)]

    operations.sql_flush = opening


def remember() -> None:
    """Copy what stands in the test database now, and have it put back after each test that commits."""
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER)
    TransactionTestCase._fixture_teardown = put_back


def put_back(_case: TransactionTestCase) -> None:
    with connection.cursor() as cursor:
        cursor.execute(PUT_BACK)
    renew(connection)
