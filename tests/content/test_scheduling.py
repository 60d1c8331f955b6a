"""A page comes out and goes at the minute its editors chose, and not before a colleague has approved it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from content.models import GuidancePage
from content.services.scheduling import keep_time
from outreach.queue import periodic

from .conftest import add_page
from .editing import Editor, front_page

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
NOON = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + 24 * HOUR


@pytest.fixture
def at(monkeypatch):
    """``at(NOON)`` keeps time as the worker's tick of that moment does."""

    def at(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return keep_time(moment)

    return at


@pytest.fixture
def page(db):
    return add_page(front_page())


def approve(page, **fields):
    """Let these changes out, or put them down for their time."""
    page = GuidancePage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def live(page):
    """What readers meet: the title, or None."""
    return GuidancePage.objects.filter(pk=page.pk, live=True).values_list("title", flat=True).first()


def test_an_approved_page_comes_out_at_its_time_and_not_a_second_before(page, at):
    """Until then the old text stands, of a page that was loaded from a file too."""
    rikke, lis = Editor("Rikke"), Editor("Lis")
    rikke.ask(page, go_live_at=timezone.localtime(NOON).strftime("%Y-%m-%d %H:%M"))
    assert live(page) == "Ny"
    assert keep_time(NOON + HOUR) == 0  # nobody has approved it
    lis.answer(page)

    assert (at(NOON - SECOND), live(page)) == (0, "Ny")
    assert (at(NOON), live(page)) == (1, "Ny titel")
    assert (at(NOON + SECOND), live(page)) == (0, "Ny titel")
    assert Page.objects.get(pk=page.pk).get_latest_revision().user == rikke.user


def test_it_goes_at_its_time_once(page, at):
    approve(page, expire_at=NOON)

    assert (at(NOON - SECOND), live(page)) == (0, "Ny")
    assert (at(NOON), live(page)) == (1, None)
    assert at(NOON + SECOND) == 0
    assert Page.objects.get(pk=page.pk).expired


def test_what_is_approved_for_later_comes_though_the_old_text_went(page, at):
    approve(page, expire_at=NOON)
    approve(page, title="Senere", go_live_at=NOON + HOUR, expire_at=None)

    assert (at(NOON), live(page)) == (1, None)
    assert (at(NOON + HOUR), live(page)) == (1, "Senere")


@pytest.mark.parametrize(("expires", "reads"), [(None, "Senere"), (NOON + 2 * HOUR, None)])
def test_a_worker_that_was_away_leaves_what_would_stand_there_now(page, at, expires, reads):
    approve(page, expire_at=NOON)
    approve(page, title="Senere", go_live_at=NOON + HOUR, expire_at=expires)

    at(NOON + 3 * HOUR)

    assert live(page) == reads


def test_one_that_fails_holds_up_no_other_and_is_tried_again(page, at, caplog):
    other = add_page(page.get_parent().specific, "anden")
    for each in (page, other):
        approve(each)
        approve(each, title="Senere", go_live_at=NOON)
    broken = Page.objects.get(pk=page.pk).get_latest_revision()
    content, broken.content = broken.content, {}
    broken.save()

    at(NOON)
    assert (live(page), live(other)) == ("Ny", "Senere")
    assert "could not be kept on time" in caplog.text
    assert "Senere" not in caplog.text

    broken.content = content
    broken.save()
    at(NOON + SECOND)
    assert live(page) == "Senere"


@pytest.mark.once
def test_the_worker_looks_every_minute():
    assert periodic.JOBS["content.keep_time"].every == timedelta(minutes=1)
