"""When a promise is overdue, due today, due within the week, or later."""

from datetime import timedelta

import pytest

from contacts.models import FollowUp
from tests.contacts.factories import NOW, TODAY, FollowUpFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def promises():
    days = {"overdue": -1, "today": 0, "tomorrow": 1, "in a week": 7, "later": 8}
    for title, offset in days.items():
        FollowUpFactory(title=title, due_on=TODAY + timedelta(days=offset))
    FollowUpFactory(title="done", due_on=TODAY - timedelta(days=1), done_at=NOW)


def titles(queryset):
    return [follow_up.title for follow_up in queryset]


def test_each_open_promise_is_in_one_group_and_a_done_one_in_none(promises):
    assert titles(FollowUp.objects.overdue(TODAY)) == ["overdue"]
    assert titles(FollowUp.objects.today(TODAY)) == ["today"]
    assert titles(FollowUp.objects.this_week(TODAY)) == ["tomorrow", "in a week"]
    assert titles(FollowUp.objects.later(TODAY)) == ["later"]
    assert titles(FollowUp.objects.done()) == ["done"]


def test_a_promise_with_a_time_of_day_is_a_planned_conversation(promises):
    meeting = FollowUpFactory(title="visit", starts_at="13:00")

    assert meeting.is_meeting
    assert list(FollowUp.objects.meetings()) == [meeting]
    assert meeting not in FollowUp.objects.promises()
