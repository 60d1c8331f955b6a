"""The daily mail: who gets it, when, and that nothing but numbers leaves the house."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from contacts import tasks
from contacts.models import DailyMail
from contacts.services import daily_mail
from contacts.services.daily_mail import choose, is_time, what_waits
from outreach.accounts.models import Role
from outreach.mail import outbox
from outreach.mail.models import OutboxMessage
from tests.contacts.factories import (
    TODAY,
    FollowUpFactory,
    OfficerFactory,
    PersonFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db

SEVEN = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # in Copenhagen, on a Monday


@pytest.fixture
def asked(officer):
    """An officer who wants the mail, and has something overdue."""
    choose(officer, wanted=True)
    FollowUpFactory(owner=officer, due_on=TODAY - timedelta(days=2))
    return officer


@pytest.fixture
def morning(work):
    """``morning(now)`` does what the worker does then, and returns the mails that left."""

    def come(now=SEVEN):
        mail.outbox.clear()
        with time_machine.travel(now, tick=False):
            daily_mail.begin(timezone.now())
            work()
        return mail.outbox[:]

    return come


def test_nobody_gets_it_who_did_not_choose_it(officer, morning):
    FollowUpFactory(owner=officer, due_on=TODAY)

    assert morning() == []


def test_it_counts_what_waits_and_names_nothing(asked, morning):
    person = PersonFactory(owner=asked, name="Amina Rahbek")
    FollowUpFactory(owner=asked, person=person, title="Ring til Amina", due_on=TODAY)
    FollowUpFactory(owner=asked, person=person, due_on=TODAY, starts_at=time(13))
    FollowUpFactory.create_batch(3, owner=asked, due_on=TODAY + timedelta(days=7))
    FollowUpFactory(owner=asked, due_on=TODAY + timedelta(days=8))
    RegistrationFactory(event__owner=asked, event__title="Netværksmøde")

    [letter] = morning()

    assert letter.to == [asked.email]
    assert letter.subject == "Your day in the workspace"
    told = [line for line in letter.body.splitlines() if line.startswith("- ")]
    assert told == [
        "- 1 follow-up overdue",
        "- 1 follow-up due today",
        "- 1 meeting today",
        "- 3 follow-ups within a week",
        "- 1 proposal waiting for an answer",
    ]
    whole = letter.body + str(letter.alternatives) + letter.subject
    assert not any(name in whole for name in ("Amina", "Ring til", "Netværksmøde", asked.name))


def test_a_restricted_contact_the_officer_lost_sight_of_is_not_counted(officer):
    hidden = PersonFactory(restricted=True)
    FollowUpFactory(owner=officer, person=hidden, due_on=TODAY)

    assert not what_waits(officer, today=TODAY)


def test_it_speaks_the_officers_language(asked, morning):
    asked.language = "da"
    asked.save()

    [letter] = morning()

    assert letter.subject == "Din dag i arbejdsrummet"
    assert "- 1 opfølgning over tiden" in letter.body


def test_nothing_to_say_is_no_mail(officer, morning):
    choose(officer, wanted=True)

    assert morning() == []
    assert not OutboxMessage.objects.exists()


def test_the_worker_may_come_round_as_often_as_it_likes(asked, morning):
    assert len(morning()) == 1

    assert morning(SEVEN + timedelta(minutes=10)) == []
    with time_machine.travel(SEVEN + timedelta(minutes=11), tick=False):
        tasks.daily_mail.func(str(asked.pk))
    assert OutboxMessage.objects.count() == 1


def test_choosing_anew_brings_no_second_mail_that_day(asked, morning):
    morning()
    choose(asked, wanted=False)
    choose(asked, wanted=True)

    assert morning(SEVEN + timedelta(hours=1)) == []


def test_the_next_day_brings_the_next_mail(asked, morning):
    morning()

    assert len(morning(SEVEN + timedelta(days=1))) == 1


def test_a_late_worker_sends_until_noon_and_no_later(asked, morning):
    assert morning(datetime(2026, 11, 23, 11, 0, tzinfo=UTC)) == []
    assert len(morning(datetime(2026, 11, 24, 10, 59, tzinfo=UTC))) == 1


@pytest.mark.parametrize("later", [timedelta(hours=6), timedelta(days=1)], ids=["in the afternoon", "the day after"])
def test_a_mail_the_server_did_not_take_in_time_is_not_sent(asked, later):
    with time_machine.travel(SEVEN, tick=False):
        tasks.daily_mail.func(str(asked.pk))

    with time_machine.travel(SEVEN + later, tick=False):
        outbox.drain(timezone.now)

    assert OutboxMessage.objects.get().reason == "its morning has passed"


@pytest.mark.parametrize(
    ("moment", "comes"),
    [
        ("2026-11-23T05:59", False),  # winter: 06.59
        ("2026-11-23T06:00", True),
        ("2026-10-25T06:30", False),  # the Sunday the clock goes back
        ("2026-10-26T05:30", False),  # the Monday after it: 06.30
        ("2026-10-26T06:00", True),
        ("2026-03-29T05:30", False),  # the Sunday the clock goes forward
        ("2026-03-27T05:30", False),  # the Friday before it: 06.30
        ("2026-03-30T05:00", True),  # the Monday after it
        ("2026-03-30T10:00", False),  # noon
        ("2026-11-28T08:00", False),  # Saturday
        ("2026-12-25T08:00", False),  # Christmas Day, a Friday
        ("2027-03-29T08:00", False),  # Easter Monday
        ("2027-03-30T08:00", True),
    ],
)
def test_it_comes_on_working_mornings_by_the_clock_of_copenhagen(moment, comes):
    assert is_time(datetime.fromisoformat(moment).replace(tzinfo=UTC)) is comes


@pytest.mark.parametrize(
    "change",
    [{"is_active": False}, {"role": Role.EDITOR}, {"role": Role.ADMINISTRATOR}],
    ids=str,
)
def test_whoever_left_or_reads_no_contacts_gets_none(asked, change, morning):
    for field, value in change.items():
        setattr(asked, field, value)
    asked.save()

    assert morning() == []
    with time_machine.travel(SEVEN, tick=False):
        tasks.daily_mail.func(str(asked.pk))
    assert not OutboxMessage.objects.exists()


def test_whoever_leaves_before_it_is_sent_gets_none(asked):
    with time_machine.travel(SEVEN, tick=False):
        tasks.daily_mail.func(str(asked.pk))
        choose(asked, wanted=False)
        outbox.drain(timezone.now)

    assert OutboxMessage.objects.get().reason == "no longer wanted"
    assert mail.outbox == []


def test_the_choice_is_made_from_the_page_about_the_account(client, officer):
    client.force_login(officer)
    assert 'href="/workspace/daily-mail/"' in client.get("/account/").content.decode()

    client.post("/workspace/daily-mail/", {"wanted": "yes"})
    assert DailyMail.objects.visible_to(officer).exists()

    page = client.get("/workspace/daily-mail/").content.decode()
    assert "It comes on working days from 7 o'clock" in page.replace("&#x27;", "'")

    client.post("/workspace/daily-mail/", {"wanted": "no"})
    assert not DailyMail.objects.visible_to(officer).exists()


def test_the_account_of_an_editor_offers_no_daily_mail(client):
    client.force_login(OfficerFactory(role=Role.EDITOR))

    assert "daily-mail" not in client.get("/account/").content.decode()


def test_counting_takes_the_same_few_queries_however_much_waits(officer, django_assert_num_queries):
    FollowUpFactory.create_batch(5, owner=officer)
    RegistrationFactory.create_batch(3, event__owner=officer)

    with django_assert_num_queries(4):
        what_waits(officer, today=TODAY)
