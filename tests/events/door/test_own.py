"""What a registrant may do beyond a registration: the other mode, a swap, the list, all at one address."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events import door
from events.door import own
from events.mail import tell
from events.models import MailboxLink, Refusal, Registration, RegistrationToken, SeatCounter
from events.services import mailbox, modes, tokens
from events.services.reconcile import differences
from events.services.tokens import Purpose
from tests.events.factories import EventFactory, RegistrationFactory

from .conftest import link

Status = Registration.Status
pytestmark = pytest.mark.django_db


def limited(event, **limits):
    SeatCounter.objects.filter(event=event).update(**limits)


def managed(registration):
    return link(registration, Purpose.MANAGE)


# The other mode


def test_a_seat_in_the_other_mode_is_taken_at_once(both, ana, started):
    outcome = own.choose_mode(managed(ana), "online")

    assert (outcome.reason, outcome.changed) == ("", True)
    ana.refresh_from_db()
    assert ana.mode == "online"
    assert differences(both) == []
    assert started == [("events.seat_freed", both.pk)]
    assert not own.choose_mode(managed(ana), "online").changed


@pytest.mark.parametrize(("waits", "wish"), [(False, ""), (True, "online")])
def test_where_the_other_mode_is_full_the_seat_stays_and_the_wish_is_kept(both, ana, waits, wish):
    limited(both, online_capacity=0)

    outcome = own.choose_mode(managed(ana), "online", waits=waits)

    assert (outcome.reason, outcome.changed) == (Refusal.MODE_FULL, waits)
    ana.refresh_from_db()
    assert (ana.mode, ana.wishes_mode, ana.status) == ("in_person", wish, "confirmed")
    assert own.own(managed(ana)).wishes_mode == wish
    assert differences(both) == []


def test_nobody_passes_those_who_wait_for_that_mode(both, ana):
    RegistrationFactory(event=both, waiting=True, mode="online")
    limited(both, online_capacity=1)

    assert own.choose_mode(managed(ana), "online").reason == Refusal.MODE_FULL


def test_a_wish_is_granted_when_there_is_room_and_told_once(both, ana, started):
    limited(both, online_capacity=0)
    own.choose_mode(managed(ana), "online", waits=True)
    limited(both, online_capacity=1)
    started.clear()
    now = timezone.now()

    assert modes.grant_wishes(both, now=now) == [ana.pk]
    assert modes.grant_wishes(both, now=now) == []

    ana.refresh_from_db()
    assert (ana.mode, ana.wishes_mode) == ("online", "")
    assert [name for name, *_ in started] == ["events.mode_granted", "events.seat_freed"]


def test_keeping_what_one_has_takes_the_wish_back(both, ana):
    limited(both, online_capacity=0)
    own.choose_mode(managed(ana), "online", waits=True)

    assert own.choose_mode(managed(ana), "in_person").changed
    assert own.own(managed(ana)).wishes_mode == ""


def test_who_waits_waits_for_the_other_mode_with_the_same_number(both):
    waiting = RegistrationFactory(event=both, waiting=True)

    assert own.choose_mode(managed(waiting), "online").changed

    number = waiting.queue_number
    waiting.refresh_from_db()
    assert (waiting.mode, waiting.status, waiting.queue_number) == ("online", "waiting", number)
    assert differences(both) == []


@pytest.mark.parametrize("wanted", ["online", "by boat", ""])
def test_where_there_is_no_choice_nothing_changes(wanted):
    registration = RegistrationFactory(event=EventFactory(), confirmed=True)

    assert not own.choose_mode(managed(registration), wanted).changed


@pytest.mark.parametrize(("trait", "reason"), [("past", Refusal.STARTED), ("cancelled", Refusal.EVENT_CANCELLED)])
def test_when_it_is_over_or_off_nothing_can_be_chosen_or_given_away(trait, reason):
    event = EventFactory(attendance="both", **{trait: True})
    h = managed(RegistrationFactory(event=event, confirmed=True))

    assert own.choose_mode(h, "online").reason == reason
    assert own.swap(h, {"name": "Bo", "email": "bo@example.org"}).reason == reason


# The name


def test_one_can_write_ones_name_right_and_is_the_same_person(ana):
    assert door.answer(managed(ana), {"name": "Ana Aerø Ny"}).changed

    ana.refresh_from_db()
    assert (ana.name, ana.folded_key.split("|")[1]) == ("Ana Aerø Ny", "ana@example.org")


def test_a_name_that_is_registered_at_the_address_already_is_refused(both, ana):
    RegistrationFactory(event=both, waiting=True, name="Bo", email="ana@example.org")

    outcome = door.answer(managed(ana), {"name": "BO"})

    assert (outcome.reason, outcome.changed) == (Refusal.ALREADY_REGISTERED, False)
    ana.refresh_from_db()
    assert ana.name == "Ana Ærø"


# The list of participants


@pytest.fixture
def listing(both):
    both.list_days_before = 30
    both.save()
    for how, name, organisation in [
        ("hidden", "Hans Gemt", "Skjult"),
        ("initials", "ærø bo-lund", "Intet"),
        ("organisation", "Ole Org", "Æblehaven"),
        ("full", "Fie Fuld", "Fri"),
    ]:
        RegistrationFactory(event=both, confirmed=True, name=name, organisation=organisation, shown=how)
    RegistrationFactory(event=both, waiting=True, name="Vera Venter", shown="full")
    return both


def test_those_who_come_see_each_other_as_each_has_chosen(ana, listing):
    assert sorted(map(str, own.participants(managed(ana)))) == ["Fie Fuld, Fri", "Æ.B.L.", "Æblehaven"]


@pytest.mark.parametrize(
    "change",
    [{"list_days_before": None}, {"list_days_before": 1}, {"status": "cancelled"}, {"ends_at": "gone"}],
    ids=["off", "too early", "cancelled", "over"],
)
def test_the_list_is_shown_in_its_time_only(ana, listing, change):
    if "ends_at" in change:
        now = timezone.now()
        change = {"starts_at": now - timedelta(hours=3), "ends_at": now - timedelta(hours=1)}
    type(listing).objects.filter(pk=listing.pk).update(**change)

    assert own.participants(managed(ana)) is None


def test_who_only_waits_sees_nobody(listing):
    waiting = Registration.objects.get(name="Vera Venter")

    assert own.participants(managed(waiting)) is None


def test_a_list_on_which_nobody_wants_to_be_is_empty(both, ana):
    both.list_days_before = 30
    both.save()

    assert not own.participants(managed(ana))


def test_how_one_is_shown_can_be_chosen_and_taken_back(ana, listing):
    assert own.show(managed(ana), "full").changed
    assert "Ana Ærø" in [line.name for line in own.participants(managed(ana))]
    assert own.show(managed(ana), "hidden").changed
    assert not own.show(managed(ana), "by neon sign").changed
    assert own.own(managed(ana)).shown == "hidden"


# All at one address


@pytest.fixture
def post():
    """The link to a mailbox, and the hash of it."""
    sent = MailboxLink.objects.create(email="Ana@example.org", created_at=timezone.now())

    def opened():
        token = mailbox.open_link(sent, now=timezone.now())
        return token, tokens.digest(token)

    return opened


def test_the_link_lists_what_is_at_the_address_and_opens_each(both, ana, post):
    RegistrationFactory(event=both, waiting=True, name="Bo", email="ana@example.org", mode="online")
    RegistrationFactory(event=both, confirmed=True, email="ana@example.org.evil.example")
    token, h = post()

    listed = own.mailbox(h)

    assert sorted((row.name, row.status, row.place) for row in listed) == [
        ("Ana Ærø", "confirmed", 0),
        ("Bo", "waiting", 1),
    ]
    assert {row.event for row in listed} == {both}
    [bo] = [row for row in listed if row.name == "Bo"]
    h = tokens.digest(mailbox.personal_token(token, bo.registration_id))
    assert door.view(h).name == "Bo"
    assert door.cancel(h).status == "cancelled"


def test_letters_that_only_a_database_takes_for_the_same_open_no_mailbox(both):
    RegistrationFactory(event=both, confirmed=True, email="mike@kit.example")
    sent = MailboxLink.objects.create(email="mıke@Kıt.example", created_at=timezone.now())

    assert mailbox.registrations_at(sent) == []


def test_the_link_works_for_a_day_and_its_own_links_with_it(ana, post):
    token, h = post()
    gone = timezone.now() - timedelta(minutes=1)
    MailboxLink.objects.update(expires_at=gone)
    RegistrationToken.objects.update(expires_at=gone)

    assert own.mailbox(h) == []
    assert door.view(tokens.digest(mailbox.personal_token(token, ana.pk))) is None


def test_the_link_of_one_registration_lists_none(ana):
    assert own.mailbox(managed(ana)) == []
    assert own.mailbox("") == []


def test_the_same_link_is_made_each_time(ana, post):
    assert post() == post()
    assert ana.tokens.filter(purpose=Purpose.MANAGE).count() == 1
    assert tokens.issue(ana, Purpose.MANAGE)
    assert ana.tokens.filter(purpose=Purpose.MANAGE).count() == 2


def test_the_mails_about_a_registration_are_told_by_subject_and_day(ana, work):
    tell("events.confirmed", ana)
    work()

    [mail] = own.own(managed(ana)).mails
    assert mail.subject == "Du har en plads: Netværksmøde"
