"""The table of grants names every model and no other."""

import pytest
from django.db import models

from outreach.wall.grants import TABLE, Access
from outreach.wall.tables import concrete_models

ONLY_ON_SQLITE = {"wagtailsearch.SQLiteFTSIndexEntry"}


def test_every_model_is_classified():
    assert concrete_models().keys() - TABLE.keys() == set()


def test_no_row_outlives_its_model():
    assert TABLE.keys() - concrete_models().keys() - ONLY_ON_SQLITE == set()


def test_whoever_inserts_without_reading_needs_a_key_made_in_python():
    """``INSERT … RETURNING`` of a key the database makes needs SELECT (findings.md)."""
    blind = {
        label: model
        for label, model in concrete_models().items()
        for letters in (TABLE[label].public, TABLE[label].internal, TABLE[label].worker)
        if "I" in letters and "S" not in letters
    }

    assert blind
    assert [label for label, model in blind.items() if isinstance(model._meta.pk, models.AutoField)] == []


@pytest.mark.parametrize("letters", ["X", "SS", "s"])
def test_a_letter_that_means_nothing_is_refused(letters):
    with pytest.raises(ValueError, match="letters"):
        Access(public=letters)
