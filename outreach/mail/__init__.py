"""The one gate every message passes, and the outbox. Tasks call ``send``; services only enqueue a task."""

from .sending import send

__all__ = ["send"]
