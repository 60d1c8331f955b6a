"""Work in the background: start a task by name; it commits or rolls back with the data."""

from .enqueue import enqueue

__all__ = ["enqueue"]
