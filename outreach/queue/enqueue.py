"""Starting a task from a service, without importing the app that runs it."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from . import names


class NotAllowed(Exception):
    """The public face asked for a task that is not on its list."""


def enqueue(name: str, *ids: str | int | UUID, run_after: datetime | None = None) -> None:
    """Put the task called ``name`` in the queue with ``ids`` as its arguments.

    Raises KeyError for a name that is not in the table, NotAllowed on the public face outside its list.
    """
    if settings.FACE == "public" and name not in names.PUBLIC:
        raise NotAllowed(name)
    task = import_string(names.TASKS[name])
    if run_after is not None:
        task = task.using(run_after=run_after)
    task.enqueue(*[value if isinstance(value, int) else str(value) for value in ids])


def enqueue_once(name: str) -> None:
    """Put a task without arguments in the queue unless one waits there already; the worker and ``both`` only.

    The waiting one is locked until the caller commits: no worker can take it before it would see the caller's rows.
    """
    with transaction.atomic(savepoint=False):
        waiting = DBTaskResult.objects.ready().filter(task_path=names.TASKS[name])
        if waiting.select_for_update(skip_locked=True).first() is None:
            enqueue(name)
