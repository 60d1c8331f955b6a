"""Who read and who changed what."""

from .trail import reading, reading_list, record

__all__ = ["reading", "reading_list", "record"]
