"""Registering colleagues in one go: each confirms for themselves, and nothing that was typed is lost."""

import pytest
from django.core import mail
from django.utils import timezone

from events import door
from events.forms.colleagues import MOST
from events.models import Event, Registration
from events.services.registering import propose_with_colleagues
from events.services.tokens import Purpose, digest, issue
from outreach.links import public_href
from outreach.privacy import limits
from tests.events.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
ANA = {"name": "Ana Ærø", "email": "ana@example.org", "organisation": "Æblehaven", "role": "Formand", "consent": "on"}


@pytest.fixture
def both(db):
    return EventFactory(attendance=Event.Attendance.BOTH)


def rows(*people):
    """What a browser sends of these colleagues."""
    sent = {"colleague-TOTAL_FORMS": str(len(people)), "colleague-INITIAL_FORMS": "0"}
    for number, person in enumerate(people):
        sent |= {f"colleague-{number}-{field}": value for field, value in person.items()}
    return sent


def colleague(number, **changes):
    return {"name": f"Bo {number}", "email": f"bo{number}@example.org", **changes}


def send(client, event, *people, **changes):
    page = public_href("events:register", event.slug)
    token = client.get(page).context["form"]["form_token"].value()
    return client.post(page, {**ANA, "form_token": token, **rows(*people), **changes})


def test_each_colleague_is_a_proposal_of_their_own_with_their_own_choice(client, both, started):
    bo, ea = colleague(1, mode="online"), colleague(2, mode="in_person")

    assert send(client, both, bo, ea, mode="in_person").status_code == 302

    told = Registration.objects.order_by("name").values_list("name", "mode", "status", "proposed_by", "organisation")
    assert list(told) == [
        ("Ana Ærø", "in_person", "pending", "", "Æblehaven"),
        ("Bo 1", "online", "pending", "Ana Ærø", "Æblehaven"),
        ("Bo 2", "in_person", "pending", "Ana Ærø", "Æblehaven"),
    ]
    assert len(started) == 3


def test_a_colleague_has_agreed_to_nothing_before_they_confirm(client, event, started):
    send(client, event, colleague(1))
    row = Registration.objects.get(name="Bo 1")
    token = issue(row, Purpose.CONFIRM)
    page = client.get(public_href("events:confirm", token)).content.decode()

    assert row.consent_at is None
    assert "Ana Ærø" in page
    assert "Formand" not in page
    assert door.confirm(digest(token)).status == "confirmed"
    row.refresh_from_db()
    assert row.consent_at is not None


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_mail_to_a_colleague_names_who_proposed_it_and_nothing_else_of_theirs(event, work, language):
    people = [{"name": "Bo Lind", "email": "bo@example.org"}]
    propose_with_colleagues(event, ANA, people, language=language, now=timezone.now())

    work()

    letters = {letter.to[0]: letter for letter in mail.outbox}
    theirs = letters["bo@example.org"].body
    assert "Ana Ærø" in theirs
    assert not [told for told in ("ana@example.org", "Æblehaven", "Formand") if told in theirs]
    assert "Bo Lind" not in letters["ana@example.org"].body


def test_a_colleague_who_is_registered_already_is_told_in_the_mailbox_only(client, event, started):
    RegistrationFactory(event=event, confirmed=True, name="Bo 1", email="bo1@example.org")

    known, unknown = send(client, event, colleague(1)), send(client, event, colleague(2))

    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])


def test_the_button_for_one_more_keeps_all_that_is_typed_and_sends_nothing(client, both):
    page = public_href("events:register", both.slug)
    half = {"name": "Bo", "email": "not an address", "mode": "online"}

    answer = client.post(page, {"name": "Ana", "needs": "Tegn", "mode": "online", **rows(half), "add_colleague": "1"})

    form = answer.context["form"]
    assert answer.status_code == 200
    assert [form[name].value() for name in ("name", "needs", "mode")] == ["Ana", "Tegn", "online"]
    assert [row["email"].value() for row in form.colleagues.forms] == ["not an address", None]
    assert 'value="not an address"' in answer.content.decode()
    assert not form.errors
    assert not Registration.objects.exists()


def test_a_row_that_is_left_empty_is_passed_over(client, both, started):
    empty = {"name": " ", "email": "", "mode": ""}

    assert send(client, both, empty, colleague(1, mode="online"), mode="online").status_code == 302

    assert Registration.objects.count() == 2


@pytest.mark.parametrize("count", [MOST + 1, 500, 501])
def test_more_than_ten_is_answered_in_a_sentence_and_nothing_is_lost(client, both, count):
    people = [colleague(number, mode="online") for number in range(count)]

    answer = send(client, both, *people, mode="online")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "højst tilmelde 10 kolleger" in page
    assert all(f'value="bo{number}@example.org"' in page for number in range(count))
    assert not Registration.objects.exists()


def test_the_button_for_one_more_says_so_at_ten(client, event):
    people = map(colleague, range(MOST))

    answer = send(client, event, *people, add_colleague="1")

    assert answer.status_code == 422
    assert len(answer.context["form"].colleagues.forms) == MOST
    assert "højst tilmelde 10 kolleger" in answer.content.decode()


@pytest.mark.parametrize(
    ("person", "field"),
    [
        ({"name": "", "email": "bo@example.org"}, "name"),
        ({"name": "Bo", "email": ""}, "email"),
        ({"name": "Bo", "email": "bo"}, "email"),
        ({"name": "Bo 010170-1234", "email": "bo@example.org"}, "name"),
        ({"name": "Bo " * 999, "email": "bo@example.org"}, "name"),
        ({"name": "Ana Ærø", "email": "ANA@example.org"}, "name"),
    ],
)
def test_what_is_wrong_with_a_colleague_stands_at_the_field(client, event, person, field):
    answer = send(client, event, person)

    assert answer.status_code == 422
    assert list(answer.context["form"].colleagues.forms[0].errors) == [field]
    assert f'href="#id_colleague-0-{field}"' in answer.content.decode()
    assert not Registration.objects.exists()


@pytest.mark.parametrize("total", ["", "x", "999999999", "9" * 5000])
def test_a_forged_count_of_colleagues_is_no_error_of_ours(client, event, total):
    answer = send(client, event, **{"colleague-TOTAL_FORMS": total})

    assert answer.status_code == 422
    assert not Registration.objects.exists()


def test_a_name_that_is_an_advertisement_goes_to_no_colleague(client, event):
    answer = send(client, event, colleague(1), name="Vind på www.example.com")

    assert list(answer.context["form"].errors) == ["name"]


def test_colleagues_count_as_registrations_of_their_own(client, event, monkeypatch):
    monkeypatch.setattr(limits, "PER_SOURCE", 3)

    assert send(client, event, *map(colleague, range(3))).status_code == 429

    assert not Registration.objects.exists()
