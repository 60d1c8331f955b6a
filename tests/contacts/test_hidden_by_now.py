"""What one may see points at what one may see no longer: the page opens, and says nothing of it."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.models import Draft, SavedView
from events.models import Event
from tests.contacts.factories import (
    TODAY,
    EventFactory,
    FollowUpFactory,
    OrganisationFactory,
    PersonFactory,
    dialogue,
)

CANARY = "Kanariqa"


@pytest.fixture
def hidden(stranger):
    return PersonFactory(name=CANARY, owner=stranger, restricted=True)


@pytest.fixture
def talk(stranger, hidden):
    """A dialogue of others with somebody hidden."""
    return dialogue(stranger, people=[hidden], summary=CANARY)


def opened(desk, name, *args, **asked):
    answer = desk.get(reverse(f"workspace:{name}", args=args), asked)
    assert answer.status_code == 200
    assert CANARY not in answer.content.decode()
    return answer


@pytest.mark.parametrize("field", ["dialogue", "held_as"])
@pytest.mark.parametrize("name", ["followup", "followup_put_off", "followup_outcome"])
def test_a_promise_of_a_dialogue_that_is_hidden_by_now(desk, officer, talk, name, field):
    promise = FollowUpFactory(owner=officer, person=PersonFactory(), **{field: talk})

    opened(desk, name, promise.pk)
    opened(desk, "followups", whose="all")
    opened(desk, "today")
    opened(desk, "person", promise.person_id)


def test_a_promise_of_a_hidden_dialogue_is_changed_and_settled(desk, officer, talk):
    promise = FollowUpFactory(owner=officer, person=PersonFactory(), dialogue=talk)
    typed = {"title": "Changed", "due_on": TODAY, "owner": officer.pk}

    assert desk.post(reverse("workspace:followup", args=[promise.pk]), typed).status_code == 302
    assert desk.post(reverse("workspace:followup_done", args=[promise.pk])).status_code == 302

    promise.refresh_from_db()
    assert (promise.title, promise.dialogue_id, bool(promise.done_at)) == ("Changed", talk.pk, True)


def test_a_draft_that_names_somebody_hidden_by_now(desk, officer, hidden):
    facts = {"sequence": 1, "updated_at": timezone.now(), "user": officer}
    data = {"who": [f"person:{hidden.pk}"], "summary": ["A line."]}
    draft = Draft.objects.create(form="log", key=uuid4(), data=data, **facts)

    opened(desk, "log")
    opened(desk, "log", draft=draft.pk)
    opened(desk, "today")


def test_a_dialogue_whose_participant_and_event_are_hidden_by_now(desk, officer, stranger, hidden):
    event = EventFactory(owner=stranger, title=CANARY, status=Event.Status.DRAFT)
    mine = dialogue(officer, people=[hidden, PersonFactory()], event=event)

    for name in ("dialogue", "edit_dialogue", "dialogue_versions"):
        opened(desk, name, mine.pk)
    opened(desk, "dialogues")


def test_a_view_of_an_owner_a_topic_and_a_kind_that_are_gone(desk, officer):
    query = f"owner={uuid4()}&topic=99999&kind=none&team=999&place=municipality-9999"
    SavedView.objects.create(user=officer, table="organisations", name="Old", query=query)

    assert desk.get(f"{reverse('workspace:organisations')}?{query}").status_code == 200


def test_an_association_under_a_hidden_umbrella(desk, officer, stranger):
    umbrella = OrganisationFactory(name=CANARY, owner=stranger, restricted=True)
    club = OrganisationFactory(owner=officer, umbrella=umbrella)

    opened(desk, "organisation", club.pk)
    opened(desk, "edit_organisation", club.pk)
    opened(desk, "organisations")
