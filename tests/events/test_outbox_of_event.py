"""Whoever runs an event sees every mail about it, and sends one again with a word of why and new links."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from events import tasks
from events.mail import tell
from events.mail_words import kind_words
from events.models import MailAgain, Registration, RegistrationToken, SeatCounter
from events.services import mails_again, planning, registering, tokens
from outreach.audit.models import Entry
from outreach.mail.kinds import KINDS
from outreach.mail.models import OutboxMessage, Suppression
from outreach.mail.reasons import SENTENCES, in_words
from tests.events.factories import EventFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
State = OutboxMessage.State
Purpose = RegistrationToken.Purpose


@pytest.fixture
def officer(client):
    officer = OfficerFactory()
    client.force_login(officer)
    return officer


@pytest.fixture
def event(officer):
    return EventFactory(owner=officer)


def written(event, kind="events.confirmed", state=State.SENT, **guest):
    """A mail of this kind to somebody with a seat."""
    registration = RegistrationFactory(event=event, confirmed=True, **guest)
    tell(kind, registration)
    mail = OutboxMessage.objects.about(registration).get()
    mail.state, mail.sent_at = state, timezone.now() if state == State.SENT else None
    mail.save()
    return mail


def address(name, *args):
    return reverse(f"events_workspace:{name}", args=args)


def words_above(client, url, preface="Vi sender den igen."):
    """Look, then send, as a browser does; returns the answer to the second click."""
    seen = client.post(url, {"preface": preface, "look": ""})
    key = seen.context["form"].key
    return client.post(url, {"preface": preface, "read": preface, "send": "1", "form_key": str(key)}), key


def carry_out():
    for wish in MailAgain.objects.waiting():
        tasks.mail_again.func(str(wish.pk))


def newest():
    return OutboxMessage.objects.order_by("-created_at")[0]


def test_the_mails_of_an_event_stand_with_their_state_and_reason_in_words(client, event):
    written(event, name="Åse Kær", email="ase@example.org")
    Suppression.objects.create(address="ben@example.org", reason="bounced", since=timezone.now())
    tell("events.confirmed", RegistrationFactory(event=event, confirmed=True, email="ben@example.org"))
    written(EventFactory(), email="elsewhere@example.org")

    page = client.get(address("mails", event.pk)).content.decode()

    assert "Åse Kær" in page and "ase@example.org" in page
    assert "Tidligere mails til adressen er kommet retur." in page
    assert "suppressed" not in page
    assert "elsewhere@example.org" not in page


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_kind_of_mail_about_events_is_called_something(language):
    kinds = [kind for kind in KINDS if kind.startswith("events.")]
    with translation.override(language):
        names = [kind_words(kind) for kind in kinds]
        other = kind_words("events.nothing")

    assert other not in names
    assert len(set(names)) == len(names) > 25


def test_they_are_narrowed_by_state(client, event):
    written(event, email="ana@example.org")
    written(event, email="ben@example.org", state=State.FAILED)

    page = client.get(address("mails", event.pk) + "?state=failed").content.decode()

    assert "ben@example.org" in page
    assert "ana@example.org" not in page


def test_a_thousand_mails_cost_no_more_queries_than_one(client, event, django_assert_max_num_queries):
    SeatCounter.objects.update(capacity=100)
    for _number in range(30):
        written(event)

    with django_assert_max_num_queries(20):
        page = client.get(address("mails", event.pk))

    assert len(page.context["page"].object_list) == 25


def test_the_text_is_shown_without_its_links_and_the_reading_is_noted(client, event):
    mail = written(event)

    page = client.get(address("mail", event.pk, mail.pk)).content.decode()

    assert "[personligt link]" in page
    assert Entry.objects.filter(object_label="mail.OutboxMessage", object_id=str(mail.pk), verb="view").exists()


def test_mails_of_an_event_of_others_are_not_there(client, event):
    mail = written(EventFactory())
    theirs = Registration.objects.get().event

    for pages in (theirs, event):
        for name in ("mail", "mail_again", "try_mail_again"):
            assert client.post(address(name, pages.pk, mail.pk)).status_code == 404
    assert client.get(address("mails", theirs.pk)).status_code == 404
    assert client.get(address("mails_again", theirs.pk, mail.kind)).status_code == 404


def test_a_mail_goes_again_once_under_the_officers_words_in_new_links(client, event):
    mail = written(event)
    guest = Registration.objects.get()
    before = tokens.issue(guest, Purpose.MANAGE)
    url = address("mail_again", event.pk, mail.pk)

    shown = client.post(url, {"preface": "Vi sender den igen.", "look": ""}).content.decode()
    assert "Du sender 1 mail: 1 på dansk." in shown
    assert shown.count("Vi sender den igen.") >= 2
    assert not MailAgain.objects.exists()
    for _click in range(2):
        words_above(client, url)
    carry_out()
    carry_out()

    again = newest()
    assert OutboxMessage.objects.count() == 2
    assert again.text.startswith("Vi sender den igen.")
    assert again.kind == "events.confirmed"
    assert tokens.issue(guest, Purpose.MANAGE) != before


def test_words_that_were_not_in_the_preview_are_shown_before_they_go(client, event):
    mail = written(event)

    answer = client.post(
        address("mail_again", event.pk, mail.pk), {"preface": "Nyt", "read": "Gammelt", "send": "1"}
    ).content.decode()

    assert "Nyt" in answer
    assert not MailAgain.objects.exists()


def test_the_same_key_twice_is_one_wish(event):
    mail, now = written(event), timezone.now()
    asked = {"event": event, "kind": mail.kind, "preface": "x", "author": event.owner, "now": now}
    key = mail.pk

    assert mails_again.ask(mail, key=key, **asked)
    carry_out()
    assert mails_again.ask(mail, key=key, **asked) is None
    assert MailAgain.objects.count() == 1


def test_a_task_that_is_run_again_half_way_writes_each_mail_once(event):
    written(event)
    written(event)
    wish = mails_again.ask(
        None,
        event=event,
        kind="events.confirmed",
        preface="x",
        author=event.owner,
        now=timezone.now(),
        key=event.pk,
    )
    tasks.mail_again.func(str(wish.pk))
    MailAgain.objects.update(done_at=None)

    tasks.mail_again.func(str(wish.pk))

    assert OutboxMessage.objects.count() == 4


def test_a_mail_to_all_leaves_out_those_for_whom_it_is_no_longer_right(client, event):
    written(event, email="ana@example.org", language="en")
    mail = written(event, email="ben@example.org")
    registering.cancel(Registration.objects.get(pk=mail.about_pk), officer=event.owner, now=timezone.now())

    words_above(client, address("mails_again", event.pk, "events.confirmed"))
    carry_out()

    assert [again.to for again in OutboxMessage.objects.filter(dedupe__startswith="again:")] == ["ana@example.org"]


def test_a_mail_the_gate_holds_back_leaves_the_old_links_alone(client, event):
    mail = written(event)
    guest = Registration.objects.get()
    before = tokens.issue(guest, Purpose.MANAGE)
    words_above(client, address("mail_again", event.pk, mail.pk))
    Suppression.objects.create(address=guest.email, reason="bounced", since=timezone.now())

    carry_out()

    assert newest().state == State.SKIPPED
    assert tokens.issue(guest, Purpose.MANAGE) == before


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (
            lambda event: registering.cancel(event.registrations.get(), officer=event.owner, now=timezone.now()),
            "ændret",
        ),
        (lambda event: planning.cancel_event(event, officer=event.owner, now=timezone.now()), "aflyst"),
        (
            lambda event: type(event).objects.update(
                starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1)
            ),
            "slut",
        ),
    ],
)
def test_a_mail_about_something_over_is_refused_in_a_sentence(client, event, happens, said):
    mail = written(event)
    happens(event)

    answer = client.get(address("mail_again", event.pk, mail.pk), follow=True).content.decode()

    assert "Mailen sendes ikke igen." in answer and said in answer


def test_what_is_over_before_the_worker_comes_to_it_is_not_written(client, event):
    mail = written(event)
    words_above(client, address("mail_again", event.pk, mail.pk))
    registering.cancel(Registration.objects.get(), officer=event.owner, now=timezone.now())

    carry_out()

    assert OutboxMessage.objects.filter(kind="events.confirmed").count() == 1
    assert not MailAgain.objects.waiting().exists()


def test_a_mail_that_was_given_up_is_tried_once_more(client, event):
    mail = written(event, state=State.FAILED)

    page = client.get(address("mail", event.pk, mail.pk)).content.decode()
    assert f"Der sendes én mail, til {mail.to}, på dansk." in page
    client.post(address("try_mail_again", event.pk, mail.pk))
    tasks.try_mail_again.func(str(mail.pk))

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (State.QUEUED, 0)


def test_one_that_was_given_up_and_is_over_is_not_tried(client, event):
    mail = written(event, state=State.FAILED)
    registering.cancel(Registration.objects.get(), officer=event.owner, now=timezone.now())

    client.post(address("try_mail_again", event.pk, mail.pk))
    tasks.try_mail_again.func(str(mail.pk))

    mail.refresh_from_db()
    assert mail.state == State.FAILED


def test_every_reason_reads_as_a_sentence():
    assert in_words("") == ""
    for phrase, sentence in SENTENCES:
        assert in_words(f"{phrase}: 550") == str(sentence)
    assert "udbakken" in in_words("something nobody thought of") or "outbox" in in_words("something else")
