"""The gate: may these mails go to their addresses? Asked when they are written and again when they are sent.

Rules are asked about many mails at once: five thousand invitations cost a few questions for each hundred.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Count
from django.utils import timezone

from .kinds import KINDS
from .models import Mailbox, OutboxMessage, Suppression, normal

# Shared mailboxes are common in associations: a whole board may register from one.
CAP_PER_ADDRESS = 60
CAP_PERIOD = timedelta(days=1)
UNWANTED = "the address wants no mails of this kind"
LONGEST_ADDRESS = 254  # RFC 5321 §4.5.3.1.3, less the brackets

# What a rule answers, for each mail in turn: why it is skipped, or "" to let it pass.
Rule = Callable[[Sequence[OutboxMessage]], Iterable[str]]


def valid_address(messages: Sequence[OutboxMessage]) -> list[str]:
    """One address and nothing else: no line break or other control character can start a header of its own."""
    return ["" if _is_address(message.to) else "address not valid" for message in messages]


def _is_address(text: str) -> bool:
    if len(text) > LONGEST_ADDRESS or any(unicodedata.category(char).startswith("C") for char in text):
        return False
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def not_suppressed(messages: Sequence[OutboxMessage]) -> list[str]:
    asked = {normal(message.to) for message in messages}
    found = dict(Suppression.objects.filter(address__in=asked).values_list("address", "reason"))
    reasons = (found.get(normal(message.to)) for message in messages)
    return [f"address suppressed: {reason}" if reason else "" for reason in reasons]


def not_unwanted(messages: Sequence[OutboxMessage]) -> list[str]:
    """What the owner of the address said no to, on the page or through their mail program."""
    asked = {normal(message.to) for message in messages if KINDS[message.kind].group}
    found = dict(Mailbox.objects.filter(address__in=asked).values_list("address", "unwanted")) if asked else {}
    said_no = (KINDS[message.kind].group in found.get(normal(message.to), ()) for message in messages)
    return [UNWANTED if no else "" for no in said_no]


def below_cap(messages: Sequence[OutboxMessage]) -> list[str]:
    """Counts what was written to the address in the day before this mail."""
    asked = {normal(message.to) for message in messages if KINDS[message.kind].capped}
    if not asked:
        return [""] * len(messages)
    since = min(message.created_at for message in messages) - CAP_PERIOD
    earlier = OutboxMessage.objects.filter(to_key__in=asked, created_at__gt=since).exclude(state="skipped")
    written = Counter(dict(earlier.order_by().values_list("to_key").annotate(Count("pk"))))
    reasons = []
    for message in messages:
        full = KINDS[message.kind].capped and written[normal(message.to)] >= CAP_PER_ADDRESS
        reasons.append("too many mails to this address" if full else "")
        written[normal(message.to)] += not full
    return reasons


ALWAYS: list[Rule] = [valid_address, not_suppressed, not_unwanted]
WHEN_WRITTEN: list[Rule] = [below_cap]  # the last: who is skipped for another reason does not count
WHEN_SENT: list[Rule] = []  # of what was true when it was written


def register_rule(rule: Rule, *, when_sent: bool = False) -> None:
    """Add a rule of an upper app's: ``rule(messages)`` tells of each why it is skipped, or "".

    It is asked when mails are written and again when they are sent: what it asks about may have changed meanwhile.
    With ``when_sent`` only then.
    """
    (WHEN_SENT if when_sent else ALWAYS).append(rule)


def check(messages: Sequence[OutboxMessage]) -> list[str]:
    """The first reason against writing each of these mails; "" is leave to write it."""
    return _first_reasons([*ALWAYS, *WHEN_WRITTEN], messages)


def check_again(messages: Sequence[OutboxMessage]) -> list[str]:
    """The same when they are about to be sent; what was counted when they were written is not counted again."""
    return _first_reasons([*ALWAYS, *WHEN_SENT], messages)


def getting(kind: str, rows: Iterable[Any]) -> list[Any]:
    """Those of ``rows`` to whom a mail of this kind about themselves would go now; nothing is written.

    A row has ``email`` and ``language``; whoever has no address gets none.
    """
    reachable = [row for row in rows if row.email]
    now = timezone.now()
    mails = [
        OutboxMessage(kind=kind, to=row.email, about_label=row._meta.label, about_pk=str(row.pk), created_at=now)
        for row in reachable
    ]
    return [row for row, reason in zip(reachable, check(mails), strict=True) if not reason]


def _first_reasons(rules: list[Rule], messages: Sequence[OutboxMessage]) -> list[str]:
    """A rule is not asked about what an earlier one has stopped."""
    reasons = [""] * len(messages)
    for rule in rules:
        left = [number for number, reason in enumerate(reasons) if not reason]
        if left:
            for number, reason in zip(left, rule([messages[each] for each in left]), strict=True):
                reasons[number] = reason
    return reasons
