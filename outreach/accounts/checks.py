"""Settings that would let a password alone in, if anybody listened to them."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def second_factor_demanded(**kwargs: Any) -> list[CheckMessage]:
    """The internal face asks for it whatever the settings say (access.py): that they say otherwise is a mistake."""
    if settings.FACE == "both" or settings.SECOND_FACTOR_REQUIRED:
        return []
    return [Error("A password alone is for a laptop: set SECOND_FACTOR_REQUIRED to True.", id="accounts.E001")]
