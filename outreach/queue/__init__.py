"""Work in the background: start a task by name; it commits or rolls back with the data."""

from .enqueue import NotAllowed, enqueue, enqueue_once
from .tasks import task

__all__ = ["NotAllowed", "enqueue", "enqueue_once", "task"]
