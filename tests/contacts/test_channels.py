"""Channels a contact does not want: shown where one would use them, and honoured by the gate of every mail."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.models import Channel, Refusal, RegistrationLink
from contacts.services.channels import REASON, lift, refuse, wants_no_mail
from contacts.services.keeping import keep
from outreach.audit.models import Entry
from outreach.mail import gate
from outreach.mail.kinds import KINDS, MailKind
from outreach.mail.models import Mailbox, OutboxMessage, Suppression
from tests.contacts.factories import TODAY, OrganisationFactory, PersonFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
ADDRESS = "board@club.example.dk"


@pytest.fixture(autouse=True)
def kind_of_ours(monkeypatch):
    monkeypatch.setitem(KINDS, "sample.ours", MailKind("sample.ours"))


def message(kind="sample.ours", to=ADDRESS, about=None):
    label, pk = (about._meta.label, str(about.pk)) if about else ("accounts.Team", "1")
    return OutboxMessage(kind=kind, to=to, about_label=label, about_pk=pk)


def reason(mail):
    return next(iter(wants_no_mail([mail])))


def kept(contact, officer):
    """With the rows of its addresses."""
    return keep(contact, actor=officer)


@pytest.fixture
def closed(officer):
    """Somebody at the address who wants no e-mail."""
    person = kept(PersonFactory(name="Amina Rahbek", email=ADDRESS), officer)
    refuse(person, Channel.EMAIL, since=TODAY, why="", actor=officer)
    return person


def test_the_gate_asks_the_contacts():
    assert wants_no_mail in gate.ALWAYS


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_of_every_kind_only_what_was_asked_for_reaches_somebody_who_wants_no_mail(closed, kind):
    expected = "" if KINDS[kind].asked_for else REASON

    assert reason(message(kind, to=ADDRESS.upper())) == expected


def test_what_we_begin_ourselves_was_never_asked_for():
    assert not [name for name in KINDS if name.startswith(("content.", "sample.")) and KINDS[name].asked_for]


def test_a_shared_mailbox_stays_open_while_somebody_there_wants_mail(closed, officer):
    kept(PersonFactory(email=ADDRESS), officer)

    assert reason(message()) == ""


def test_an_organisation_can_close_its_mailbox_too(officer):
    club = kept(OrganisationFactory(email=ADDRESS), officer)
    refuse(club, Channel.EMAIL, since=TODAY, why="", actor=officer)

    assert reason(message()) == REASON


def test_in_a_shared_mailbox_the_wish_of_the_one_who_is_meant_decides(closed, officer):
    kept(PersonFactory(name="Yusuf Dahl", email=ADDRESS), officer)
    taken = {"email": ADDRESS, "registered_by": officer}

    for_amina = RegistrationFactory(name="amina rahbek", **taken)
    for_yusuf = RegistrationFactory(name="Yusuf Dahl", **taken)

    assert reason(message("events.confirmed", about=for_amina)) == REASON
    assert reason(message("events.confirmed", about=for_yusuf)) == ""


def test_the_person_a_registration_is_linked_to_decides(closed, officer):
    registration = RegistrationFactory(name="A. R.", email="other@example.dk", registered_by=officer)
    RegistrationLink.objects.create(registration=registration, person=closed, linked_by=officer)

    assert reason(message("events.confirmed", about=registration)) == REASON


def test_their_own_registration_is_answered(closed):
    registration = RegistrationFactory(name="Amina Rahbek", email=ADDRESS)

    assert reason(message("events.event_cancelled", about=registration)) == ""


def test_a_channel_that_is_open_again_is_used_again(closed, officer):
    lift(Refusal.objects.get(), actor=officer)

    assert reason(message()) == ""


def test_it_is_noted_shown_at_the_channels_and_lifted(desk):
    person = PersonFactory()
    url = reverse("workspace:person_channels", args=[person.pk])

    for why in ("agreed", "agreed in May"):
        desk.post(url, {"channel": "phone", "since": TODAY, "why": why})
    page = desk.get(person.get_absolute_url()).content.decode()
    assert "Do not call" in page and "agreed in May" in page

    refusal = Refusal.objects.get()
    assert desk.get(url).status_code == 200
    desk.post(reverse("workspace:lift_refusal", args=[refusal.pk]))
    assert not Refusal.objects.exists()
    assert Entry.objects.filter(object_label="contacts.Refusal").count() == 3


def test_it_does_not_begin_tomorrow(desk):
    url = reverse("workspace:organisation_channels", args=[OrganisationFactory().pk])

    response = desk.post(url, {"channel": "visit", "since": TODAY + timedelta(days=1)})

    assert response.status_code == 422
    assert "since" in response.context["form"].errors


def test_the_list_of_those_to_phone_says_whom_not_to_phone(desk, officer, closed):
    refuse(closed, Channel.PHONE, since=TODAY, why="", actor=officer)
    deadline = {"status": "offered", "offer_expires_at": "2026-11-24T08:00Z"}
    held = RegistrationFactory(event__owner=officer, email="", **deadline)
    RegistrationLink.objects.create(registration=held, person=closed, linked_by=officer)

    assert "Do not call" in desk.get(reverse("workspace:today")).content.decode()


def channels_of(person):
    return reverse("workspace:person_channels", args=[person.pk])


def test_of_two_who_note_a_channel_at_once_the_later_sees_what_the_first_wrote_and_decides(desk, colleague):
    person = PersonFactory()
    typed = {"channel": "phone", "since": TODAY, "why": "Asked today"}
    typed["seen"] = desk.get(channels_of(person)).context["form"]["seen"].value()
    refuse(person, Channel.PHONE, since=TODAY - timedelta(days=9), why="Night shifts", actor=colleague)

    told = desk.post(channels_of(person), typed)

    assert told.status_code == 422
    assert "Saved meanwhile: Night shifts" in str(told.context["form"].errors["why"])
    assert Refusal.objects.get().why == "Night shifts"
    desk.post(channels_of(person), typed | {"seen": told.context["form"]["seen"].value()})
    assert Refusal.objects.get().why == "Asked today"


def test_another_channel_noted_meanwhile_is_in_nobodys_way(desk, colleague):
    person = PersonFactory()
    seen = desk.get(channels_of(person)).context["form"]["seen"].value()
    refuse(person, Channel.PHONE, since=TODAY, why="", actor=colleague)

    desk.post(channels_of(person), {"channel": "sms", "since": TODAY, "seen": seen})

    assert set(Refusal.objects.values_list("channel", flat=True)) == {"phone", "sms"}


@pytest.mark.parametrize("seen", ["x", "phone:" + "9" * 30, "phone:²", "phone", "phone:-1"])
def test_a_made_up_word_of_what_was_seen_overwrites_nothing(desk, colleague, seen):
    person = PersonFactory()
    refuse(person, Channel.PHONE, since=TODAY, why="Night shifts", actor=colleague)

    desk.post(channels_of(person), {"channel": "phone", "since": TODAY, "why": "Mine", "seen": seen})

    assert Refusal.objects.get().why == "Night shifts"


def test_a_refusal_noted_anew_is_not_lifted_from_an_older_page(desk, officer, colleague):
    person = PersonFactory()
    refusal = refuse(person, Channel.PHONE, since=TODAY, why="", actor=officer)
    refuse(person, Channel.PHONE, since=TODAY, why="Said it again", actor=colleague)

    answer = desk.post(reverse("workspace:lift_refusal", args=[refusal.pk]), {"version": refusal.version})

    assert answer.url == channels_of(person)
    assert Refusal.objects.get().why == "Said it again"


def test_the_page_of_a_contact_says_that_mail_comes_back_and_what_its_owner_does_not_want(desk, officer):
    person = kept(PersonFactory(name="Amina Rahbek", email="Amina@club.example.dk"), officer)
    assert "Mail comes back" not in desk.get(person.get_absolute_url()).content.decode()

    facts = {"reason": "bounced", "status": "5.2.2", "since": timezone.now()}
    Suppression.objects.create(address="amina@club.example.dk", **facts)
    Mailbox.objects.create(address="amina@club.example.dk", unwanted=["events.reminders"], chosen_at=timezone.now())

    page = desk.get(person.get_absolute_url()).content.decode()
    for words in ("Mail comes back", "The mailbox is full.", "Does not want: reminders"):
        assert page.count(words) == 1


@pytest.mark.parametrize("said_by", ["contact", "address", "nobody"])
def test_an_invitation_goes_out_only_if_neither_the_contact_nor_the_address_said_no(officer, said_by):
    person = kept(PersonFactory(name="Amina Rahbek", email=ADDRESS), officer)
    if said_by == "contact":
        refuse(person, Channel.EMAIL, since=TODAY, why="", actor=officer)
    if said_by == "address":
        Mailbox.objects.create(address=ADDRESS, unwanted=["events.invitations"], chosen_at=timezone.now())
    expected = {"contact": REASON, "address": gate.UNWANTED, "nobody": ""}

    assert gate.check_again([message("events.invitation")]) == [expected[said_by]]
