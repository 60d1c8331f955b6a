"""The task decorator: what a task may cost in attempts and time before it counts as failed.

Attempts are not stored twice: the queue notes the worker at every claim, so ``len(worker_ids)`` is their number. A
task that raised goes back to the queue *in its own row* with a later ``run_after``; the row keeps the last error.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

try:
    from django.tasks import task as django_task
except ImportError:  # Django 5.2
    from django_tasks import task as django_task  # type: ignore[no-redef]

LONGEST_DELAY = timedelta(hours=1)


@dataclass(frozen=True)
class Policy:
    """How often a task is tried, how long between, and after how long its worker counts as dead.

    ``together``: those that wait may be done in one call, with the ids of all.
    """

    max_attempts: int = 8
    first_delay: timedelta = timedelta(minutes=1)
    lease: timedelta = timedelta(minutes=10)
    together: bool = False

    def delay(self, attempts: int) -> timedelta:
        """The pause after that many attempts: doubled each time, an hour at most."""
        return min(self.first_delay * 2 ** (attempts - 1), LONGEST_DELAY)


# Third-party tasks (Wagtail's index and references) live under the same rules.
DEFAULT = Policy()
POLICIES: dict[str, Policy] = {}


def task(
    *,
    max_attempts: int = DEFAULT.max_attempts,
    first_delay: timedelta = DEFAULT.first_delay,
    lease: timedelta = DEFAULT.lease,
    priority: int = 0,
    together: bool = False,
) -> Callable[[Callable[..., None]], Any]:
    """Make a module-level function a task, called with ids and retried with growing pauses.

    It runs at least once: again after an exception, and again when ``lease`` has passed without an end because its
    worker was killed. So its body must be safe to run twice, and must end well within the lease. With ``together`` it
    takes any number of ids, and does for each what it does for one; where that fails each is done alone.
    """

    def decorate(function: Callable[..., None]) -> Any:
        path = f"{function.__module__}.{function.__qualname__}"
        POLICIES[path] = Policy(max_attempts, first_delay, lease, together)
        return django_task(priority=priority)(function)

    return decorate


def policy(task_path: str) -> Policy:
    return POLICIES.get(task_path, DEFAULT)
