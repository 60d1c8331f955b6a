"""For whom PostgreSQL is asked where a test calls a service past the page that would say it."""

from django.db import connection

from outreach.wall import context
from tests.contacts.factories import TODAY


def ask_for(user) -> None:
    """To the end of the test. Past Django, which would count it among the queries of what is called."""
    if connection.vendor == "postgresql":
        said = [context.USER, str(user.pk), context.ROLE, user.role, context.TODAY, TODAY.isoformat(), context.ALSO]
        connection.connection.execute(context.SET, said)
