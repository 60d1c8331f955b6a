"""Fixtures for every test. The database is chosen in ``tests/database.py``."""

from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import post_migrate
from django.utils import timezone, translation
from playwright.sync_api import sync_playwright
from psycopg.pq import TransactionStatus

from contacts import vocabulary
from outreach.queue.worker import Worker
from outreach.wall import context
from tests import database, emptying, ground, loaded, postgresql, processes
from tests.watching import watched_page
from tools import quality, signed_in  # noqa: F401  so that ``force_login`` counts
from tools.chromium import launch

ROOT = Path(__file__).resolve().parents[1]
post_migrate.connect(ground.plant, sender=apps.get_app_config("wagtailcore"))
post_migrate.connect(ground.lay_search_index, sender=apps.get_app_config("content"))
post_migrate.connect(ground.name_things, sender=apps.get_app_config("contacts"))
post_migrate.connect(ground.open_door, sender=apps.get_app_config("events"))
post_migrate.connect(ground.lay_trail_index, sender=apps.get_app_config("audit"))
post_migrate.connect(ground.lay_contact_index, sender=apps.get_app_config("contacts"))
post_migrate.connect(ground.keep_days_of_talks, sender=apps.get_app_config("contacts"))
post_migrate.connect(ground.name_relationships, sender=apps.get_app_config("contacts"))


@pytest.fixture(scope="session", autouse=True)
def folders_outside_the_tree(tmp_path_factory, django_test_environment):
    """Uploads and mail of a test run never land in ``var/``."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory, django_db_modify_db_settings_parallel_suffix):
    """SQLite in a file, as people run it: threads and the live server get connections of their own."""
    for configured in settings.DATABASES.values():
        if configured["ENGINE"].endswith("sqlite3"):
            configured.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
            configured["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # it need not outlive a power cut


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """What stands in the database at first stands there before every test."""
    emptying.let_flush()
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock():
            emptying.remember()


@pytest.fixture(autouse=True)
def nothing_left_over():
    """Neither cached values nor the language of the last page that was read."""
    cache.clear()
    vocabulary.forget()
    translation.deactivate()


@pytest.fixture
def work(db, monkeypatch):
    """Call it to run every task that is due, and those they start, as the worker would."""
    # The test's transaction lives on its one connection.
    monkeypatch.setattr(loaded.BETWEEN_TASKS, lambda: None)
    return lambda: Worker(interval=0, batch=True).run()


@pytest.fixture
def measured():
    """``measured(section, rows)`` keeps figures for the README; ``make night`` writes them when it is done."""
    return quality.keep


@pytest.fixture(scope="session")
def loaded_database(request, django_db_setup, django_db_blocker) -> str:
    """The name of the database with the starting content; ``tests.loaded.lent`` leads there."""
    server = request.getfixturevalue("postgresql_server") if connection.vendor == "postgresql" else None
    with django_db_blocker.unblock():
        return loaded.made(server)


@pytest.fixture(scope="module")
def loaded_once(loaded_database, django_db_blocker):
    """The starting content for all tests of a module that come after the first to ask for it."""
    with django_db_blocker.unblock(), loaded.lent(loaded_database):
        yield


# PostgreSQL, its roles, and the faces as processes


@pytest.fixture(scope="session")
def postgresql_server(request) -> postgresql.Server:
    """The run's private server: ``host``, ``port``, ``superuser_url``, ``url(database, role=…)``."""
    return database.start_server(request.config)


@pytest.fixture(scope="session")
def migrated_roles(postgresql_server) -> processes.Roles:
    """A database as an operator makes it: migrated by its owner, then ``manage.py grants``. Shared: change nothing."""
    roles = processes.Roles(postgresql_server, "outreach_roles")
    postgresql_server.execute(
        "CREATE ROLE outreach_owner LOGIN CREATEROLE", "CREATE DATABASE outreach_roles OWNER outreach_owner"
    )
    env = processes.environment("worker", roles.url("owner"))
    processes.manage("migrate", "--verbosity=0", env=env)
    processes.manage("grants", env=env)
    return roles


@pytest.fixture
def roles(migrated_roles, request) -> processes.Roles:
    """A copy of that database for one test: ``roles.url("public")`` is where the public process connects."""
    server, name = migrated_roles.server, "outreach_copy"
    server.execute(
        f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
        f"CREATE DATABASE {name} TEMPLATE {migrated_roles.database} OWNER outreach_owner",
    )
    yield processes.Roles(server, name)
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def wall(django_db_setup, django_db_blocker):
    """The three roles with their grants and policies, on the database the tests fill."""
    with django_db_blocker.unblock():
        call_command("grants", verbosity=0)


@pytest.fixture
def as_role(wall, db):
    """``with as_role("public"):`` does the rest under that role, on the same connection: nothing need be committed.

    The internal role is asked for ``user``, if there is one; the worker works.
    """

    connection.ensure_connection()
    execute = connection.connection.execute  # past Django, which would count these among the queries of a page
    settings = (context.USER, context.ROLE, context.TODAY, context.ALSO, context.SYSTEM)
    forget = "SELECT " + ", ".join(f"set_config('{name}', '', true)" for name in settings)

    @contextmanager
    def as_role(face: str, user=None):
        execute(f"SET ROLE outreach_{face}")
        execute(forget)
        if user:
            context.enter(user, timezone.localdate())
        if face == "worker":
            execute("SELECT set_config(%s, %s, true)", [context.SYSTEM, context.WORKER])
        try:
            yield
        finally:
            if connection.connection.info.transaction_status != TransactionStatus.INERROR:
                execute(forget)
                execute("RESET ROLE")

    return as_role


@pytest.fixture
def serve(roles, tmp_path):
    """``serve("public")`` starts that face under its own settings and role and returns its address."""
    with ExitStack() as stack:

        def serve(face: str, **overrides: str) -> str:
            env = processes.environment(face, roles.url(face), **overrides)
            return stack.enter_context(processes.serving(env, tmp_path / f"{face}.log"))

        yield serve


# The browser


@pytest.fixture(scope="session")
def chromium():
    """One Chromium for the run. Its driver keeps an event loop in this thread, which is not Django's concern."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield launch(playwright)


@pytest.fixture
def open_page(chromium):
    """``with open_page(java_script_enabled=False) as page:`` for a page with other surroundings than ``page``'s."""

    @contextmanager
    def open_page(**options):
        with watched_page(chromium, **options) as page:
            yield page

    return open_page


@pytest.fixture
def page(chromium):
    """A page that fails its test on a policy violation, a script error or a request to another host."""
    with watched_page(chromium) as page:
        yield page
