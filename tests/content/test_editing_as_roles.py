"""The way of a page under the database roles that take it there, and the one that reads it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from content.models import GuidancePage
from content.services.scheduling import keep_time
from content.tasks import review_answered, review_asked
from outreach.mail.models import OutboxMessage

from .conftest import add_page
from .editing import Editor, front_page

pytestmark = pytest.mark.postgresql


def test_a_page_is_written_and_approved_inside_published_by_the_worker_and_read_outside(as_role, monkeypatch):
    now = timezone.now()
    page = add_page(front_page(), live=False)
    rikke, lis = Editor("Rikke"), Editor("Lis")

    with as_role("internal"):
        rikke.ask(page, go_live_at=timezone.localtime(now + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M"))
        state = Page.objects.get(pk=page.pk).current_workflow_state.current_task_state
        lis.answer(page)
    with as_role("public"):
        assert list(GuidancePage.objects.all()) == []

    later = now + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    with as_role("worker"):
        assert keep_time(later) == 1
        review_asked.func(state.pk)
        review_answered.func(state.pk)
        (told,) = OutboxMessage.objects.all()
        assert told.to == rikke.user.email
    with as_role("public"):
        assert [page.title for page in GuidancePage.objects.all()] == ["Ny titel"]

    Page.objects.filter(depth__gt=1).update(expire_at=now)
    with as_role("public"):
        assert not GuidancePage.objects.exists()
    with as_role("worker"):
        assert keep_time(later) == 2
