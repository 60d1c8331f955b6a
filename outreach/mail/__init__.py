"""The one gate every message passes, and the outbox. Tasks call ``sending.send``; services only enqueue a task."""
