"""Every button that mails says how many, to whom, in which language, with a preview, before it does."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from events import tasks
from events.models import Event, Registration
from events.urls import internal
from outreach.mail.models import OutboxMessage
from tests.events.factories import EventFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
Status = Registration.Status

# The pages with a button that mails: walked through below, or in the module named.
WALKED = {"edit", "cancel", "approve", "refuse", "cancel_registration", "register"}
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
# Nobody who has an address is mailed by these; "answer" is for those who are phoned, and says who is mailed on a no.
SILENT = {
    *{"list", "plan", "event", "publish", "agenda", "copy", "paper", "move", "answer", "drop_reminder"},
    *{"questions", "add_question", "form_preview", "question", "move_question", "retire_question"},
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
