"""A correction by somebody who cannot see a participant reaches that participant's rhythm all the same."""

from datetime import timedelta

import pytest

from contacts.models import Dialogue, Organisation, Person
from contacts.services.correcting import Correction, correct_dialogue
from contacts.services.logging import Present
from contacts.services.rhythm import keep_rhythm
from contacts.tasks import dialogue_corrected
from tests.contacts.factories import NOW, TODAY, OrganisationFactory, PersonFactory, dialogue

pytestmark = pytest.mark.django_db
EARLIER = TODAY - timedelta(days=30)


@pytest.fixture
def hidden(officer):
    """A person and an association of Mette's, hidden from Jonas."""
    agreed = {"owner": officer, "restricted": True, "rhythm_weeks": 4}
    return PersonFactory(**agreed), OrganisationFactory(**agreed)


@pytest.fixture
def talk(officer, colleague, hidden):
    """Mette wrote it down; Jonas was there, and Amina, whom both may see."""
    person, club = hidden
    saved = dialogue(officer, people=[PersonFactory(), person], organisations=[club], officers=[colleague])
    keep_rhythm(hidden)
    return saved


def moved(talk, actor):
    """The dialogue as ``actor`` saves it: it was a month earlier."""
    fresh = Dialogue.objects.get(pk=talk.pk)
    fresh.date = EARLIER
    present = Present(Person.objects.visible_to(actor).filter(dialogues=talk), officers=[actor])
    return correct_dialogue(fresh, Correction(present), actor=actor, today=TODAY, now=NOW)


def rhythms():
    rows = [*Person.objects.filter(restricted=True), *Organisation.objects.filter(restricted=True)]
    return {(contact.last_dialogue_on, contact.talk_by) for contact in rows}


AFTER = {(EARLIER, EARLIER + timedelta(weeks=4))}


def test_the_worker_keeps_the_rhythm_of_those_hidden_from_the_one_who_corrected(colleague, talk, work):
    moved(talk, colleague)
    work()

    assert rhythms() == AFTER


@pytest.mark.postgresql
def test_under_the_real_roles_it_takes_the_worker_to_reach_them(colleague, talk, as_role, work):
    with as_role("internal", colleague):
        moved(talk, colleague)
    assert rhythms() == {(TODAY, TODAY + timedelta(weeks=4))}

    with as_role("worker"):
        work()

    assert rhythms() == AFTER


def test_the_task_may_run_twice_and_after_the_dialogue_is_gone(colleague, talk):
    moved(talk, colleague)
    key = str(talk.pk)

    dialogue_corrected.call(key)
    dialogue_corrected.call(key)
    assert rhythms() == AFTER

    talk.delete()
    dialogue_corrected.call(key)
    assert Dialogue.objects.count() == 0
