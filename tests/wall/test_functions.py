"""The functions that run as their owner: each tells its caller nothing but what the caller may know anyway.

A new one without a row here fails. Each is called as a session could that has got hold of the role's connection.
"""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from contacts.models import Affiliation, Person, RegistrationLink
from outreach.accounts.models import Role
from outreach.wall import context
from outreach.wall.grants import FUNCTIONS
from outreach.wall.roles import FACES
from tests.contacts.factories import (
    AffiliationFactory,
    OfficerFactory,
    OrganisationFactory,
    PersonFactory,
    RegistrationFactory,
    dialogue,
    grant,
)

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]

# How many things each tells the internal role, or a yes; all about contacts that are hidden but for leave.
INTERNAL = {
    "sight_of_people": "cardinality(sight_of_people())",
    "sight_of_organisations": "cardinality(sight_of_organisations())",
    "sight_was_there": "sight_was_there(%(talk)s)",
    "sight_of_dialogue": "sight_of_dialogue(%(talk)s)",
    "sight_newest_with_person": "cardinality(sight_newest_with_person(%(person)s, 9))",
    "sight_newest_with_organisation": "cardinality(sight_newest_with_organisation(%(club)s, 9))",
    "sight_newest_of_mine": "cardinality(sight_newest_of_mine(0, 9))",
    "sight_runs": "sight_runs(%(registration)s)",
    "sight_linked": "sight_linked(%(registration)s)",
    "finding_contacts": "(SELECT count(*) FROM finding_contacts('person', 'amina', '{}', '', '{}', '{}', 9, 9, "
    "%(officer)s, %(today)s))",
    "finding_all": "(SELECT count(*) FROM finding_all('person', '', '', '{amina}', '{}', %(officer)s, %(today)s))",
    "finding_dialogues": "(SELECT count(*) FROM finding_dialogues('{spring}', '{spring}', '{}', '{}', '{}', '{}', 9, "
    "%(officer)s, %(today)s))",
}
TRIGGERS = {
    "audit_chain",
    "near_words_come",
    "near_words_go",
    "near_words_change",
    "day_of_talk_comes",
    "day_of_talk_changes",
}  # called by nobody, and by no name
COUNTED = "cardinality(sight_answers_for(%(officer)s))"  # for administrators, who see none of it
ROOM = "sight_make_room(%(person)s, NULL)"  # tells nothing, but changes a role
# How many rows each gives the public role for a link that nobody was sent.
PUBLIC = {
    **dict.fromkeys(
        ["door_view", "door_confirm", "door_cancel", "door_dialogue_view", "door_dialogue_confirm"], "'no such'"
    ),
    **dict.fromkeys(["door_dialogue_withdraw", "upkeep_view", "upkeep_confirm"], "'no such'"),
    "door_invited_view": "'no such'",
    "door_invited_accept": "'no such', '{}'::jsonb",
    "door_invited_propose": "'no such', '{}'::jsonb",
    "door_invited_decline": "'no such', 'no'",
    "door_invited_name": "'no such', 'Bo', 'bo@example.org'",
    "door_answer": "'no such', '{}'::jsonb",
    "door_mails": "'no such'",
    "door_materials": "'no such'",
    "door_choose_mails": "'no such', '{events.reminders}'",
    "door_stop_mails": "'no such', 'events.reminders'",
    "door_offer": "'no such', true",
    "door_come": "'no such', true",
    **dict.fromkeys(["door_form", "door_mailbox", "door_own", "door_participants", "door_swap_end"], "'no such'"),
    "door_mode": "'no such', 'online', true",
    "door_show": "'no such', 'full'",
    "door_swap": "'no such', '{}'::jsonb",
    "door_take_over": "'no such', true",
    "upkeep_object": "'no such', 'words'",
}
PUBLIC = {name: f"(SELECT count(*) FROM {name}({arguments}))" for name, arguments in PUBLIC.items()}  # noqa: S608
RUN_AS_OWNER = """
    SELECT p.proname, p.prorettype = 'trigger'::regtype FROM pg_proc p
    WHERE p.prosecdef AND p.pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
"""


@pytest.fixture
def lent(db):
    """An officer with leave to see somebody restricted, whom they met and invited."""
    officer, today = OfficerFactory(), timezone.localdate()
    person, club = PersonFactory(name="Amina", restricted=True), OrganisationFactory(restricted=True)
    for contact in (person, club):
        grant(contact, officer, until=today)
    registration = RegistrationFactory(event__owner=officer)
    RegistrationLink.objects.create(registration=registration, person=person, linked_by=officer)
    talk = dialogue(officer, people=[person], organisations=[club], summary="Talked about the spring.")
    rows = {"person": person, "club": club, "registration": registration, "talk": talk, "officer": officer}
    return officer, {name: row.pk for name, row in rows.items()} | {"today": today}


