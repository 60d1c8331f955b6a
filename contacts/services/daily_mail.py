"""What waits, told by mail on a working day to those who chose it: numbers only, for a mail leaves the house."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from contacts.models import DailyMail, FollowUp
from contacts.services import invitations
from contacts.services.linking import corrections, waiting
from content.models.holidays import is_public_holiday
from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.mail.models import OutboxMessage
from outreach.queue.enqueue import enqueue

KIND = "contacts.digest"
EVERY = timedelta(minutes=10)
FROM, UNTIL = time(7), time(12)  # in Denmark: a mail about the morning is of no use later


@dataclass(frozen=True)
class Waiting:
    """How many of each wait for one officer."""

    overdue: int
    today: int
    this_week: int
    meetings: int
    proposals: int

    def __bool__(self) -> bool:
        return any((self.overdue, self.today, self.this_week, self.meetings, self.proposals))


@transaction.atomic
def choose(user: User, *, wanted: bool) -> None:
    """From now on the mail comes, or does not."""
    if wanted:
        _row, changed = DailyMail.objects.get_or_create(user=user)
    else:
        changed, _rows = DailyMail.objects.visible_to(user).delete()
    if changed:
        record("change", user, actor=user, reason="daily mail on" if wanted else "daily mail off")


def is_time(now: datetime) -> bool:
    """Whether it is a morning of a working day in Denmark."""
    local = timezone.localtime(now)
    working = local.isoweekday() <= 5 and not is_public_holiday(local.date())
    return working and FROM <= local.time() < UNTIL


def begin(now: datetime) -> int:
    """Ask for the mail of each officer who wants one and for whom nobody has looked today; returns how many."""
    if not is_time(now):
        return 0
    wanted = DailyMail.objects.of_readers().unsettled(timezone.localdate(now)).order_by("pk")
    users = list(wanted.values_list("user", flat=True))
    for user in users:
        enqueue("contacts.daily_mail", user)
    return len(users)


def take(user_id: UUID, *, now: datetime) -> tuple[DailyMail, Waiting] | None:
    """The choice of a colleague and what waits for them: once a day, in the morning, and only if anything does."""
    today = timezone.localdate(now)
    mine = DailyMail.objects.filter(user=user_id)
    choice = mine.of_readers().select_related("user").first()
    if not choice or not is_time(now) or not mine.settle(today):
        return None
    counted = what_waits(choice.user, today=today)
    return (choice, counted) if counted else None


def what_waits(user: User, *, today: date) -> Waiting:
    """Counted as the workspace would for ``user``, whoever asks."""
    own = FollowUp.objects.visible_to(user).owned_by(user).open()
    promise, week = Q(starts_at=None), today + timedelta(days=7)
    counts = own.aggregate(
        overdue=Count("pk", filter=promise & Q(due_on__lt=today)),
        today=Count("pk", filter=promise & Q(due_on=today)),
        this_week=Count("pk", filter=promise & Q(due_on__gt=today, due_on__lte=week)),
        meetings=Count("pk", filter=Q(starts_at__isnull=False, due_on=today)),
    )
    proposals = [waiting(user), corrections(user), invitations.free(user)]
    return Waiting(**counts, proposals=sum(rows.count() for rows in proposals))


def too_late(messages: Sequence[OutboxMessage]) -> list[str]:
    """A rule of the gate: why a daily mail is skipped, or "". Its morning is over by noon, and who left gets none."""
    return [_too_late(message) for message in messages]


def _too_late(message: OutboxMessage) -> str:
    if message.kind != KIND:
        return ""
    now = timezone.now()
    if timezone.localdate(message.created_at) != timezone.localdate(now) or not is_time(now):
        return "its morning has passed"
    wanted = DailyMail.objects.of_readers().filter(pk=message.about_pk).exists()
    return "" if wanted else "no longer wanted"
