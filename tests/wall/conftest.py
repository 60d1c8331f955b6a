"""The wall, put up once around the database of this run, and connections of those who meet it."""

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection


@pytest.fixture(scope="session")
def wall(django_db_setup, django_db_blocker):
    """The three roles with their grants and policies, on the database the tests fill."""
    with django_db_blocker.unblock():
        call_command("grants", verbosity=0)


@pytest.fixture
def connect(wall, db, postgresql_server):
    """``connect("public")`` is a connection of that role to the same database. It sees what is committed."""
    sessions = []

    def connect(face: str) -> psycopg.Connection:
        url = postgresql_server.url(connection.settings_dict["NAME"], role=f"outreach_{face}")
        sessions.append(psycopg.connect(url, autocommit=True))
        return sessions[-1]

    yield connect
    for session in sessions:
        session.close()