def told(calls, asked=None):
    with connection.cursor() as cursor:
        return {name: cursor.execute(f"SELECT {call}", asked).fetchone()[0] for name, call in calls.items()}


def told_nothing(calls, asked=None):
    return not any(told(calls, asked).values())


def test_every_function_that_runs_as_its_owner_has_a_row_here_and_one_caller(wall):
    with connection.cursor() as cursor:
        found = dict(cursor.execute(RUN_AS_OWNER))

    assert {name for name, fires in found.items() if fires} == TRIGGERS
    assert found.keys() - TRIGGERS == {*INTERNAL, "sight_make_room", "sight_answers_for", *PUBLIC} == FUNCTIONS.keys()


def test_who_may_know_is_told(lent, as_role):
    officer, asked = lent
    with as_role("internal", officer):
        assert all(told(INTERNAL, asked).values())


def test_a_session_that_says_for_nobody_is_told_nothing(lent, as_role):
    with as_role("internal"):
        assert told_nothing(INTERNAL, lent[1])


def test_an_officer_without_leave_is_told_nothing(lent, as_role):
    with as_role("internal", OfficerFactory()):
        assert told_nothing(INTERNAL, lent[1])


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OFFICER, Role.TEAM_LEAD}))
def test_who_does_not_work_with_contacts_is_told_nothing_whatever_they_had_leave_for(lent, as_role, role):
    officer, asked = lent
    officer.role = role
    with as_role("internal", officer):
        assert told_nothing(INTERNAL, asked)


def test_who_left_is_told_nothing(lent, as_role):
    officer, asked = lent
    officer.is_active = False
    with as_role("internal", officer):
        assert told_nothing(INTERNAL, asked)


def test_leave_that_has_ended_tells_nothing_but_what_they_took_part_in(lent, as_role):
    officer, asked = lent
    took_part = {"sight_was_there", "sight_of_dialogue", "sight_newest_of_mine", "sight_runs", "finding_dialogues"}
    with as_role("internal", officer), connection.cursor() as cursor:
        tomorrow = asked["today"] + timezone.timedelta(days=1)
        cursor.execute("SELECT set_config(%s, %s, true)", [context.TODAY, tomorrow.isoformat()])
        assert {name for name, answer in told(INTERNAL, asked).items() if answer} == took_part


def test_a_link_nobody_was_sent_tells_the_public_role_nothing(as_role):
    with as_role("public"):
        assert told_nothing(PUBLIC)


@pytest.mark.parametrize("face", FACES)
def test_no_role_calls_what_is_anothers(lent, as_role, face):
    every = INTERNAL | {"sight_make_room": ROOM, "sight_answers_for": COUNTED} | PUBLIC
    calls = {name: call for name, call in every.items() if FUNCTIONS[name] != face}
    with as_role(face):
        for name, call in calls.items():
            with pytest.raises(ProgrammingError, match=f"permission denied for function {name}"), transaction.atomic():
                told({name: call}, lent[1])


def test_the_main_role_makes_room_only_for_who_may_know_the_person(lent, as_role):
    officer, asked = lent
    AffiliationFactory(person_id=asked["person"])
    left = OfficerFactory(is_active=False)
    grant(Person.objects.get(pk=asked["person"]), left, until=asked["today"])

    for user in (None, OfficerFactory(), left):
        with as_role("internal", user):
            told({"room": ROOM}, asked)
        assert Affiliation.objects.get().primary
    with as_role("internal", officer):
        told({"room": ROOM}, asked)
    assert not Affiliation.objects.get().primary


def test_how_much_a_colleague_answers_for_is_told_to_administrators_alone(lent, as_role):
    officer, asked = lent
    administrator = OfficerFactory(role=Role.ADMINISTRATOR)
    for user in (
        None,
        officer,
        OfficerFactory(role=Role.AUDITOR),
        OfficerFactory(role=Role.ADMINISTRATOR, is_active=False),
    ):
        with as_role("internal", user):
            assert told_nothing({"counted": COUNTED}, asked)
    with as_role("internal", administrator):
        assert told({"counted": COUNTED}, asked) == {"counted": 2}
