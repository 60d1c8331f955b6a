"""A restricted contact leaves no trace in what a form answers, even to somebody who types their very name, mailbox,
number or CVR number: each answer, and the page it leads to, is what it would be if they did not exist."""

import re

from django.db import transaction
from django.urls import reverse

from contacts.models import RelationshipKind
from tests.contacts.test_no_trace import CANARY, CHANGING, MAILBOX, NUMBER, Linked

BASIS = {"source": "met", "purpose": "dialogue"}
CLUB = {"kind": "cultural", **BASIS}
# Keys of rows that are made anew each time, what a button carries of such a row, the number of an entry of the trail.
MADE = re.compile(r"contacts\.SavedView:[\w:-]+|[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{32}\b|(?<=/)\d+(?=/)")


def typed(linked):
    """What is typed where: page, whose, fields, query."""
    friend, house, club = [linked.friend.pk], [linked.house.pk], linked.club.name
    here, known = f"?organisation={house[0]}", {"name": linked.house.name}
    tie = RelationshipKind.objects.filter(ends="mixed").order_by("pk")[0]
    yes = {
        "organisation": "new",
        "kind": "cultural",
        "person": "new",
        "role": "x",
        "title": "x",
        "due_on": "2026-12-01",
    }
    talk = {"who": f"person:{friend[0]}", "kind": "call", "note_readers": "team", "date": "2026-11-20"}
    return [
        ("new_person", [], BASIS | {"name": CANARY, "email_1": MAILBOX, "phone_1": NUMBER}, ""),
        ("new_person", [], BASIS | {"name": CANARY.lower(), "email": MAILBOX, "phone": NUMBER}, ""),
        ("edit_person", friend, BASIS | {"name": CANARY, "email": MAILBOX, "phone": NUMBER}, ""),
        ("new_organisation", [], CLUB | {"name": club}, ""),
        ("new_organisation", [], CLUB | {"name": "Another", "company_number": "12345674"}, ""),
        ("new_organisation", [], CLUB | {"name": "Another", "umbrella_name": club}, ""),
        ("new_organisation", [], CLUB | {"name": "Another", "umbrella_name": "Kanariqa"}, ""),
        ("edit_organisation", house, CLUB | known | {"umbrella_name": club}, ""),
        ("edit_organisation", house, CLUB | known | {"company_number": "12345674"}, ""),
        ("new_role", friend, {"role": CANARY}, here),
        ("new_role", friend, {"role": CANARY, "primary": "on"}, here),
        ("new_person_relationship", friend, {"what": f"{tie.pk}:first"}, f"?other=organisation:{house[0]}"),
        ("new_person_followup", friend, {"title": CANARY, "due_on": "2026-12-01", "owner": linked.reader.pk}, ""),
        ("log", [], {"find": CANARY}, ""),
        ("log", [], talk | {"summary": f"Talked about {CANARY}."}, ""),
        ("proposal", [linked.waits.pk], {}, ""),
        ("link_proposal", [linked.waits.pk], {"person": friend[0]}, ""),
        ("ignore_proposal", [linked.waits.pk], {}, ""),
        ("invitation", [linked.invitation.pk], yes, ""),
        ("save_people_view", [], {"name": CANARY}, f"?q={CANARY}"),
        ("export_people", [], {"kind": "csv", "reason": "For a test"}, f"?q={CANARY}"),
    ]


def answers(client, linked):
    """Each answer and the page it leads to, undone again; by page and fields."""
    found = {}
    for name, whose, fields, query in typed(linked):
        with transaction.atomic():
            answer = client.post(reverse(f"workspace:{name}", args=whose) + query, fields)
            told = [answer.status_code, answer.getvalue().decode(), answer.headers.get("Location", "")]
            if answer.status_code == 302:
                told.append(client.get(answer.headers["Location"]).text)
            transaction.set_rollback(True)
        client.cookies.pop("messages", None)
        found[name, str(fields)] = [MADE.sub("", CHANGING.sub("", str(part))) for part in told]
    return found


def test_no_form_tells_who_types_it_that_they_exist(desk, officer):
    linked = Linked(officer)
    answers(desk, linked)  # what every reader shares is read once a minute

    with_them = answers(desk, linked)
    linked.erase()
    without = answers(desk, linked)

    assert [where for where in with_them if with_them[where] != without[where]] == []
    assert {told[0] for told in with_them.values()} == {"200", "302", "422"}
