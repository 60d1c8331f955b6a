import pytest
from django.core.management import CommandError, call_command
from django.db import connection


def test_the_command_says_that_sqlite_has_no_roles(monkeypatch):
    monkeypatch.setattr(connection, "vendor", "sqlite")

    with pytest.raises(CommandError, match="PostgreSQL only"):
        call_command("grants")
