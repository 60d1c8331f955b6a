"""The gate: may this mail go to this address? Asked when it is written and again when it is sent."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from .kinds import KINDS
from .models import Mailbox, OutboxMessage, Suppression

# Shared mailboxes are common in associations: a whole board may register from one.
CAP_PER_ADDRESS = 60
CAP_PERIOD = timedelta(days=1)
UNWANTED = "the address wants no mails of this kind"
LONGEST_ADDRESS = 254  # RFC 5321 §4.5.3.1.3, less the brackets

# What a rule answers: why the mail is skipped, or "" to let it pass.
Rule = Callable[[OutboxMessage], str]


@dataclass(frozen=True)
class Verdict:
    allowed: bool
    reason: str = ""


def valid_address(message: OutboxMessage) -> str:
    """One address and nothing else: no line break or other control character can start a header of its own."""
    if len(message.to) > LONGEST_ADDRESS or any(unicodedata.category(char).startswith("C") for char in message.to):
        return "address not valid"
    try:
        validate_email(message.to)
    except ValidationError:
        return "address not valid"
    return ""


def not_suppressed(message: OutboxMessage) -> str:
    found = Suppression.objects.of(message.to).first()
    return f"address suppressed: {found.reason}" if found else ""


def not_unwanted(message: OutboxMessage) -> str:
    """What the owner of the address said no to, on the page or through their mail program."""
    group = KINDS[message.kind].group
    if not group:
        return ""
    found = Mailbox.objects.of(message.to).values_list("unwanted", flat=True).first()
    return UNWANTED if found and group in found else ""


def no_duplicate(message: OutboxMessage) -> str:
    if not message.dedupe:
        return ""
    return "sent before" if OutboxMessage.objects.filter(dedupe=message.dedupe).exists() else ""


def below_cap(message: OutboxMessage) -> str:
    """Counts what was written to the address in the day before this mail."""
    if not KINDS[message.kind].capped:
        return ""
    earlier = OutboxMessage.objects.to_address(message.to).filter(created_at__gt=message.created_at - CAP_PERIOD)
    return "too many mails to this address" if earlier.exclude(state="skipped").count() >= CAP_PER_ADDRESS else ""


ALWAYS: list[Rule] = [valid_address, not_suppressed, not_unwanted]
WHEN_WRITTEN: list[Rule] = [no_duplicate, below_cap]


def register_rule(rule: Rule) -> None:
    """Add a rule of an upper app's: ``rule(message)`` returns why the mail is skipped, or "".

    It is asked when the mail is written and again when it is sent: what it asks about may have changed meanwhile.
    """
    ALWAYS.append(rule)


def check(message: OutboxMessage) -> Verdict:
    """The first reason against writing the mail, or leave to write it."""
    return _first_reason([*ALWAYS, *WHEN_WRITTEN], message)


def check_again(message: OutboxMessage) -> Verdict:
    """The same when the mail is about to be sent; what was counted when it was written is not counted again."""
    return _first_reason(ALWAYS, message)


def _first_reason(rules: list[Rule], message: OutboxMessage) -> Verdict:
    for rule in rules:
        if reason := rule(message):
            return Verdict(False, reason)
    return Verdict(True)
