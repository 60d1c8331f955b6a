"""What stays in the queue of a task that raised."""

from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import retry

from outreach.audit.logs import failure


@retry()
def keep_failure(row: DBTaskResult, error: BaseException) -> None:
    """Mark it failed, with the type of the error and its way through the code: its words may quote a person."""
    row.status, row.finished_at, row.return_value = "FAILED", timezone.now(), None
    row.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    row.traceback = failure(error)
    row.save(update_fields=["status", "finished_at", "return_value", "exception_class_path", "traceback"])
