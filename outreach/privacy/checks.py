"""Settings that would silently do nothing."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from .retention import RULES


def periods_name_rules(**kwargs: Any) -> list[CheckMessage]:
    """A period set for a rule that does not exist leaves data lying."""
    return [
        Error(f"RETENTION_DAYS names {name!r}, which is no retention rule.", id="privacy.E001")
        for name in settings.RETENTION_DAYS
        if name not in RULES
    ]
