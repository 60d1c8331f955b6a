"""What goes, and when: rules as data, registered by the app that owns the rows, run every hour.

A period can be set per rule in ``RETENTION_DAYS``: the owner of a register decides it, not the code.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from .models import Receipt


@dataclass(frozen=True)
class Rule:
    """Rows whose ``trigger`` lies ``days`` back are erased, or lose the text of the fields in ``blank``.

    Where both are too coarse, ``forget(rows, now)`` takes out what is due and says of how many rows.
    ``due(moment)`` gives the rows whose trigger lies before ``moment``, without those already dealt with.
    """

    name: str
    trigger: str
    days: int
    due: Callable[[datetime], QuerySet]
    basis: str
    blank: tuple[str, ...] = ()  # empty: the rows are erased
    forget: Callable[[QuerySet, datetime], int] | None = None

    @property
    def period(self) -> timedelta:
        return timedelta(days=settings.RETENTION_DAYS.get(self.name, self.days))

    def rows(self, now: datetime) -> QuerySet:
        """What the rule would touch at ``now``."""
        return self.due(now - self.period)

    def apply(self, now: datetime) -> int:
        """Erase or blank what is due; returns how many rows, and leaves a receipt if there were any."""
        rows = self.rows(now)
        if self.forget:
            count = self.forget(rows, now)
        elif self.blank:
            count = rows.update(**dict.fromkeys(self.blank, ""))
        else:
            count = rows.delete()[1].get(rows.model._meta.label, 0)
        if count:
            Receipt.objects.create(rule=self.name, at=now, count=count)
        return count


RULES: dict[str, Rule] = {}


def register(rule: Rule) -> None:
    """Add a rule; for ``apps.ready`` of the app that owns the rows."""
    if rule.name in RULES:
        raise ValueError(f"There is a retention rule called {rule.name} already.")
    RULES[rule.name] = rule


def run(now: datetime) -> dict[str, int]:
    """Apply every rule; returns the number of rows each touched. Run twice, the second time touches none."""
    return {rule.name: rule.apply(now) for rule in RULES.values()}
