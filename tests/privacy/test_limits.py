from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import RequestFactory

from outreach.privacy.limits import PER_SOURCE, Use, allow, forget, source
from outreach.privacy.models import Hit

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 2, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))
HOUR = timedelta(hours=1)


def tries(number, *, what="192.0.2.7", scope="register", limit=3, now=NOON):
    return [allow(Use(scope, what, limit), now=now) for _ in range(number)]


def request(remote="192.0.2.7", **headers):
    return RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)


def test_a_source_is_held_back_after_its_limit_and_another_is_not():
    assert tries(4) == [True, True, True, False]
    assert tries(1, what="192.0.2.8") == [True]
    assert tries(1, scope="cancel") == [True]


def test_thirty_honest_people_behind_one_address_get_through():
    assert all(tries(30 * 4, limit=PER_SOURCE))


def test_the_limit_forgets_when_its_window_has_passed():
    tries(3)

    assert tries(1, now=NOON + HOUR - timedelta(seconds=1)) == [False]
    assert tries(1, now=NOON + HOUR) == [True]


def test_a_refused_use_costs_nothing():
    tries(3)
    tries(50, now=NOON + timedelta(minutes=30))

    assert Hit.objects.count() == 3
    assert tries(1, now=NOON + HOUR) == [True]


def test_two_uses_at_once_need_room_for_two():
    tries(2)
    twice, once = [Use("register", "192.0.2.7", 3)] * 2, Use("register to", "bo@example.org", 3)

    assert not allow(*twice, once, now=NOON)
    assert Hit.objects.count() == 2
    assert allow(twice[0], once, now=NOON)
    assert Hit.objects.count() == 4


def test_uses_are_counted_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert allow(*[Use("register to", f"{number}@example.org", 30) for number in range(11)], now=NOON)


def test_the_limit_holds_across_midnight():
    midnight = NOON.replace(hour=0) + timedelta(days=1)
    tries(3, now=midnight - timedelta(minutes=5))

    assert tries(1, now=midnight + timedelta(minutes=5)) == [False]


def test_a_hit_leads_back_to_nobody_and_changes_daily():
    tries(1)
    tries(1, now=NOON + timedelta(days=1))

    first, second = Hit.objects.order_by("at")
    assert first.key != second.key
    assert "192" not in first.key + second.key
    assert len(first.key) == 64


def test_a_hash_cannot_be_made_without_the_secret_key(settings):
    tries(1)
    settings.SECRET_KEY = "another secret"
    tries(1)

    assert Hit.objects.values("key").distinct().count() == 2


def test_an_address_counts_the_same_however_it_is_written():
    assert tries(2, what="Bo@Example.org", limit=3) + tries(2, what=" bo@example.org", limit=3) == [True] * 3 + [False]


def test_a_window_longer_than_a_day_is_refused():
    with pytest.raises(ValueError, match="window"):
        allow(Use("register", "x", 1), window=timedelta(days=2), now=NOON)


def test_hits_are_forgotten_after_two_days():
    for hours in (0, 47, 49):
        tries(1, now=NOON - timedelta(hours=hours))

    assert forget(NOON) == 1
    assert Hit.objects.count() == 2


def test_a_forged_header_changes_nothing():
    assert source(request(**{"X-Forwarded-For": "203.0.113.9"})) == "192.0.2.7"


def test_behind_our_proxy_the_entry_it_wrote_counts(settings):
    settings.BEHIND_PROXY = True

    assert source(request("10.0.0.1", **{"X-Forwarded-For": "203.0.113.9"})) == "203.0.113.9"
    assert source(request("10.0.0.1", **{"X-Forwarded-For": "1.2.3.4, forged, 203.0.113.9"})) == "203.0.113.9"
    assert source(request("10.0.0.1")) == "10.0.0.1"


@pytest.mark.parametrize(
    ("remote", "counted"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_of_a_long_address_the_network_counts(remote, counted):
    assert source(request(remote)) == counted
