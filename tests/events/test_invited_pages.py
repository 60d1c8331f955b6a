"""What somebody who is invited meets behind their link."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.forms.invited import AnotherForm, DeclineForm, InvitedForm
from events.models import Invitation, Registration
from events.services import tokens
from tests.events.factories import EventFactory, InvitationFactory, RegistrationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("started", "addresses")]


@pytest.fixture
def addresses():
    """The addresses of the site as they are."""


@pytest.fixture
def closed_event(db):
    return EventFactory(by_invitation=True, title="Samtale bag lukkede døre", seats=1)


@pytest.fixture
def invitation(closed_event):
    return InvitationFactory(event=closed_event, name="Ana", email="ana@example.org", sent=True)


@pytest.fixture
def free(closed_event):
    return InvitationFactory(event=closed_event, sent=True, uses=1)


def address(invitation, *further, language="da"):
    token = tokens.issue(invitation, "invited")
    base = f"/arrangementer/invitation/{token}/" if language == "da" else f"/en/events/invitation/{token}/"
    return base + "".join(f"{part}/" for part in further)


def yes(**told):
    return {"name": "Ana", "organisation": "Åben Dør", "consent": "on", "form_token": InvitedForm.new_token(), **told}


def read(response):
    return " ".join(response.content.decode().split())


def test_the_page_shows_a_closed_event_whole_and_a_look_changes_nothing(client, invitation, closed_event):
    closed_event.agenda.create(day=1, at="16:30", title="Kaffe")

    for _ in range(2):
        response = client.get(address(invitation))

    text = read(response)
    for told in (closed_event.title, "Kaffe", "Invitation til Ana", "ana@example.org", "Ja, jeg kommer"):
        assert told in text
    assert 'value="Ana"' in text and 'name="email"' not in text
    assert Invitation.objects.get().status == "sent"
    assert "no-store" in response["Cache-Control"]
    assert 'rel="canonical"' not in text


def test_a_yes_gives_the_seat_and_the_other_browser_hears_of_it(client, invitation):
    said = read(client.post(address(invitation), yes()))
    other = client.post(address(invitation, language="en"), yes(name="Ana B"))

    assert "Du har en plads" in said
    assert (other.status_code, "You have a seat" in read(other)) == (409, True)
    assert "Du har en plads" in read(client.get(address(invitation)))
    assert Registration.objects.count() == 1


def test_a_full_meeting_offers_its_queue_and_says_once_that_it_filled(client, invitation, closed_event):
    RegistrationFactory(event=closed_event, confirmed=True)
    assert "Skriv dig på venteliste" in read(client.get(address(invitation)))

    filled = client.post(address(invitation), yes(hoped_for="in_person"))

    assert filled.status_code == 422 and not Registration.objects.waiting().exists()
    assert "Du står på venteliste" in read(client.post(address(invitation), yes(hoped_for="")))


def test_what_is_missing_is_said_and_what_was_typed_is_kept(client, invitation):
    response = client.post(address(invitation), yes(consent="", needs="Vegetarisk"))

    assert response.status_code == 422 and "Vegetarisk" in read(response)
    assert not Registration.objects.exists()


def test_a_no_takes_words_and_leaves_the_way_back_open(client, invitation):
    assert "Vil du skrive hvorfor?" in read(client.get(address(invitation, "nej")))

    said = read(client.post(address(invitation, "nej"), {"words": "Rejse", "form_token": DeclineForm.new_token()}))

    assert "du ikke kommer" in said
    assert "ombestemme" in read(client.get(address(invitation)))
    assert Invitation.objects.get().words == "Rejse"


def test_naming_somebody_else_is_answered_the_same_whether_they_are_known_or_not(client, closed_event):
    RegistrationFactory(event=closed_event, email="known@example.org", confirmed=True)
    said = set()
    for email in ("known@example.org", "new@example.org"):
        told = {"name": "Bo", "email": email, "form_token": AnotherForm.new_token()}
        one = InvitationFactory(event=closed_event, sent=True)
        said.add(read(client.post(address(one, "en-anden"), told)))

    assert len(said) == 1 and "Vi inviterer den anden" in said.pop()


@pytest.mark.parametrize("name", ["Køb på www.example.org", "http://x.dk", "Ring 12345678"])
def test_a_name_that_is_none_is_not_mailed_to_anybody(client, invitation, name):
    told = {"name": name, "email": "bo@example.org", "form_token": AnotherForm.new_token()}

    assert client.post(address(invitation, "en-anden"), told).status_code == 422
    assert Invitation.objects.get().status == "sent"


def test_a_link_of_several_seats_asks_for_ones_own_address_and_ends_when_it_is_used_up(client, free):
    assert "Linket kan bruges af 1 mere." in read(client.get(address(free)))

    response = client.post(address(free), yes(name="Bo", email="bo@example.org"))

    assert response.status_code == 302 and response["Location"].endswith("/sendt/")
    assert "Vi har sendt dig en mail" in read(client.get(response["Location"]))
    assert "Alle pladser på dette link er taget." in read(client.get(address(free)))
    late = client.post(address(free), yes(name="Cil", email="cil@example.org"))
    assert late.status_code == 409 and Registration.objects.pending().count() == 1


def test_a_link_of_several_seats_is_nobodys_to_decline_or_pass_on(client, free):
    for further in ("nej", "en-anden"):
        assert client.get(address(free, further)).status_code == 404


def test_a_withdrawn_invitation_says_so_and_names_nothing(client, invitation, closed_event):
    link = address(invitation)
    Invitation.objects.update(status="withdrawn")

    for response in (client.get(link), client.post(link, yes()), client.get(f"{link}nej/")):
        text = read(response)
        assert "Invitationen er trukket tilbage." in text
        assert closed_event.title not in text and closed_event.public_title not in text


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"status": "cancelled"}, "Mødet er aflyst."),
        ({"starts_at": timezone.now() - timedelta(hours=1)}, "Arrangementet er begyndt."),
        ({"registration_closes_at": timezone.now() - timedelta(hours=1)}, "Tilmeldingen er lukket."),
    ],
)
def test_after_the_meeting_or_without_it_the_link_says_why(client, invitation, closed_event, facts, sentence):
    type(closed_event).objects.update(**facts)

    assert sentence in read(client.get(address(invitation)))
    assert client.post(address(invitation), yes()).status_code == 409


def test_a_moved_meeting_shows_its_new_day(client, invitation, closed_event):
    link = address(invitation)
    moved = closed_event.starts_at + timedelta(days=1)
    type(closed_event).objects.update(starts_at=moved, ends_at=moved + timedelta(hours=2))

    assert f"{timezone.localtime(moved).day}. " in read(client.get(link))


@pytest.mark.parametrize("further", [(), ("nej",), ("en-anden",), ("sendt",)])
def test_a_link_that_was_sent_to_nobody_is_one_of_the_unusable(client, further):
    base = "/arrangementer/invitation/" + "x" * 43 + "/" + "".join(f"{part}/" for part in further)

    assert client.get(base).status_code == 404
    assert "Se alle møder" in read(client.get(base))


def test_the_page_asks_a_flat_number_of_questions(client, invitation, closed_event, django_assert_max_num_queries):
    for number in range(12):
        closed_event.agenda.create(day=1, at="16:30", title=f"Punkt {number}")
        closed_event.questions.create(label=f"Spørgsmål {number}")

    with django_assert_max_num_queries(20):
        client.get(address(invitation))
