"""How the databases are spoken to."""

import pytest
from django.db import connection

from outreach.settings.databases import tuned


@pytest.mark.postgresql
def test_a_short_query_is_not_compiled_to_machine_code(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")

        assert cursor.fetchone() == ("off",)


@pytest.mark.parametrize("engine", ["django.db.backends.sqlite3", "django.db.backends.postgresql"])
def test_what_the_address_asks_for_is_kept(engine):
    options = tuned({"ENGINE": engine, "OPTIONS": {"sslmode": "require"}})["OPTIONS"]

    assert options["sslmode"] == "require"
    assert len(options) > 1
