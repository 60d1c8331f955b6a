"""The site as it is after the first start, in a database of its own beside the empty one.

Loading takes seconds, so each process of a test run does it once and lends the copy to one module after the other;
every test is rolled back to it.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Site

from content.services.starting import load_starting_content
from outreach.queue.worker import Worker
from tests import postgresql

COPY = "loaded"
# What the worker does between two tasks: it drops old connections.
BETWEEN_TASKS = "django_tasks_db.management.commands.db_worker.close_old_connections"


def made(server: postgresql.Server | None) -> str:
    """The name of a copy of the test database with the starting content in it and every task done."""
    empty = connection.settings_dict["NAME"]
    connection.close()  # nobody may be connected to what is copied
    if server:
        server.execute(f'CREATE DATABASE "{COPY}" TEMPLATE "{empty}"')
        name = COPY
    else:
        name = str(Path(empty).with_stem(COPY))
        shutil.copy(empty, name)
    with lent(name), patch(BETWEEN_TASKS):  # five hundred tasks, one connection
        load_starting_content()
        Worker(interval=0, batch=True).run()
    return name


@contextmanager
def lent(name: str) -> Iterator[None]:
    """Have every connection of this process lead to the database of this name."""
    before = connection.settings_dict["NAME"]
    _lead_to(name)
    try:
        yield
    finally:
        _lead_to(before)


def _lead_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
