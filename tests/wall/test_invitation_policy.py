"""What the public role may do to an invitation to a dialogue: hand in an unconfirmed one, and nothing else."""

from uuid import uuid4

import psycopg
import pytest
from django.db import models
from psycopg.types.json import Jsonb

from events.models import DialogueRequest
from outreach.accounts.models import User
from tests.wall.test_policies import NOW, insert, visitor

__all__ = ["visitor"]
pytestmark = pytest.mark.postgresql
TEXTS = [
    field.name for field in DialogueRequest._meta.fields if isinstance(field, models.CharField | models.TextField)
]


def hand_in(session, **facts):
    row = dict.fromkeys(TEXTS, "") | {"id": uuid4(), "status": "pending", "online": True, "themes": Jsonb([])}
    insert(session, "events_dialoguerequest", row | {"language": "da", "created_at": NOW, **facts})


def test_a_visitor_hands_in_an_unconfirmed_invitation_and_nothing_else(visitor):
    officer = User.objects.create_user("ida@example.org", name="Ida")
    hand_in(visitor)

    for facts in (
        {"status": "confirmed", "confirmed_at": NOW},
        {"confirmed_at": NOW},
        {"closed_at": NOW},
        {"handler_id": officer.pk},
        {"answer": "Yes"},
        {"themes": Jsonb({"a": 1})},
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            hand_in(visitor, **facts)
    for statement in (
        "SELECT id FROM events_dialoguerequest",
        "UPDATE events_dialoguerequest SET status = 'confirmed'",
        "DELETE FROM events_dialoguerequest",
        "SELECT hash FROM events_dialoguerequesttoken",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            visitor.execute(statement)
    assert DialogueRequest.objects.get().status == "pending"
