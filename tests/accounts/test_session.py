"""How long a session stays open while it is used, and when it is left alone."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from outreach.accounts.models import Role, Session

SESSIONS = "django.contrib.sessions.middleware.SessionMiddleware"
INSIDE = "/workspace/"
START = datetime(2026, 9, 1, 9, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def half_an_hour(settings):
    """As on the internal face: idle after half an hour."""
    settings.SESSION_COOKIE_AGE = 30 * 60
    place = settings.MIDDLEWARE.index(SESSIONS) + 1
    renewed = "outreach.accounts.middleware.renewed_session"
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:place], renewed, *settings.MIDDLEWARE[place:]]


@pytest.fixture
def browser(half_an_hour, colleague):
    kim = colleague(Role.OFFICER)
    kim.client.force_login(kim.user)
    return kim.client


def at(time_machine, minutes: float) -> None:
    time_machine.move_to(START + timedelta(minutes=minutes), tick=False)


def test_a_session_in_use_stays_open_and_an_idle_one_ends(time_machine, half_an_hour, colleague):
    at(time_machine, 0)
    kim = colleague(Role.OFFICER)
    kim.client.force_login(kim.user)

    for minutes in (1, 25, 50, 75):
        at(time_machine, minutes)
        assert kim.client.get(INSIDE).status_code == 200
    at(time_machine, 106)

    assert kim.client.get(INSIDE).status_code == 302


def test_a_session_is_written_once_a_minute_not_once_a_request(time_machine, browser):
    at(time_machine, 0)
    browser.get(INSIDE)

    written = []
    for minutes in (0.2, 0.9, 1.1):
        at(time_machine, minutes)
        with CaptureQueriesContext(connection) as asked:
            browser.get(INSIDE)
        statements = [query["sql"] or "" for query in asked.captured_queries]
        written.append(sum(statement.startswith('UPDATE "accounts_session"') for statement in statements))

    assert written == [0, 0, 1]


def test_a_stranger_gets_no_session_by_looking(db, half_an_hour, client):
    client.cookies["sessionid"] = "made-up"

    client.get(INSIDE)

    assert not Session.objects.exists()


def test_nobody_stays_signed_in_for_more_than_ten_hours_however_busy(time_machine, half_an_hour, colleague):
    at(time_machine, 0)
    kim = colleague(Role.OFFICER)
    kim.client.force_login(kim.user)

    for minutes in range(20, 600, 20):
        at(time_machine, minutes)
        assert kim.client.get(INSIDE).status_code == 200
    at(time_machine, 600.1)

    assert kim.client.get(INSIDE).status_code == 302


def test_the_table_of_sessions_opens_none(browser):
    (row,) = Session.objects.values_list("session_key", "session_data")

    assert browser.session.session_key not in " ".join(row)
    browser.cookies["sessionid"] = row[0]
    assert browser.get(INSIDE).status_code == 302


def test_a_page_that_stands_open_keeps_nobody_signed_in(time_machine, half_an_hour, colleague):
    """Wagtail's editor tells every few seconds that it is open."""
    at(time_machine, 0)
    kim = colleague(Role.EDITOR)
    kim.client.force_login(kim.user)
    kim.client.get("/account/")

    for minutes in (10, 20, 29):
        at(time_machine, minutes)
        kim.client.post("/admin/editing-sessions/ping/wagtailcore/page/1/1/")
    at(time_machine, 31)

    assert kim.client.get("/account/").status_code == 302
