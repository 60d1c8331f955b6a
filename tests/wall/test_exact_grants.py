"""What the four roles may do, asked of the server in other words than ``manage.py grants`` uses: the views of the SQL
standard, and one try of every verb on every table. The database is the one an operator makes: migrated from nothing by
its owner, then ``manage.py grants``."""

from collections import defaultdict

import psycopg
import pytest
from psycopg import sql

from outreach.wall.grants import BEHIND_FUNCTIONS, FUNCTIONS, LETTERS, TABLE, VIEWS
from outreach.wall.roles import FACES, role_of
from outreach.wall.tables import concrete_models

pytestmark = pytest.mark.postgresql
FOUR = ["outreach_owner", *map(role_of, FACES)]
THREE = [*map(role_of, FACES), "PUBLIC"]

TABLES = """
    SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'
"""
ON_TABLES = """
    SELECT grantee::text, table_name::text, privilege_type::text, is_grantable::text
    FROM information_schema.table_privileges WHERE table_schema = 'public' AND grantee = ANY(%s)
"""
ON_COLUMNS = """
    SELECT grantee::text, table_name::text, privilege_type::text, is_grantable::text
    FROM information_schema.column_privileges c WHERE table_schema = 'public' AND grantee = ANY(%s)
      AND NOT EXISTS (
        SELECT FROM information_schema.table_privileges t WHERE t.table_schema = 'public'
          AND (t.grantee, t.table_name, t.privilege_type) = (c.grantee, c.table_name, c.privilege_type))
"""
ON_SEQUENCES = """
    SELECT grantee::text, object_name::text, privilege_type::text FROM information_schema.usage_privileges
    WHERE object_schema = 'public' AND object_type = 'SEQUENCE' AND grantee = ANY(%s)
"""
FILLS = """
    SELECT s.relname::text, t.relname::text FROM pg_class s
    JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') JOIN pg_class t ON t.oid = d.refobjid
    WHERE s.relkind = 'S' AND d.refobjsubid > 0
"""
ON_FUNCTIONS = """
    SELECT grantee::text, routine_name::text FROM information_schema.routine_privileges
    WHERE routine_schema = 'public' AND grantee = ANY(%s)
      AND NOT EXISTS (
        SELECT FROM pg_depend e WHERE e.deptype = 'e' AND specific_name = routine_name || '_' || e.objid)
"""
ON_SCHEMAS = """
    SELECT r.rolname::text, n.nspname::text, p FROM pg_roles r, pg_namespace n, unnest('{USAGE,CREATE}'::text[]) p
    WHERE r.rolname = ANY(%s) AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      AND n.nspname !~ '^pg_' AND has_schema_privilege(r.oid, n.oid, p)
"""
ON_THE_DATABASE = """
    SELECT r.rolname::text, p FROM pg_roles r, unnest('{CONNECT,TEMPORARY,CREATE}'::text[]) p
    WHERE r.rolname = ANY(%s) AND has_database_privilege(r.oid, current_database(), p)
"""
GIVES_AWAY = "SELECT defaclobjtype::text, defaclacl::text FROM pg_default_acl"
ROLES = """
    SELECT rolname::text, rolsuper, rolbypassrls, rolcreatedb, rolreplication, rolcanlogin, rolcreaterole
    FROM pg_roles WHERE rolname = ANY(%s)
"""
MEMBERS = """
    SELECT member::regrole::text, roleid::regrole::text FROM pg_auth_members
    WHERE member::regrole::text = ANY(%s) OR roleid::regrole::text = ANY(%s)
"""
OWNED = """
    SELECT DISTINCT pg_get_userbyid(relowner)::text FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION SELECT DISTINCT pg_get_userbyid(proowner)::text FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = p.oid AND e.deptype = 'e')
"""
SETTABLE = """
    SELECT c.relname::text, (SELECT quote_ident(a.attname) FROM pg_attribute a WHERE a.attrelid = c.oid
      AND a.attnum > 0 AND NOT a.attisdropped LIMIT 1)
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
"""
TRIES = {
    "SELECT": "SELECT 1 FROM {table} LIMIT 0",
    "INSERT": "INSERT INTO {table} DEFAULT VALUES",
    "UPDATE": "UPDATE {table} SET {column} = DEFAULT WHERE false",
    "DELETE": "DELETE FROM {table} WHERE false",
    "TRUNCATE": "TRUNCATE {table}",
}
CALLS = """
    SELECT p.proname::text, 'SELECT ' || p.oid::regproc || '(' || coalesce((SELECT string_agg('NULL::'
      || format_type(t, NULL), ', ' ORDER BY n) FROM unnest(p.proargtypes) WITH ORDINALITY a(t, n)), '') || ')'
    FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prorettype <> 'trigger'::regtype
      AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = p.oid AND e.deptype = 'e')
"""


