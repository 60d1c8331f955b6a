"""Starting a task from a service, without importing the app that runs it."""

from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from .names import PUBLIC, TASKS


class NotAllowed(Exception):
    """The public face asked for a task that is not on its list."""


def enqueue(name: str, *ids: str | int, run_after: datetime | None = None) -> None:
    """Put the task called ``name`` in the queue with ``ids`` as its arguments.

    Raises KeyError for a name that is not in the table, NotAllowed on the public face outside its list.
    """
    if settings.FACE == "public" and name not in PUBLIC:
        raise NotAllowed(name)
    task = import_string(TASKS[name])
    if run_after is not None:
        task = task.using(run_after=run_after)
    task.enqueue(*[str(value) if not isinstance(value, int) else value for value in ids])
