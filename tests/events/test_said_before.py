"""Every button that mails says how many, to whom, in which language, with a preview, before it does."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from events import tasks
from events.models import Event, HeldSeats, Registration, SeatCounter
from events.services import following, waiting_list
from events.urls import internal
from outreach.mail.models import OutboxMessage, Suppression
from tests.events.factories import EventFactory, InvitationFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
Status = Registration.Status

# The pages with a button that mails: walked through below, or in the module named.
WALKED = {"edit", "cancel", "approve", "refuse", "cancel_registration", "register", "answer"}
ELSEWHERE = {
    "reminders": "test_reminders",
    "reminder": "test_reminders",
    "mail_again": "test_outbox_of_event",
    "mails_again": "test_outbox_of_event",
    "try_mail_again": "test_outbox_of_event",
    "send_invitations": "test_inviting",
    "remind_invited": "test_inviting",
    "reply": "test_deciding_on_replies",
}
# Nobody is mailed by these.
SILENT = {
    *{"list", "plan", "event", "publish", "agenda", "copy", "paper", "move", "drop_reminder"},
    *{"questions", "add_question", "form_preview", "question", "move_question", "retire_question"},
    *{"doors", "door", "staff", "let_go"},
    *{"listing", "materials", "material", "remove_material"},
    *{"mails", "mail", "invitations", "invite", "choose_invited", "withdraw_invitation", "address_works"},
}
SAID = {"da": "på dansk", "en": "på engelsk"}


@pytest.fixture
def officer(client):
    officer = OfficerFactory()
    client.force_login(officer)
    return officer


@pytest.fixture
def event(officer):
    starts_at = (timezone.now() + timedelta(days=21)).replace(second=0, microsecond=0)
    return EventFactory(owner=officer, needs_approval=True, starts_at=starts_at)


def page(name, *args):
    return reverse(f"events_workspace:{name}", args=args)


def carry_out(started):
    """What the worker does with what a click started."""
    for name, *keys in started:
        getattr(tasks, name.split(".", 1)[1]).func(*[key if isinstance(key, int) else str(key) for key in keys])


def written():
    return sorted(OutboxMessage.objects.values_list("to", "language", "subject"))


def applicant(event, **facts):
    return RegistrationFactory(event=event, status=Status.APPLIED, confirmed_at=timezone.now(), **facts)


def test_no_page_of_the_desk_is_forgotten():
    names = {pattern.name for pattern in internal.urlpatterns}

    assert names - WALKED - set(ELSEWHERE) - SILENT == set()


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(
    ("name", "make", "sent"),
    [
        ("approve", applicant, {}),
        ("refuse", applicant, {"answer": "Kun for skoler."}),
        ("cancel_registration", lambda event, **facts: RegistrationFactory(event=event, confirmed=True, **facts), {}),
    ],
)
def test_a_button_about_one_person_says_whom_it_mails_and_how(client, event, started, name, make, sent, language):
    row = make(event, email="ana@example.org", language=language)
    url = page(name, event.pk, row.pk)

    said = client.get(url).content.decode()
    client.post(url, sent)
    carry_out(started)

    [(to, spoken, subject)] = written()
    assert (to, spoken) == ("ana@example.org", language)
    assert f"Der sendes én mail, til ana@example.org, {SAID[language]}." in said
    assert subject in said


def test_saying_yes_when_it_is_full_shows_the_mail_about_the_waiting_list(client, officer, started):
    event = EventFactory(owner=officer, full=True)
    RegistrationFactory(event=event, waiting=True, name="Ben")
    row = applicant(event)
    url = page("approve", event.pk, row.pk)

    said = client.get(url).content.decode()
    client.post(url)
    carry_out(started)

    [mail] = OutboxMessage.objects.about(row)
    assert mail.subject in said
    assert "Du står på venteliste som nummer 2." in mail.text and "Du står på venteliste som nummer 2." in said


def test_somebody_without_an_address_is_mailed_by_no_button(client, event, started):
    row = applicant(event, email="")

    said = client.get(page("approve", event.pk, row.pk)).content.decode()
    client.post(page("approve", event.pk, row.pk))
    carry_out(started)

    assert "Der sendes ingen mail" in said
    assert written() == []


def test_calling_off_says_how_many_in_each_language_and_how_it_reads(client, event, started):
    RegistrationFactory(event=event, confirmed=True, email="ana@example.org")
    RegistrationFactory(event=event, confirmed=True, email="ben@example.org", language="en")
    RegistrationFactory(event=event, confirmed=True, email="")

    said = client.get(page("cancel", event.pk)).content.decode()
    client.post(page("cancel", event.pk))
    carry_out(started)

    assert "Du sender 2 mails: 1 på dansk, 1 på engelsk." in said
    assert {(to, subject in said) for to, _language, subject in written()} == {
        ("ana@example.org", True),
        ("ben@example.org", True),
    }


def as_sent(client, event):
    """The form of the event as a browser would send it."""
    form = client.get(page("edit", event.pk)).context["form"]
    values = {field.html_name: field.value() for field in form}
    shown = {name: form[name].subwidgets[0].data["value"] for name in ("starts_at", "ends_at")}
    return {name: value for name, value in values.items() if value not in (None, "", False)} | shown


def test_a_move_is_saved_once_its_mails_are_read(client, event, started):
    RegistrationFactory(event=event, confirmed=True, email="ana@example.org")
    sent = as_sent(client, event) | {"venue_name": "Kulturhuset"}

    first = client.post(page("edit", event.pk), sent)
    assert "Du sender 1 mail: 1 på dansk." in first.content.decode()
    assert "Kulturhuset" in first.context["previews"][0]["mail"].text
    assert Event.objects.get().venue_name == event.venue_name

    agreed = first.context["agreed"]
    other = client.post(page("edit", event.pk), sent | {"agreed": agreed, "venue_name": "Biblioteket"})
    assert other.status_code == 200
    assert Event.objects.get().venue_name == event.venue_name
    started.clear()

    client.post(page("edit", event.pk), sent | {"agreed": agreed})
    carry_out(started)
    assert Event.objects.get().venue_name == "Kulturhuset"
    [(to, _language, subject)] = written()
    assert to == "ana@example.org"
    assert subject in first.content.decode()


def test_a_move_that_is_not_agreed_to_starts_nothing(client, event):
    RegistrationFactory(event=event, confirmed=True)
    before = DBTaskResult.objects.count()

    client.post(page("edit", event.pk), as_sent(client, event) | {"venue_name": "Kulturhuset"})

    assert DBTaskResult.objects.count() == before


def test_a_move_asks_again_when_more_have_registered_meanwhile(client, event):
    RegistrationFactory(event=event, confirmed=True)
    sent = as_sent(client, event) | {"venue_name": "Kulturhuset"}
    agreed = client.post(page("edit", event.pk), sent).context["agreed"]
    RegistrationFactory(event=event, confirmed=True)

    second = client.post(page("edit", event.pk), sent | {"agreed": agreed})

    assert "Du sender 2 mails" in second.content.decode()
    assert Event.objects.get().venue_name == event.venue_name


def test_a_change_that_mails_nobody_is_saved_at_once(client, event, started):
    RegistrationFactory(event=event, confirmed=True)

    answer = client.post(page("edit", event.pk), as_sent(client, event) | {"summary": "Nyt."})

    assert answer.status_code == 302
    assert started == []


@pytest.mark.parametrize("full", [False, True])
def test_registering_on_behalf_says_which_mail_goes_out(client, officer, started, full):
    event = EventFactory(owner=officer, full=full)
    url = page("register", event.pk)

    said = client.get(url).content.decode()
    client.post(url, {"name": "Ana", "email": "ana@example.org", "consent": "on"})
    carry_out(started)

    [(_to, _language, subject)] = [mail for mail in written() if mail[0] == "ana@example.org"]
    assert "sendes der én mail til den, på dansk." in said
    assert subject in said


def seats(event, **facts):
    SeatCounter.objects.filter(event=event).update(**facts)


def full(officer, **facts):
    """An event whose one seat is taken, and whoever has it."""
    starts_at = (timezone.now() + timedelta(days=21)).replace(second=0, microsecond=0)
    event = EventFactory(owner=officer, seats=1, starts_at=starts_at, **facts)
    return event, RegistrationFactory(event=event, confirmed=True, email="ana@example.org")


def test_giving_up_a_seat_says_who_is_offered_it_in_which_language_and_how_it_reads(client, officer, started):
    event, holder = full(officer)
    RegistrationFactory(event=event, waiting=True, name="Bo Bak", email="bo@example.org", language="en")
    RegistrationFactory(event=event, waiting=True, name="Cil Å")

    said = client.get(page("cancel_registration", event.pk, holder.pk)).content.decode()
    client.post(page("cancel_registration", event.pk, holder.pk))
    carry_out(started)
    carry_out(started[2:])

    assert "Pladsen tilbydes Bo Bak, der har ventet længst." in said and "Cil Å" not in said
    assert "Der sendes én mail, til bo@example.org, på engelsk." in said
    assert {(to, subject in said) for to, _language, subject in written()} >= {("bo@example.org", True)}


def test_a_place_in_the_queue_that_is_given_up_offers_nothing(client, officer):
    event, _holder = full(officer)
    waiting = RegistrationFactory(event=event, waiting=True)
    RegistrationFactory(event=event, waiting=True, name="Bo Bak")

    said = client.get(page("cancel_registration", event.pk, waiting.pk)).content.decode()

    assert "Bo Bak" not in said and "Pladsen" not in said


def test_a_seat_nobody_waits_for_says_so(client, officer):
    event, holder = full(officer)

    assert "Ingen venter på pladsen." in client.get(page("cancel_registration", event.pk, holder.pk)).content.decode()


def test_a_no_by_phone_is_written_down_once_it_is_seen_who_is_mailed(client, officer, started):
    event = EventFactory(owner=officer, seats=1)
    asked = RegistrationFactory(event=event, waiting=True, email="")
    RegistrationFactory(event=event, waiting=True, name="Bo Bak", email="bo@example.org")
    waiting_list.offer(asked.pk, deadline=timezone.now() + timedelta(days=1))
    started.clear()
    url = page("answer", event.pk, asked.pk)

    said = client.post(url, {"answer": "no"}).content.decode()
    asked.refresh_from_db()
    assert asked.status == Status.OFFERED
    assert "Pladsen tilbydes Bo Bak" in said and "til bo@example.org, på dansk." in said

    client.post(url, {"answer": "no", "sure": "1"})
    carry_out(list(started))
    carry_out(started[1:])
    [(to, _language, subject)] = written()
    assert to == "bo@example.org" and subject in said


def test_more_seats_are_saved_once_the_offers_they_lead_to_are_read(client, officer, started):
    event, _holder = full(officer)
    for number, language in enumerate(["da", "en", "da"]):
        RegistrationFactory(event=event, waiting=True, email=f"bo{number}@example.org", language=language)
    sent = as_sent(client, event) | {"capacity": "3"}

    first = client.post(page("edit", event.pk), sent)
    html = first.content.decode()
    assert "Du sender 2 mails: 1 på dansk, 1 på engelsk." in html
    assert "2, der venter, får tilbudt en plads." in html
    assert SeatCounter.objects.get(event=event).capacity == 1
    started.clear()

    client.post(page("edit", event.pk), sent | {"agreed": first.context["agreed"]})
    carry_out(list(started))
    carry_out([call for call in started if call[0] == "events.seat_offered"])
    assert {to for to, _language, _subject in written()} == {"bo0@example.org", "bo1@example.org"}
    assert all(subject in html for _to, _language, subject in written())


def test_the_invited_are_shown_how_a_move_and_a_cancellation_read_to_them(client, event):
    RegistrationFactory(event=event, confirmed=True)
    InvitationFactory(event=event, sent=True, language="en")

    cancelled = client.get(page("cancel", event.pk)).content.decode()
    moved = client.post(
        page("edit", event.pk), as_sent(client, event) | {"venue_name": "Kulturhuset"}
    ).content.decode()

    assert "Du sender 2 mails: 1 på dansk, 1 på engelsk." in cancelled
    assert "The meeting we have invited you to is unfortunately cancelled:" in cancelled
    assert "The meeting we have invited you to has changed." in moved


@pytest.mark.parametrize("pools", [0, 1])
def test_what_is_foreseen_is_what_the_worker_does(officer, started, pools):
    event = EventFactory(owner=officer, seats=4, attendance="both")
    seats(event, in_person_capacity=2, online_capacity=2)
    rows = [
        RegistrationFactory(event=event, waiting=True, mode=mode, partner_kind=kind)
        for mode, kind in [
            ("online", ""),
            ("in_person", "faith"),
            ("in_person", ""),
            ("in_person", ""),
            ("online", ""),
        ]
    ]
    if pools:
        HeldSeats.objects.create(event=event, kind="faith", seats=1, release_at=event.starts_at)
        seats(event, held=1)

    foreseen = following.now_free(event, now=timezone.now())

    assert [row.pk for row in foreseen.offered] == waiting_list.offer_free_seats(event, now=timezone.now())
    assert 0 < len(foreseen.offered) < len(rows)


def test_giving_up_a_seat_says_who_moves_to_it_as_they_wished(client, officer, started):
    event = EventFactory(owner=officer, seats=4, attendance="both")
    seats(event, in_person_capacity=1)
    leaving = RegistrationFactory(event=event, confirmed=True, mode="in_person")
    wishing = RegistrationFactory(
        event=event, confirmed=True, mode="online", wishes_mode="in_person", name="Bo Bak", email="bo@example.org"
    )

    said = client.get(page("cancel_registration", event.pk, leaving.pk)).content.decode()
    client.post(page("cancel_registration", event.pk, leaving.pk))
    carry_out([call for call in started if call[0] == "events.seat_freed"])
    carry_out([call for call in started if call[0] == "events.mode_granted"])

    wishing.refresh_from_db()
    assert wishing.mode == "in_person"
    assert "Bo Bak deltager så på den anden måde, som ønsket." in said
    [(to, _language, subject)] = written()
    assert to == "bo@example.org" and subject in said
    assert "Der er blevet en plads på stedet, og den er din." in said


def taking_over(event, **facts):
    """One who is to have the seat of a colleague when we say yes, and that colleague."""
    giver = RegistrationFactory(
        event=event, confirmed=True, name="Gro Giver", email="gro@example.org", language=facts.pop("giver_language")
    )
    return giver, applicant(event, name="Ny Kollega", email="ny@example.org", replaces=giver, **facts)


@pytest.mark.parametrize(("language", "giver_language"), [("da", "en"), ("en", "da")])
@pytest.mark.parametrize(("name", "sent"), [("approve", {}), ("refuse", {"answer": "Kun for skoler."})])
def test_an_answer_about_a_swap_shows_both_mails_and_says_to_whom_they_go(
    client, officer, started, name, sent, language, giver_language
):
    event = EventFactory(owner=officer, seats=1, needs_approval=True)
    _giver, row = taking_over(event, language=language, giver_language=giver_language)
    url = page(name, event.pk, row.pk)

    said = client.get(url)
    client.post(url, sent)
    carry_out(started)

    assert len(said.context["previews"]) == 2
    assert f"Der sendes én mail, til ny@example.org, {SAID[language]}." in said.text
    assert f"Der sendes én mail, til gro@example.org, {SAID[giver_language]}." in said.text
    assert {(to, spoken) for to, spoken, _subject in written()} == {
        ("ny@example.org", language),
        ("gro@example.org", giver_language),
    }
    assert {subject for _to, _spoken, subject in written()} == {
        preview["mail"].subject for preview in said.context["previews"]
    }


def test_the_colleague_of_one_who_has_cancelled_meanwhile_is_shown_a_place_of_their_own(client, officer):
    event = EventFactory(owner=officer, seats=1, needs_approval=True)
    giver, row = taking_over(event, giver_language="da")
    Registration.objects.filter(pk=giver.pk).update(status=Status.CANCELLED)
    RegistrationFactory(event=event, waiting=True)

    said = client.get(page("approve", event.pk, row.pk))

    assert "Gro Giver" not in said.text and len(said.context["previews"]) == 1


@pytest.mark.parametrize("name", ["cancel", "edit"])
def test_those_a_mail_does_not_reach_are_named_with_the_reason(client, event, name):
    RegistrationFactory(event=event, confirmed=True, name="Uden Adresse", email="")
    RegistrationFactory(event=event, confirmed=True, name="Kommer Retur", email="gone@example.org")
    Suppression.objects.create(address="gone@example.org", reason="bounced", status="5.1.1", since=timezone.now())

    said = client.get(page(name, event.pk)).text

    assert "Disse har ingen e-mail. Ring til dem: Uden Adresse</p>" in said
    assert "Mails til disse kommer retur. Ring til dem: Kommer Retur</p>" in said
