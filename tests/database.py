"""Which tests run, and on which database: loaded by ``-p`` (pyproject.toml) before Django reads its settings.

``--database=postgresql`` starts a private server and runs the suite there; SQLite otherwise. Tests marked
``postgresql`` need that database, ``browser`` need Chromium, ``java`` need Java, ``once`` say nothing about the
database and run on SQLite only, as do all that have no access to one; ``night`` are too slow for every day
(``--night``). What is left out is counted and named at the end. In CI a skip is a failure.
"""

import os
import shutil
import signal

import pytest
from xdist.scheduler import LoadFileScheduling

from outreach.design import build
from tests import postgresql
from tools import chromium

SERVER = pytest.StashKey[postgresql.Server]()
LEFT_OUT = pytest.StashKey[list[str]]()
# Where tests use the migrated database with its roles, which takes long to make.
ROLES = (
    "tests/faces/",
    "tests/lighthouse/",
    "tests/wall/",
    "tests/queue/test_worker_role.py",
    "tests/events/test_as_public_role.py",
    "tests/content/test_old_addresses.py",
    "tests/content/upkeep/test_as_public_role.py",
)
# What takes long comes first, so that in the end no worker of pytest-xdist is left alone with it; and what shares a
# loaded database comes in one go, so that none loads it twice.
FIRST = (
    "tests/browser/",
    *ROLES,
    "tests/contacts/test_no_trace.py",
    "tests/contacts/test_matrix.py",
    "tests/content/",
)
PACKAGES = {"postgresql": "postgresql", "browser": "chromium-headless-shell", "java": "default-jre-headless"}


def pytest_addoption(parser):
    parser.addoption("--database", choices=["sqlite", "postgresql"], help="start a private server and test on it")
    parser.addoption("--night", action="store_true", help="run the slow tests, and only those")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config, parser, args):
    for catalogue in build.catalogues():  # a test reads the texts as they stand, built or not
        build.compile_catalogue(catalogue)
    options = parser.parse_known_args(args)
    if options.database:
        os.environ.pop("DATABASE_URL", None)
    # Roles belong to a server, so each worker of pytest-xdist has one; the process that minds them runs no test.
    runs_tests = "PYTEST_XDIST_WORKER" in os.environ or not getattr(options, "numprocesses", None)
    if options.database == "postgresql" and runs_tests:
        if postgresql.binaries() is None:
            raise pytest.UsageError("PostgreSQL is not installed: apt-get install postgresql")
        os.environ["DATABASE_URL"] = start_server(early_config).url("outreach")


def start_server(config) -> postgresql.Server:
    """This process's one server, started on first use."""
    if SERVER not in config.stash:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # who ends the run ends the server too
        server = config.stash[SERVER] = postgresql.Server().start()
        config.add_cleanup(server.stop)
    return config.stash[SERVER]


def pytest_configure(config):
    for line in (
        "postgresql: needs PostgreSQL as the main database",
        "browser: needs Chromium",
        "java: needs Java",
        "once: says nothing about the database that others do not, so it runs on SQLite only; given to who asks none",
        "night: too slow for every run",
    ):
        config.addinivalue_line("markers", line)


def _asks_no_database(item) -> bool:
    """Whether a test has no access to a database, by fixture or mark: pytest-django would fail it if it asked."""
    fixtures = {"db", "transactional_db", "django_db_setup", "postgresql_server"}
    return not (fixtures & set(item.fixturenames) or item.get_closest_marker("django_db"))


def _turn(item) -> int:
    return next((turn for turn, start in enumerate(FIRST) if item.nodeid.startswith(start)), len(FIRST))


def _wanted(item, missing: set[str]) -> bool:
    return not any(item.get_closest_marker(name) for name in missing)


@pytest.hookimpl(tryfirst=True)  # before ``-m`` chooses
def pytest_collection_modifyitems(config, items):
    from django.db import connection

    items.sort(key=_turn)
    for item in items:
        if _asks_no_database(item) and not item.get_closest_marker("postgresql"):
            item.add_marker("once")
    night = config.getoption("night")
    daily = [item for item in items if bool(item.get_closest_marker("night")) == night]
    missing = {"once" if connection.vendor == "postgresql" else "postgresql"}
    if chromium.executable() is None:
        missing.add("browser")
    if shutil.which("java") is None:
        missing.add("java")
    kept = [item for item in daily if _wanted(item, missing)]
    config.stash[LEFT_OUT] = [name for name in sorted(missing) for item in daily if item.get_closest_marker(name)]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


class Together(LoadFileScheduling):
    """What a worker of pytest-xdist runs: whole modules, and all those on roles."""

    def _split_scope(self, nodeid):
        module = super()._split_scope(nodeid)
        return "roles" if module.startswith(ROLES) else module


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    config.option.loadscopereorder = False  # in the order of ``FIRST``, not the module with the most tests first
    return Together(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    """A worker of pytest-xdist ends: every one of them left out the same."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", [])


def pytest_sessionfinish(session, exitstatus):
    """In CI nothing may be skipped, and a browser or Java that is missing is a fault."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(LEFT_OUT, [])
    reporter = session.config.pluginmanager.getplugin("terminalreporter")
    if not os.environ.get("CI") or reporter is None:
        return
    if reporter.stats.get("skipped") or {"browser", "java"} & set(session.config.stash.get(LEFT_OUT, [])):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    left_out = config.stash.get(LEFT_OUT, [])
    counts = {name: left_out.count(name) for name in sorted(set(left_out))}
    if count := counts.get("postgresql"):
        terminalreporter.write_line(f"Left out: {count} tests that need PostgreSQL (make test DB=postgresql).")
    if count := counts.get("once"):
        terminalreporter.write_line(
            f"Left out: {count} tests that say nothing about the database (on SQLite they run)."
        )
    if count := counts.get("browser"):
        terminalreporter.write_line(f"Left out: {count} tests that need a browser.")
    if count := counts.get("java"):
        terminalreporter.write_line(f"Left out: {count} tests that need Java.")
    installed = {
        "postgresql": postgresql.binaries(),
        "browser": chromium.executable(),
        "java": shutil.which("java"),
    }
    packages = [package for name, package in PACKAGES.items() if name in counts and not installed[name]]
    if packages:
        terminalreporter.write_line(f"To run them: sudo apt-get install {' '.join(packages)}")
    if os.environ.get("CI") and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("A skipped test fails the run in CI.")
