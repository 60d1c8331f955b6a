"""What a button that mails many is pressed for."""

from collections.abc import Mapping
from hashlib import sha256

from events.models import Event

from .planning import MATTERS


def agreed(event: Event, mails: Mapping[str, int]) -> str:
    """These facts and this many mails in each language; whatever else is saved then is asked about once more."""
    facts = [str(getattr(event, field)) for field in MATTERS]
    return sha256(repr([facts, sorted(mails.items())]).encode()).hexdigest()[:32]
