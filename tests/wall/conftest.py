"""Connections of those who meet the wall around the database of this run."""

import psycopg
import pytest
from django.db import connection


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
