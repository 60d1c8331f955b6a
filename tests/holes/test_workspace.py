"""Holes that comparable systems had, tried here by a colleague who wants to see what is not theirs."""

import csv
import re
from io import BytesIO, StringIO
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from contacts.models import Attachment, Person
from events.models import Helper, Invitation, Material, Question, Registration, Reminder, Reply
from outreach.accounts.models import Role
from outreach.mail.models import OutboxMessage
from tests.contacts.belongings import Belonging
from tests.contacts.factories import (
    AffiliationFactory,
    EventFactory,
    OfficerFactory,
    OrganisationFactory,
    PersonFactory,
    TeamFactory,
)
from tests.matrix import PAGES, addresses

pytestmark = pytest.mark.django_db
PATHS = dict(addresses())
BY_ID = [name for name, path in PATHS.items() if re.fullmatch(r"workspace/events/<uuid:pk>/.*<(uuid|int):.*", path)]
EXPORTS = ("workspace:export_people", "workspace:export_organisations")
OF_EVENTS = (Helper, Invitation, Material, OutboxMessage, Question, Registration, Reminder, Reply)
ACT = {"answer": "yes", "decision": "give_up", "to": "up"}
EVIL = ("=1+1", "+45", "-2", "@SUM(A1)", "\t=1")


@pytest.fixture
def officer(client):
    officer = OfficerFactory(teams=[TeamFactory()])
    client.force_login(officer)
    return officer


@pytest.fixture
def stranger(db):
    return OfficerFactory(teams=[TeamFactory()])


def sheet(client, name, *, kind="csv", query=""):
    return client.post(f"{reverse(name)}?{query}", {"kind": kind, "reason": "Et møde"})


def rows():
    return [list(model.objects.order_by("pk").values()) for model in OF_EVENTS]


def asked(client, name, event, thing):
    """The answers to looking and to acting."""
    address = reverse(name, args=[event, thing])
    return [
        (answer.status_code, answer.get("Location")) for answer in (client.get(address), client.post(address, ACT))
    ]


def test_ticket_of_another_event_by_its_id(client, officer, stranger):
    """Under one's own event as well: there it is what an id of nothing is, and nothing of theirs changes."""
    mine, told_apart = EventFactory(owner=officer).pk, []
    for name in BY_ID:
        belonging = Belonging(stranger, officer, "own")
        theirs, thing = getattr(belonging, PAGES[name]["about"].replace(" ", "_"))()
        nothing, before = (uuid4() if isinstance(thing, UUID) else 2_000_000_000), rows()
        shut = {status for status, _ in asked(client, name, theirs, thing)} <= {404, 405}
        alike = asked(client, name, mine, thing) == asked(client, name, mine, nothing)
        if not (shut and alike and rows() == before):
            told_apart.append(name)

    assert len(BY_ID) > 10
    assert told_apart == []


def test_link_from_a_ticket_of_another_event_to_a_person_of_ones_own(client, officer, stranger):
    (ticket,) = Belonging(stranger, officer, "own").registration()
    person = PersonFactory(owner=officer)

    for name in ("proposal", "link_proposal", "ignore_proposal", "compare_proposal"):
        address = reverse(f"workspace:{name}", args=[ticket])
        assert client.post(address, {"person": person.pk}).status_code == 404
    assert Person.objects.filter(pk=person.pk, registration_links__isnull=True).exists()


def test_export_of_the_hidden_by_their_id(client, officer, stranger):
    seen = PersonFactory(owner=stranger, name="Amina Kendt")
    hidden = PersonFactory(owner=stranger, name="Yusuf Skjult", restricted=True)

    for key in ("id", "pk", "ids", "person", "pk__in", "q"):
        told = sheet(client, EXPORTS[0], query=f"{key}={hidden.pk}").text
        assert hidden.name not in told
    assert seen.name in sheet(client, EXPORTS[0], query=f"owner={stranger.pk}&q=Amina").text
    for query in (f"owner={stranger.pk}&q=Yusuf", "q=Yusuf", f"owner={stranger.pk}"):
        assert hidden.name not in sheet(client, EXPORTS[0], query=query).text


def test_export_by_a_role_without_contacts(client):
    PersonFactory(name="Amina Kendt")
    OrganisationFactory(name="Amina Kendt")

    for role in set(Role) - {Role.OFFICER, Role.TEAM_LEAD}:
        client.force_login(OfficerFactory(role=role))
        for name in EXPORTS:
            answer = sheet(client, name)
            assert (answer.status_code, "Amina" in answer.text) == (403, False)


def test_file_of_a_hidden_dialogue_by_its_id(client, officer, stranger):
    (file,) = Belonging(officer, stranger, "restricted").attachment()

    assert client.get(reverse("workspace:attachment", args=[file])).status_code == 404
    assert client.post(reverse("workspace:remove_attachment", args=[file])).status_code == 404
    assert Attachment.objects.filter(pk=file).exists()


def test_formula_in_a_cell_of_an_export(client, officer):
    for evil in EVIL:
        person = PersonFactory(owner=officer, name=evil)
        AffiliationFactory(person=person, role=evil, organisation__name=evil, organisation__owner=officer)

    for name in EXPORTS:
        text = sheet(client, name).content.decode("utf-8-sig")
        book = load_workbook(BytesIO(sheet(client, name, kind="xlsx").content))
        cells = [cell for row in csv.reader(StringIO(text), delimiter=";") for cell in row]
        typed = [cell for row in book.active.iter_rows() for cell in row if cell.value]
        assert not [cell for cell in cells if cell.strip(" ").startswith(("=", "+", "-", "@", "\t"))]
        assert not [cell.value for cell in typed if cell.data_type == "f" or str(cell.value)[0] in "=+-@\t"]
        assert sum(cell.startswith("'") for cell in cells) >= len(EVIL)
