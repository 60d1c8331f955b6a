"""Which tests run, and on which database: loaded by ``-p`` (pyproject.toml) before Django reads its settings.

``--database=postgresql`` starts a private server and runs the suite there; SQLite otherwise. Tests marked
``postgresql`` need that database, ``browser`` need Chromium, ``night`` are too slow for every day (``--night``).
What is left out is counted and named at the end. In CI a skip is a failure.
"""

import os

import pytest

from outreach.design import build
from tests import postgresql
from tools import chromium

SERVER = pytest.StashKey[postgresql.Server]()
LEFT_OUT = pytest.StashKey[list[str]]()
PACKAGES = {"postgresql": "postgresql", "browser": "chromium"}


def pytest_addoption(parser):
    parser.addoption("--database", choices=["sqlite", "postgresql"], help="start a private server and test on it")
    parser.addoption("--night", action="store_true", help="run the slow tests, and only those")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config, parser, args):
    for catalogue in build.catalogues():  # a test reads the texts as they stand, built or not
        build.compile_catalogue(catalogue)
    options = parser.parse_known_args(args)
    if options.database == "sqlite":
        os.environ.pop("DATABASE_URL", None)
    elif options.database == "postgresql" and not hasattr(early_config, "workerinput"):
        if postgresql.binaries() is None:
            raise pytest.UsageError("PostgreSQL is not installed: apt-get install postgresql")
        server = start_server(early_config)
        os.environ["DATABASE_URL"] = server.url("outreach")
        os.environ["TEST_POSTGRESQL"] = f"{server.folder}:{server.port}"


def start_server(config) -> postgresql.Server:
    """The run's one server, started on first use; a worker of pytest-xdist uses that of the run it belongs to."""
    if SERVER not in config.stash:
        if "TEST_POSTGRESQL" in os.environ:
            folder, port = os.environ["TEST_POSTGRESQL"].rsplit(":", 1)
            return postgresql.Server(folder=postgresql.Path(folder), port=int(port))
        server = config.stash[SERVER] = postgresql.Server().start()
        config.add_cleanup(server.stop)
    return config.stash[SERVER]


def pytest_configure(config):
    for line in (
        "postgresql: needs PostgreSQL as the main database",
        "browser: needs Chromium",
        "night: too slow for every run",
    ):
        config.addinivalue_line("markers", line)


def _wanted(item, missing: set[str]) -> bool:
    return not any(item.get_closest_marker(name) for name in missing)


def pytest_collection_modifyitems(config, items):
    from django.db import connection

    night = config.getoption("night")
    daily = [item for item in items if bool(item.get_closest_marker("night")) == night]
    missing = set()
    if connection.vendor != "postgresql":
        missing.add("postgresql")
    if chromium.executable() is None:
        missing.add("browser")
    kept = [item for item in daily if _wanted(item, missing)]
    config.stash[LEFT_OUT] = [name for name in sorted(missing) for item in daily if item.get_closest_marker(name)]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


def pytest_sessionfinish(session, exitstatus):
    """In CI nothing may be skipped, and a missing browser is a fault."""
    reporter = session.config.pluginmanager.getplugin("terminalreporter")
    if not os.environ.get("CI") or reporter is None:
        return
    if reporter.stats.get("skipped") or "browser" in session.config.stash.get(LEFT_OUT, []):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    left_out = config.stash.get(LEFT_OUT, [])
    counts = {name: left_out.count(name) for name in sorted(set(left_out))}
    if count := counts.get("postgresql"):
        terminalreporter.write_line(f"Left out: {count} tests that need PostgreSQL (make test DB=postgresql).")
    if count := counts.get("browser"):
        terminalreporter.write_line(f"Left out: {count} tests that need a browser.")
    installed = {"postgresql": postgresql.binaries(), "browser": chromium.executable()}
    packages = [PACKAGES[name] for name in counts if not installed[name]]
    if packages:
        terminalreporter.write_line(f"To run them: sudo apt-get install {' '.join(packages)}")
    if os.environ.get("CI") and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("A skipped test fails the run in CI.")