@pytest.fixture(scope="module")
def operator(migrated_roles):
    """A superuser's session: the views of the standard show everything to no one else."""
    with psycopg.connect(migrated_roles.server.url(migrated_roles.database), autocommit=True) as session:
        yield session


def asked(session, query, *parameters):
    return session.execute(query, parameters or None).fetchall()


def granted():
    """role -> table -> verbs, as the table of grants has it."""
    wanted = defaultdict(set)
    for label, model in concrete_models().items():
        for face in FACES:
            for letter in getattr(TABLE[label], face):
                wanted[role_of(face), model._meta.db_table].add(LETTERS[letter])
    for view, face in VIEWS.items():
        wanted[role_of(face), view].add("SELECT")
    return wanted


def test_the_tables_are_granted_exactly_and_nothing_can_be_passed_on(operator):
    tables = {name for (name,) in asked(operator, TABLES)}
    found = asked(operator, ON_TABLES, THREE)

    assert {(role, table, verb) for role, table, verb, _ in found} == {
        (role, table, verb) for (role, table), verbs in granted().items() if table in tables for verb in verbs
    }
    assert {grantable for *_, grantable in found} == {"NO"}


def test_no_column_is_granted_by_itself(operator):
    assert asked(operator, ON_COLUMNS, THREE) == []


def test_whoever_may_insert_draws_the_number_and_nobody_else(operator):
    fills, wanted = dict(asked(operator, FILLS)), granted()

    assert set(asked(operator, ON_SEQUENCES, THREE)) == {
        (role, sequence, "USAGE")
        for sequence, table in fills.items()
        for role in THREE
        if "INSERT" in wanted.get((role, table), ())
    }


def test_the_functions_are_granted_exactly(operator):
    assert set(asked(operator, ON_FUNCTIONS, THREE)) == {(role_of(face), name) for name, face in FUNCTIONS.items()}


def test_schema_and_database_are_open_to_the_three_and_nobody_makes_anything_there(operator):
    three = THREE[:3]

    assert set(asked(operator, ON_SCHEMAS, three)) == {(role, "public", "USAGE") for role in three}
    assert set(asked(operator, ON_THE_DATABASE, three)) == {(role, "CONNECT") for role in three}


def test_nothing_is_given_away_of_what_is_yet_to_be_made(operator):
    assert asked(operator, GIVES_AWAY) == []


def test_no_role_walks_around_a_policy_and_none_is_a_member_of_another(operator):
    roles = {name: rest for name, *rest in asked(operator, ROLES, FOUR)}

    assert roles.keys() == set(FOUR)
    for name, (superuser, bypasses, creates, replicates, signs_in, makes_roles) in roles.items():
        assert not (superuser or bypasses or creates or replicates), name
        assert signs_in
        assert makes_roles == (name == "outreach_owner")
    assert asked(operator, MEMBERS, FOUR, FOUR) == []


def test_everything_belongs_to_the_owner_who_serves_nobody(operator):
    assert asked(operator, OWNED) == [("outreach_owner",)]


def refused(session, statement):
    """Whether the server says that this role may not, or nobody can; other complaints come after that question."""
    try:
        with session.transaction(force_rollback=True):
            session.execute(statement)
    except psycopg.errors.InsufficientPrivilege as error:
        return "permission denied" in str(error)
    except (psycopg.errors.WrongObjectType, psycopg.errors.ObjectNotInPrerequisiteState):
        return True  # a view
    except psycopg.Error:
        return False
    return False


@pytest.mark.parametrize("face", FACES)
def test_every_verb_on_every_table_is_refused_but_what_was_granted(migrated_roles, operator, face):
    wanted, differing = granted(), []
    with psycopg.connect(migrated_roles.url(face), autocommit=True) as session:
        for table, column in asked(operator, SETTABLE):
            names = {"table": sql.Identifier(table), "column": sql.SQL(column or "")}
            tries = {verb: text for verb, text in TRIES.items() if column or verb != "UPDATE"}  # one has no column
            may = {verb for verb, text in tries.items() if not refused(session, sql.SQL(text).format(**names))}
            if may != wanted.get((role_of(face), table), set()):
                differing.append((table, may))

    assert differing == []
    assert {table for table, _ in asked(operator, SETTABLE)} >= BEHIND_FUNCTIONS


@pytest.mark.parametrize("face", FACES)
def test_every_function_is_refused_but_what_was_granted(migrated_roles, operator, face):
    calls = asked(operator, CALLS)
    with psycopg.connect(migrated_roles.url(face), autocommit=True) as session:
        may = {name for name, call in calls if not refused(session, call)}

    assert may == {name for name, whose in FUNCTIONS.items() if whose == face}
    assert len(calls) > len(FUNCTIONS)
