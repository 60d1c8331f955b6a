"""How the bench tells late readings from those in time."""

import pytest

from tools.bench.storm import Outcome, judge

pytestmark = pytest.mark.once

PUBLISHED = [(100.0, 1), (200.0, 2)]


@pytest.mark.parametrize(
    ("asked_at", "edition", "late", "stale"),
    [(99, 0, 0, 0), (100, 1, 0, 0), (101, 0, 1, 0), (161, 0, 1, 1), (199, 2, 0, 0), (259, 1, 1, 0), (260, 1, 1, 1)],
)
def test_a_reading_is_late_when_a_newer_edition_was_there_and_stale_after_a_minute(asked_at, edition, late, stale):
    assert judge([(asked_at, edition)], PUBLISHED, errors=0) == Outcome(reads=1, errors=0, late=late, stale=stale)
