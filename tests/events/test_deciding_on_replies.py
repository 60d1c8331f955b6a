"""An answer from a calendar changes nothing: whoever runs the event decides on it, once."""

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import Registration, Reply, SeatCounter
from events.services import replies, seats
from events.services.replies import Found
from outreach.audit.models import Entry
from outreach.mail.models import OutboxMessage
from tests.events import answered
from tests.events.answered import ago
from tests.events.factories import OfficerFactory, RegistrationFactory, ReplyFactory
from tests.events.test_said_before import carry_out

pytestmark = pytest.mark.django_db
Status = Registration.Status


@pytest.fixture
def seat(event):
    return RegistrationFactory(event=event, confirmed=True, name="Ana", email="ana@example.org")


def take(raw):
    return replies.take(raw, now=timezone.now())


@pytest.fixture
def officer(client, event):
    officer = OfficerFactory(name="Ida Holm")
    event.owner = officer
    event.save()
    client.force_login(officer)
    return officer


@pytest.fixture
def reply(officer, seat):
    take(answered.google(seat))
    return Reply.objects.get()


def page(reply):
    return reverse("events_workspace:reply", args=[reply.registration.event_id, reply.pk])


def send(client, reply, decision):
    return client.post(page(reply), {"decision": decision, "read": reply.fingerprint}, follow=True).content.decode()


def test_the_event_shows_who_answered_what(client, reply):
    event_page = client.get(reverse("events_workspace:event", args=[reply.registration.event_id])).content.decode()

    assert "Svar fra kalendere" in event_page
    assert event_page.count("Siger nej i sin kalender") == 2, "in the panel and at the registration"
    assert "Jeg er syg" in event_page and page(reply) in event_page


def test_the_list_of_events_says_that_somebody_answered(client, reply):
    assert "1 skal afgøres" in client.get(reverse("events_workspace:list")).content.decode()

    send(client, reply, "leave")

    assert "skal afgøres" not in client.get(reverse("events_workspace:list")).content.decode()


@pytest.mark.parametrize(("language", "said"), [("da", "på dansk"), ("en", "på engelsk")])
def test_giving_up_says_which_mail_goes_out_and_cancels_as_for_anybody(client, reply, started, language, said):
    Registration.objects.update(language=language)

    before = client.get(page(reply)).content.decode()
    send(client, reply, "give_up")
    carry_out(started)

    seat = Registration.objects.get()
    [mail] = OutboxMessage.objects.about(seat)
    assert seat.status == Status.CANCELLED
    assert f"Der sendes én mail, til ana@example.org, {said}." in before and mail.subject in before
    assert ("events.seat_freed", seat.event_id) in started
    assert {entry.reason for entry in Entry.objects.filter(verb="change")} == {
        "answer from a calendar: given_up",
        "cancelled",
    }


def test_giving_up_says_who_is_offered_the_seat_and_how_that_reads(client, reply, seat):
    SeatCounter.objects.filter(event=seat.event).update(capacity=1)
    RegistrationFactory(event=seat.event, waiting=True, name="Bo Bak", email="bo@example.org")

    said = client.get(page(reply)).content.decode()

    assert "Pladsen tilbydes Bo Bak, der har ventet længst." in said
    assert "Der sendes én mail, til bo@example.org, på dansk." in said
    assert "Tilbud om en plads: Sådan lyder den på dansk" in said


def test_leaving_it_changes_no_seat_and_mails_nobody(client, reply, started):
    told = send(client, reply, "leave")

    reply.refresh_from_db()
    assert (reply.decision, reply.decided_by.name, reply.registration.status) == ("left", "Ida Holm", "confirmed")
    assert started == []
    assert "Pladsen blev ikke ændret" in told, "at the registration"


def test_noting_a_yes_answers_our_question(client, officer, seat, started):
    Registration.objects.update(asked_at=ago(2))
    take(answered.google(seat, "ACCEPTED"))
    reply = Reply.objects.get()
    assert "Ingen får mail" in client.get(page(reply)).content.decode()

    send(client, reply, "give_up")
    assert Registration.objects.get().status == Status.CONFIRMED
    send(client, reply, "comes")

    seat.refresh_from_db()
    assert seat.comes_at is not None
    assert started == []


def test_whoever_comes_second_reads_who_decided(client, reply):
    replies.leave(reply, officer=OfficerFactory(name="Bo Kær"), now=timezone.now())

    for told in (send(client, reply, "give_up"), client.get(page(reply), follow=True).content.decode()):
        assert "Bo Kær har allerede afgjort det: Pladsen blev ikke ændret." in told
    assert Registration.objects.get().status == Status.CONFIRMED


def test_a_new_answer_meanwhile_is_read_before_anything_is_done(client, reply, seat):
    take(answered.google(seat, "TENTATIVE", at=timezone.now()))

    told = send(client, reply, "give_up")

    assert "Der er kommet et nyt svar." in told and "Siger måske i sin kalender" in told
    assert Registration.objects.get().status == Status.CONFIRMED


def test_a_new_answer_after_a_decision_is_open_again(client, reply, seat):
    send(client, reply, "leave")

    assert take(answered.google(seat, at=timezone.now())) is Found.PROPOSED
    reply.refresh_from_db()
    assert (reply.decision, reply.decided_by, reply.decided_at) == ("", None, None)


def test_a_seat_given_up_meanwhile_is_said_and_nothing_is_noted(client, reply, seat):
    seats.cancel(seat.pk, now=timezone.now())

    told = send(client, reply, "give_up")

    reply.refresh_from_db()
    assert "Intet er ændret. Ana: har meldt afbud." in told
    assert reply.decision == ""
    assert "Svar fra kalendere" not in told


def test_the_answers_of_another_team_are_not_there(client, reply):
    client.force_login(OfficerFactory())

    assert client.get(page(reply)).status_code == 404
    assert client.post(page(reply), {"decision": "give_up", "read": reply.fingerprint}).status_code == 404
    assert "skal afgøres" not in client.get(reverse("events_workspace:list")).content.decode()


def test_reading_an_answer_is_recorded(client, reply, officer):
    client.get(page(reply))

    seen = Entry.objects.filter(actor_id=officer.pk, object_label="events.Registration", verb="view")
    assert str(reply.registration_id) in {entry.object_id for entry in seen}


def test_many_answers_cost_the_page_no_more_than_one(client, reply, django_assert_max_num_queries):
    url = reverse("events_workspace:event", args=[reply.registration.event_id])
    client.get(url)
    with django_assert_max_num_queries(30) as one:
        client.get(url)
    for _ in range(8):
        row = RegistrationFactory(event=reply.registration.event, confirmed=True)
        ReplyFactory(registration=row)

    with django_assert_max_num_queries(len(one)):
        told = client.get(url).content.decode()

    assert "4 svar mere" in told
