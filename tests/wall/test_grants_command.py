"""``manage.py grants`` makes the database agree with the table, and says where it does not."""

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from outreach.wall.roles import ROLES
from outreach.wall.tables import concrete_models
from tests import processes

pytestmark = pytest.mark.postgresql
READ = sql.SQL("SELECT 1 FROM {} LIMIT 0")


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def tampered(wall, db):
    """Changes that end with the test: they are made in its transaction."""
    return execute


def test_an_owner_who_is_no_superuser_repeats_and_verifies(migrated_roles):
    env = processes.environment("worker", migrated_roles.url("owner"))

    assert "agrees" in processes.manage("grants", env=env)
    assert "agrees" in processes.manage("grants", "--verify", env=env)


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("GRANT SELECT ON accounts_user TO outreach_public", "outreach_public: SELECT on table accounts_user"),
        ("GRANT SELECT (email) ON accounts_user TO PUBLIC", "PUBLIC: SELECT on column accounts_user.email"),
        ("REVOKE INSERT ON events_registration FROM outreach_public", "missing: outreach_public: INSERT on table"),
        ("GRANT outreach_worker TO outreach_public", "outreach_public: is a member of outreach_worker"),
        ("ALTER ROLE outreach_internal BYPASSRLS", "outreach_internal: bypasses row-level security"),
        ("ALTER ROLE outreach_worker NOLOGIN", "outreach_worker: cannot sign in"),
        ("GRANT CREATE ON SCHEMA public TO outreach_public", "outreach_public: CREATE on schema public"),
        ("CREATE TABLE stray (id int)", "unknown table: stray"),
        ("CREATE FUNCTION stray() RETURNS int LANGUAGE sql AS 'SELECT 1'", "PUBLIC: EXECUTE on function stray()"),
        ("ALTER FUNCTION door_view(text) SECURITY INVOKER", "altered function: door_view(text)"),
        ("ALTER FUNCTION door_view(text) RESET search_path", "altered function: door_view(text)"),
        ("DROP FUNCTION door_cancel(text)", "missing function: door_cancel(text)"),
        (
            "CREATE OR REPLACE FUNCTION door_offer(h text, accept boolean) RETURNS TABLE (registration uuid, "
            "event uuid, state text, reason text, changed boolean) LANGUAGE sql SECURITY DEFINER "
            "SET search_path = pg_catalog, pg_temp AS 'SELECT id, event_id, status, name, true "
            "FROM public.events_registration'",
            "altered function: door_offer(text,boolean)",
        ),
        (
            "CREATE SCHEMA side; GRANT USAGE ON SCHEMA side TO outreach_public",
            "too much: outreach_public: USAGE on schema side",
        ),
        (
            "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO outreach_public",
            "too much: outreach_public: SELECT on tables yet to be made by",
        ),
        (
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO PUBLIC",
            "too much: PUBLIC: EXECUTE on functions yet to be made by",
        ),
        ("ALTER TABLE wagtailcore_page DISABLE ROW LEVEL SECURITY", "no row-level security: wagtailcore_page"),
        ("ALTER TABLE places_region ENABLE ROW LEVEL SECURITY", "without a rule: places_region"),
        ("ALTER POLICY public_reads ON events_event USING (true)", "altered policy: public_reads on events_event"),
        ("DROP POLICY public_hands_in ON events_registration", "missing policy: public_hands_in"),
        ("CREATE POLICY stray ON events_event USING (true)", "unknown policy: stray on events_event"),
    ],
)
def test_verify_names_what_differs_and_changes_nothing(tampered, statement, named):
    tampered(statement)

    with pytest.raises(CommandError) as first:
        call_command("grants", verify=True)
    with pytest.raises(CommandError) as second:
        call_command("grants", verify=True)

    assert named in str(first.value)
    assert str(first.value) == str(second.value)


def test_the_next_run_repairs_grants_and_policies(tampered, capsys):
    tampered(
        "GRANT SELECT ON accounts_user TO outreach_public WITH GRANT OPTION",
        "GRANT UPDATE (taken) ON events_seatcounter TO outreach_public",
        "ALTER POLICY public_reads ON events_event USING (true)",
        "ALTER TABLE wagtailcore_page DISABLE ROW LEVEL SECURITY",
        "ALTER FUNCTION door_view(text) SECURITY INVOKER",
        "DROP FUNCTION door_cancel(text)",
    )

    call_command("grants")

    assert "agrees" in capsys.readouterr().out


def test_a_role_that_may_too_much_is_not_passed_over(tampered):
    tampered("ALTER ROLE outreach_public BYPASSRLS")

    with pytest.raises(CommandError, match="bypasses"):
        call_command("grants")


def test_a_password_from_the_environment_is_stored_salted(tampered, monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("correct horse battery staple")
    monkeypatch.setenv("PUBLIC_DATABASE_PASSWORD_FILE", str(tmp_path / "secret"))

    call_command("grants", verbosity=0)

    with connection.cursor() as cursor:
        cursor.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'outreach_public'")
        assert cursor.fetchone()[0].startswith("SCRAM-SHA-256$")


@pytest.mark.parametrize(
    "forbidden",
    [
        "account.EmailAddress",
        "accounts.Session",
        "accounts.User",
        "auth.Group",
        "contacts.Dialogue",
        "contacts.Organisation",
        "contacts.Person",
        "content.ChannelProposal",
        "events.Registration",
        "events.RegistrationToken",
        "mfa.Authenticator",
        "wagtailcore.ModelLogEntry",
        "wagtailcore.PageLogEntry",
        "wagtailcore.Revision",
        "wagtailsearch.IndexEntry",
    ],
)
def test_the_public_role_never_reads(connect, forbidden):
    table = concrete_models()[forbidden]._meta.db_table

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connect("public").execute(READ.format(sql.Identifier(table)))


def test_no_role_walks_around_the_policies(connect):
    mighty = connect("public").execute("SELECT rolname FROM pg_roles WHERE rolbypassrls OR rolsuper").fetchall()

    assert mighty
    assert {name for (name,) in mighty}.isdisjoint(ROLES)
