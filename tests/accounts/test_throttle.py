"""Guessing a password or a code takes longer and longer; the owner of the account is never kept out for long."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from outreach.accounts import throttle
from outreach.accounts.forgetting import forget
from outreach.accounts.models import Tries
from outreach.accounts.throttle import LONGEST, Try, seconds_to_wait
from outreach.audit.models import Entry

from .conftest import Colleague

HOME, AWAY = "192.0.2.7", "203.0.113.9"
START = datetime(2026, 9, 1, 9, tzinfo=timezone.get_default_timezone())
WRONG = "some other words entirely"
WAIT = re.compile(r"Vent (\d+) sekund")


@pytest.fixture
def clock(time_machine):
    """``clock(90)``: it is a minute and a half later."""
    now = START
    time_machine.move_to(now, tick=False)

    def clock(seconds: float):
        nonlocal now
        now += timedelta(seconds=seconds)
        time_machine.move_to(now, tick=False)

    return clock


def at(kim, place: str) -> Colleague:
    """The same colleague, or whoever says so, in a browser elsewhere."""
    other = Colleague(kim.user)
    other.client, other.secret = Client(REMOTE_ADDR=place), kim.secret
    return other


def wait_of(page) -> int:
    """The seconds a page asks to wait; 0: it does not."""
    return int(found[1]) if (found := WAIT.search(page.text)) else 0


def guess(kim, many: int, clock, *, send) -> list[int]:
    """Guess as often and as fast as one may; how long each time."""
    waits = []
    while len(waits) < many:
        waited = 0
        while wait := wait_of(send()):
            waited += wait
            clock(wait)
        waits.append(waited)
    return waits


def test_each_wrong_password_takes_longer_up_to_half_a_minute(colleague, clock):
    kim = colleague()

    waits = guess(kim, 12, clock, send=lambda: kim.sign_in(WRONG))

    assert waits[:8] == [0, 0, 0, 1, 2, 4, 8, 16]
    assert max(waits) <= LONGEST.total_seconds()
    assert waits[-1] >= 15


def test_after_a_hundred_wrong_tries_from_elsewhere_the_owner_is_in_within_half_a_minute(colleague, clock):
    kim = colleague()
    stranger, owner = at(kim, AWAY), at(kim, HOME)
    guess(kim, 100, clock, send=lambda: stranger.sign_in(WRONG))

    wait = wait_of(owner.sign_in())
    for _second in range(wait):  # they do not stop meanwhile
        stranger.sign_in(WRONG)
        clock(1)

    assert wait <= 30
    assert owner.sign_in().url == reverse("account_start")


def taken_from(places: list[Try], seconds: int) -> int:
    """How many tries are let through when all places try every second."""
    every = [START + timedelta(seconds=second) for second in range(seconds)]
    return sum(not seconds_to_wait(place, now=now) for now in every for place in places)


def test_many_places_at_once_guess_no_faster_than_two_a_minute_each_and_keep_nobody_out(db):
    places = [Try("password", "kim@example.org", f"198.51.100.{number}") for number in range(20)]
    owner, now = Try("password", "kim@example.org", HOME), START + timedelta(minutes=1)

    assert taken_from(places, 60) <= 6 + 2 * len(places)
    wait = seconds_to_wait(owner, now=now)
    assert 0 < wait <= 30
    assert seconds_to_wait(owner, now=now + timedelta(seconds=wait)) == 0


def test_a_code_is_guessed_no_faster_from_many_places_than_from_one(db):
    """Whoever guesses here knows the password."""
    places = [Try("code", "kim", f"198.51.100.{number}", in_turn=True) for number in range(20)]

    assert taken_from(places, 120) <= 16


def test_from_where_the_account_was_entered_today_nobody_elsewhere_slows_it_down(colleague, clock):
    kim = colleague()
    at(kim, HOME).sign_in()
    guess(kim, 40, clock, send=lambda: at(kim, AWAY).sign_in(WRONG))

    assert at(kim, HOME).sign_in().status_code == 302


def test_one_place_that_tries_many_accounts_is_slowed_down(colleague, clock):
    kim = colleague()
    client = Client(REMOTE_ADDR=AWAY)

    def spray(number):
        form = {"login": f"nobody{number}@example.org", "password": WRONG}
        return wait_of(client.post(reverse("account_login"), form))

    waits = [spray(number) for number in range(63)]

    assert not any(waits[:60])
    assert all(waits[61:])
    assert at(kim, HOME).sign_in().status_code == 302


def test_thirty_colleagues_behind_one_address_come_in_at_once(colleague, clock):
    for _number in range(30):
        kim = at(colleague(), HOME)
        kim.sign_in(WRONG)
        assert kim.sign_in().status_code == 302


def test_inside_a_delay_the_right_password_gets_the_same_answer_as_a_wrong_one(colleague, clock):
    kim = colleague()
    guess(kim, 6, clock, send=lambda: kim.sign_in(WRONG))

    wrong, right = kim.sign_in(WRONG), kim.sign_in()

    assert wait_of(right) == wait_of(wrong) == 8
    assert right.status_code == wrong.status_code == 200
    clock(8)
    assert kim.sign_in().status_code == 302


def test_an_unknown_account_is_answered_and_slowed_down_like_a_known_one(colleague, clock):
    answers = []
    for number, email in enumerate([colleague().user.email, "nobody@example.org"]):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        send = {"login": email, "password": WRONG}
        told = []
        for _try in range(6):
            with CaptureQueriesContext(connection) as queries:
                page = client.post(reverse("account_login"), send)
            told.append((page.status_code, page.context["form"].non_field_errors(), len(queries)))
        answers.append(told)

    assert answers[0] == answers[1]


def test_guessing_codes_elsewhere_keeps_the_owner_out_for_half_a_minute_at_most(two_factors, colleague, clock):
    kim = colleague()
    kim.sign_in()
    kim.enrol()
    stranger, owner = at(kim, AWAY), at(kim, HOME)
    stranger.sign_in()
    owner.sign_in()
    guess(kim, 30, clock, send=lambda: stranger.show_code("000000"))

    wait = wait_of(owner.show_code())
    clock(wait)

    assert wait <= 30
    assert owner.show_code().status_code == 302


def test_what_is_asked_for_again_is_throttled_too(two_factors, colleague, clock):
    kim = colleague()
    kim.sign_in()
    kim.enrol()
    pages = {"mfa_reauthenticate": {"code": "000000"}, "account_change_password": {"oldpassword": WRONG}}

    for name, sent in pages.items():
        waits = [wait_of(kim.client.post(reverse(name), sent)) for _try in range(5)]
        assert not any(waits[:3])
        assert waits[4]


def test_asking_for_a_link_again_and_again_takes_longer_known_or_not(colleague, clock):
    for number, email in enumerate([colleague().user.email, "nobody@example.org"]):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")

        pages = [client.post(reverse("account_reset_password"), {"email": email}) for _try in range(4)]

        assert [page.status_code for page in pages] == [302, 302, 302, 200]
        assert wait_of(pages[3]) == 1


def test_no_place_and_no_account_stands_in_the_table_and_it_is_empty_the_day_after(colleague, clock):
    kim = at(colleague(), HOME)
    kim.sign_in(WRONG)

    kept = str(list(Tries.objects.values()))

    assert Tries.objects.count() == 3
    assert HOME not in kept and kim.user.email not in kept
    forget(START + timedelta(days=1, seconds=1))
    assert not Tries.objects.exists()


def test_a_failure_stands_in_the_trail_and_a_refused_try_does_not(colleague, clock):
    kim = colleague()
    for _try in range(8):
        kim.sign_in(WRONG)
    kim.client.post(reverse("account_login"), {"login": "nobody@example.org", "password": WRONG})

    failures = Entry.objects.filter(verb="refuse", reason="sign-in: password")
    assert sorted(entry.object_id for entry in failures) == ["", *[str(kim.user.pk)] * 3]
    assert not Entry.objects.filter(reason__contains="nobody").exists()


@pytest.mark.django_db(transaction=True)
def test_a_hundred_at_the_same_moment_get_no_further_than_a_hundred_in_a_row():
    now = timezone.now()

    def go(number):
        try:
            return seconds_to_wait(Try("password", "kim@example.org", HOME), now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(go, range(60)))

    assert waits.count(0) == throttle.FREE_IN_LANE
