import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import translation

from contacts.models import Topic
from tests.contacts.factories import NOW, OfficerFactory, TeamFactory


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True, scope="session")
def wall_before_any_test(request):
    """Roles made within the transaction of a test would go with it."""
    if connection.vendor == "postgresql":
        request.getfixturevalue("wall")


@pytest.fixture(autouse=True)
def under_the_internal_role(request, monkeypatch):
    """On PostgreSQL every page is asked for as in production: by the internal role, behind the second lock."""
    if connection.vendor != "postgresql" or "db" not in request.fixturenames:
        return
    as_role, ask = request.getfixturevalue("as_role"), Client.request

    def asked(client, **environ):
        if not connection.in_atomic_block:  # a test that commits: what it made may belong to another connection
            return ask(client, **environ)
        connection.connection.execute("SAVEPOINT page")
        try:
            with as_role("internal"):
                return ask(client, **environ)
        finally:
            if connection.needs_rollback:  # an error: in production the page had a transaction of its own
                connection.connection.execute("ROLLBACK TO SAVEPOINT page")
                connection.set_rollback(False)

    monkeypatch.setattr(Client, "request", asked)


@pytest.fixture
def monday():
    """Monday 23 November 2026, nine in the morning in Copenhagen."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def team(db):
    return TeamFactory(name="Team East")


@pytest.fixture
def officer(team):
    return OfficerFactory(name="Mette Lund", teams=[team])


@pytest.fixture
def colleague(team):
    return OfficerFactory(name="Jonas Friis", teams=[team])


@pytest.fixture
def stranger(db):
    """An officer of another team: no grant, no event, no part in any dialogue."""
    return OfficerFactory(name="Emma Clarke", teams=[TeamFactory(name="Team West")])


@pytest.fixture
def desk(client, officer, monday):
    """The officer, signed in to the workspace on that Monday."""
    client.force_login(officer)
    return client


@pytest.fixture
def topics(db):
    pairs = [("Forældre", "Parents"), ("Lokaler", "Premises")]
    return [Topic.objects.create(name_da=danish, name_en=english) for danish, english in pairs]
