"""When the public forms ask for the e-mail only."""

from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from outreach.audit.models import Entry
from outreach.privacy import limits, siege
from outreach.privacy.models import Siege
from outreach.privacy.siege import besieged

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 2, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))
HOUR = timedelta(hours=1)


def rush(people, *, at=NOON):
    return [limits.allow(limits.in_all(), now=at) for _ in range(people)]


def test_a_siege_is_declared_for_a_time_and_ends_by_itself():
    siege.declare(NOON + 3 * HOUR, now=NOON)

    moments = (NOON - HOUR, NOON, NOON + 3 * HOUR - timedelta(seconds=1), NOON + 3 * HOUR)
    assert [besieged(moment) for moment in moments] == [False, True, True, False]


def test_a_siege_is_lifted_at_once_and_the_trail_tells_of_both():
    siege.declare(NOON + 3 * HOUR, now=NOON)

    assert siege.lift(now=NOON + HOUR)
    assert not siege.lift(now=NOON + HOUR)
    assert not besieged(NOON + HOUR)
    assert sorted(Entry.objects.values_list("verb", flat=True)) == ["change", "create"]


def test_declared_again_it_lasts_as_long_as_was_said_last():
    siege.declare(NOON + 9 * HOUR, now=NOON)
    siege.declare(NOON + 2 * HOUR, now=NOON + HOUR)

    assert [besieged(NOON + hours * HOUR) for hours in (1, 2)] == [True, False]


def test_a_rush_on_the_forms_is_a_siege_for_as_long_as_it_lasts(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(siege, "RUSH", 4)

    rush(3)
    assert not besieged(NOON)
    rush(1)
    with django_assert_num_queries(1):
        assert besieged(NOON)
    assert not besieged(NOON + HOUR)


def test_whoever_comes_during_a_rush_is_counted_and_not_refused():
    assert limits.in_all().limit > limits.RUSH + limits.PER_SOURCE


def test_an_operator_declares_and_lifts_it_without_a_restart():
    said = StringIO()
    call_command("siege", hours=2, stdout=said)
    assert besieged(timezone.now())
    call_command("siege", lift=True, stdout=said)
    assert not besieged(timezone.now())
    call_command("siege", stdout=said)

    assert [line.split()[3] for line in said.getvalue().splitlines()] == ["ask", "are", "are"]
    assert Siege.objects.count() == 1


@pytest.mark.parametrize("options", [{"hours": 0}, {"hours": 169}, {"hours": 2, "lift": True}])
def test_a_siege_without_end_is_refused(options):
    with pytest.raises(CommandError, match="1 to 168"):
        call_command("siege", **options)
