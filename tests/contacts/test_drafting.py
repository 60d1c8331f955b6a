"""A draft is kept per page, read by whoever typed it, and gone once its form is saved."""

from datetime import timedelta
from uuid import uuid4

import pytest

from contacts.models import Draft
from contacts.services.drafting import MOST_DRAFTS, MOST_TEXT, Continued, Page, TooMuch, keep_draft, used_up
from outreach.accounts.models import User
from outreach.privacy import retention
from tests.contacts.factories import NOW
from tests.events.test_concurrency import at_once


@pytest.fixture
def page(officer):
    return Page(officer, "log")


def kept(page, text, *, sequence=1, now=NOW):
    return keep_draft(page, {"summary": [text]}, sequence=sequence, now=now)


def texts(user):
    return sorted(draft.typed["summary"] for draft in Draft.objects.visible_to(user))


def test_a_page_has_one_draft_however_often_it_is_saved(page, officer):
    kept(page, "We talked", sequence=1)
    kept(page, "We talked about premises", sequence=2)

    assert texts(officer) == ["We talked about premises"]


def test_a_save_that_comes_late_changes_nothing(page, officer):
    kept(page, "All of it", sequence=7)

    draft = kept(page, "Half of it", sequence=6, now=NOW + timedelta(minutes=1))

    assert texts(officer) == ["All of it"]
    assert draft.updated_at == NOW


def test_two_tabs_of_one_form_are_two_drafts(page, officer):
    kept(page, "In the first tab")
    kept(Page(officer, "log"), "In the second tab")

    assert texts(officer) == ["In the first tab", "In the second tab"]


def test_nobody_else_reads_a_draft(page, officer, colleague):
    kept(page, "Only for me")

    assert texts(colleague) == []


def test_whoever_left_the_work_with_contacts_reads_no_draft(page, officer):
    kept(page, "Only for me")
    User.objects.update(role="editor")
    officer.refresh_from_db()

    assert texts(officer) == []


def test_the_same_key_of_another_colleague_is_another_draft(page, officer, colleague):
    kept(page, "Mine")
    kept(Page(colleague, "log", key=page.key), "Theirs", sequence=9)

    assert (texts(officer), texts(colleague)) == (["Mine"], ["Theirs"])


def test_a_page_that_goes_on_with_a_draft_takes_its_place(page, officer):
    first = kept(page, "Begun")

    kept(Page(officer, "log", continued=Continued(first.pk, first.sequence)), "Begun and ended")

    assert texts(officer) == ["Begun and ended"]


def test_a_draft_that_grew_meanwhile_in_its_own_tab_stays(page, officer):
    first = kept(page, "Begun", sequence=1)
    kept(page, "Begun here", sequence=2)

    kept(Page(officer, "log", continued=Continued(first.pk, 1)), "Begun there")

    assert texts(officer) == ["Begun here", "Begun there"]


def test_what_was_continued_is_read_back_and_nonsense_is_not(page):
    continued = Continued(uuid4(), 5)

    assert Continued.read(str(continued)) == continued
    assert [Continued.read(text) for text in ("", "x", f"{continued.pk}:x", "\x00:1")] == [None] * 4


def test_saving_the_form_drops_its_draft_and_the_one_it_went_on_with(page, officer):
    first = kept(page, "Begun")
    kept(Page(officer, "log"), "Something else")

    with used_up(Page(officer, "log", continued=Continued(first.pk, first.sequence))):
        pass

    assert texts(officer) == ["Something else"]


def test_a_form_that_is_not_saved_keeps_its_draft(page, officer):
    kept(page, "Precious")

    with pytest.raises(RuntimeError), used_up(page):
        raise RuntimeError

    assert texts(officer) == ["Precious"]


def test_a_text_longer_than_any_form_takes_is_refused(page):
    with pytest.raises(TooMuch):
        kept(page, "x" * (MOST_TEXT + 1))


def test_nobody_fills_the_table(page, officer):
    empty = {"user": officer, "form": "log", "data": {}, "sequence": 1, "updated_at": NOW}
    Draft.objects.bulk_create(Draft(key=uuid4(), **empty) for _ in range(MOST_DRAFTS))

    with pytest.raises(TooMuch):
        kept(page, "One more")
    assert Draft.objects.count() == MOST_DRAFTS


def test_a_draft_is_forgotten_14_days_after_the_last_word(page, officer):
    kept(page, "Old", now=NOW - timedelta(days=14))
    kept(Page(officer, "log"), "Younger", now=NOW - timedelta(days=13))

    retention.run(NOW)

    assert texts(officer) == ["Younger"]


@pytest.mark.django_db(transaction=True)
def test_two_first_saves_at_the_same_moment_leave_the_newer(page, officer):
    at_once(lambda: kept(page, "Newer", sequence=2), lambda: kept(page, "Older", sequence=1))

    assert texts(officer) == ["Newer"]
