"""What a registrant does by themselves: finds all their registrations, cancels some, changes, gives the seat away."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from events import door
from events.door import own
from events.mail import tell
from events.models import MailboxLink, Registration, RegistrationToken, SeatCounter
from events.services import mailbox, planning, swapping, tokens
from events.services.reconcile import differences
from events.services.tokens import Purpose
from outreach.links import public_href
from outreach.privacy import limits
from outreach.privacy.retention import RULES
from tests.events.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def post(work):
    """``post()`` runs the worker and returns the letters sent since the last call."""

    def post():
        work()
        letters, mail.outbox[:] = list(mail.outbox), []
        return letters

    return post


@pytest.fixture
def both(db):
    return EventFactory(attendance="both")


@pytest.fixture
def ana(both):
    return RegistrationFactory(event=both, confirmed=True, name="Ana Ærø", email="ana@example.org")


def page_of(registration, name="manage"):
    return public_href(f"events:{name}", tokens.issue(registration, Purpose.MANAGE))


def send(client, page, **data):
    """Open the form, and send it with its token."""
    form = client.get(page).context["form"]
    return client.post(page, {"form_token": form["form_token"].value(), **data})


def ask(client, email):
    return send(client, public_href("events:find"), email=email)


def path_in(letter):
    """The first link is what the mail is for; at its foot stands the one to choose which mails one wants."""
    return re.findall(r"http://[^/\s]+(/\S+/[\w-]{43}/)", letter.body)[0]


# All registrations at one address


def test_the_answer_is_the_same_for_every_address_and_the_mailbox_knows(client, ana, post):
    known, unknown = ask(client, "ANA@example.org"), ask(client, "nobody@example.org")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    there, not_there = post()
    assert (there.subject, not_there.subject) == ("Dit link til dine tilmeldinger", "Vi fandt ingen tilmeldinger")
    assert "Ana" not in there.body + not_there.body
    assert "mine-tilmeldinger" not in not_there.body


def test_asking_costs_the_same_for_every_address(client, ana, started, django_assert_num_queries):
    for email in ("ana@example.org", "nobody@example.org"):
        with django_assert_num_queries(3):  # a savepoint around one INSERT
            mailbox.ask(email, language="da", now=timezone.now())


def test_the_link_shows_whose_seats_there_are_and_leads_to_each(client, both, ana, post):
    RegistrationFactory(event=EventFactory(full=True), waiting=True, name="Bo", email="ana@example.org")
    RegistrationFactory(event=both, confirmed=True, name="Vred Fremmed", email="fremmed@example.org")
    ask(client, "ana@example.org")
    [letter] = post()

    page = client.get(path_in(letter)).content.decode()

    assert "Ana Ærø" in page and "Bo" in page and "Nummer 1 på ventelisten" in page
    assert "Vred Fremmed" not in page
    own = re.findall(r'href="(/arrangementer/min-tilmelding/[^"]+/)"', page)
    assert len(own) == 2
    for address in own:
        assert client.get(address).status_code == 200
    assert client.get(own[0].rstrip("/") + "x/").status_code == 404


def test_the_list_is_one_query_however_long(client, ana, post, django_assert_num_queries):
    for _ in range(30):
        RegistrationFactory(waiting=True, email="ana@example.org")
    ask(client, "ana@example.org")
    [letter] = post()
    path = path_in(letter)
    client.get(path)

    token = path.rstrip("/").rsplit("/", 1)[1]
    with django_assert_num_queries(1 if own.backend().__name__.endswith("sql") else 2):
        assert len(own.mailbox(tokens.digest(token))) == 31
    assert door.view(tokens.digest(token)) is None


def test_several_are_cancelled_at_once_and_each_is_told(client, both, ana, post):
    other = RegistrationFactory(event=EventFactory(), confirmed=True, name="Ana Ærø", email="ana@example.org")
    ask(client, "ana@example.org")
    [letter] = post()
    page = path_in(letter) + "aflys/"
    form = client.get(page).context["form"]
    assert sorted(form["which"].value()) == sorted([str(ana.pk), str(other.pk)])

    answer = send(client, page, which=form["which"].value())

    assert answer.status_code == 200
    assert not Registration.objects.live().exists()
    assert [letter.subject for letter in post()] == ["Du har meldt afbud: Netværksmøde"] * 2
    assert differences(both) == []
    assert "ikke mere at melde afbud til" in client.get(page).content.decode()


def test_nobody_is_ticked_beforehand_where_several_share_a_mailbox(client, both, ana, post):
    bo = RegistrationFactory(event=both, confirmed=True, name="Bo", email="ana@example.org")
    stranger = RegistrationFactory(event=both, confirmed=True)
    ask(client, "ana@example.org")
    page = path_in(post()[0]) + "aflys/"

    assert not client.get(page).context["form"]["which"].value()
    assert send(client, page).status_code == 422
    assert send(client, page, which=[str(stranger.pk)]).status_code == 422
    assert send(client, page, which=[str(bo.pk)]).status_code == 200

    assert set(Registration.objects.live().values_list("name", flat=True)) == {"Ana Ærø", stranger.name}


def test_the_link_works_in_two_browsers_and_a_get_changes_nothing(client, ana, post):
    ask(client, "ana@example.org")
    path = path_in(post()[0])
    for browser in (client, Client()):
        for page in (path, path + "aflys/"):
            assert browser.get(page).status_code == 200

    ana.refresh_from_db()
    assert ana.status == "confirmed"


def test_asking_again_and_again_is_refused_in_words(client, ana, monkeypatch):
    monkeypatch.setattr(limits, "PER_ADDRESS", 1)
    ask(client, "ana@example.org")

    answer = ask(client, "Ana@example.org")

    assert answer.status_code == 429
    assert "Prøv igen senere" in answer.content.decode()
    assert MailboxLink.objects.count() == 1


@pytest.mark.parametrize(
    "email", ["", "x", "ana@example.org\nbcc: x@example.org", "a" * 2000 + "@example.org", HOSTILE]
)
def test_what_is_no_address_is_told_at_the_field(client, email):
    answer = ask(client, email)

    assert answer.status_code == 422
    assert HOSTILE not in answer.content.decode()


def test_the_link_is_forgotten_and_opens_nothing_then(client, ana, post):
    ask(client, "ana@example.org")
    path = path_in(post()[0])

    RULES["events.mailbox_links"].apply(timezone.now() + timedelta(days=3))

    assert client.get(path).status_code == 404
    assert not RegistrationToken.objects.exclude(mailbox=None).exists()


# What is held, and what one can do


def test_the_page_says_what_is_held_until_when_and_what_was_sent(client, ana, post):
    tell("events.confirmed", ana)
    post()

    page = client.get(page_of(ana)).content.decode()

    assert "Du har en plads: Netværksmøde" in page
    assert "kan rette og melde afbud, indtil arrangementet begynder" in page
    assert "Alt dette sletter vi" in page
    assert "Slettes" in page


@pytest.mark.parametrize("name", ["manage", "change", "mode", "give", "participants", "cancel"])
def test_after_the_event_or_when_it_is_off_no_page_breaks(client, name):
    for trait in ("past", "cancelled"):
        row = RegistrationFactory(event=EventFactory(attendance="both", **{trait: True}), confirmed=True)
        assert client.get(page_of(row, name)).status_code in (200, 302, 404)
        assert client.post(page_of(row, name), {"mode": "online"}).status_code in (200, 302, 404, 422)
        row.refresh_from_db()
        assert (row.status, row.mode) == ("confirmed", "in_person")


def test_the_name_is_corrected_and_one_twice_is_not_possible(client, both, ana):
    RegistrationFactory(event=both, waiting=True, name="Bo", email="ana@example.org")
    given = {"organisation": "Æble", "needs": "", "role": ""}

    twice = send(client, page_of(ana, "change"), name="bo", **given)
    assert twice.status_code == 422
    assert "allerede tilmeldt med din e-mail" in twice.content.decode()
    assert send(client, page_of(ana, "change"), name="x" * 2000, **given).status_code == 422
    assert send(client, page_of(ana, "change"), name=HOSTILE, **given).status_code == 302

    assert HOSTILE not in client.get(page_of(ana)).content.decode()


def test_the_other_mode_is_taken_or_it_is_said_that_it_is_full(client, both, ana, post):
    SeatCounter.objects.filter(event=both).update(online_capacity=0)
    page = page_of(ana, "mode")

    assert "fuldt online" in client.post(page, {"mode": "online"}).content.decode()
    assert client.post(page, {"mode": "online", "waits": "1"}).status_code == 302
    assert "Vi flytter dig, så snart der er plads online" in client.get(page_of(ana)).content.decode()

    SeatCounter.objects.filter(event=both).update(online_capacity=1)
    other = RegistrationFactory(event=both, confirmed=True)
    client.post(page_of(other, "cancel"))
    moved = [letter for letter in post() if letter.to == [ana.email]]

    ana.refresh_from_db()
    assert (ana.mode, ana.wishes_mode, [letter.subject for letter in moved]) == (
        "online",
        "",
        ["Du deltager nu på den anden måde: Netværksmøde"],
    )
    assert post() == []
    assert differences(both) == []


# A colleague instead


def offer_seat(client, row, **changes):
    return send(client, page_of(row, "give"), **{"name": "Bo Lind", "email": "bo@example.org", **changes})


def test_the_whole_way_of_a_seat_to_a_colleague(client, both, ana, post):
    assert offer_seat(client, ana).status_code == 302
    [asked] = post()
    assert (asked.to, asked.subject) == (["bo@example.org"], "Vil du overtage en plads: Netværksmøde")
    assert "Ana Ærø" in asked.body and "ana@example.org" not in asked.body
    assert "Bo Lind (bo@example.org)" in client.get(page_of(ana)).content.decode()
    before = SeatCounter.objects.values().get(event=both)
    path = path_in(asked)

    assert client.get(path).status_code == 200
    assert "Din plads er sikret" in client.post(path, {"answer": "yes"}).content.decode()
    assert "Din plads er sikret" in client.post(path, {"answer": "yes"}).content.decode()

    told = {letter.to[0]: letter.subject for letter in post()}
    assert told == {
        "ana@example.org": "Din kollega har overtaget pladsen: Netværksmøde",
        "bo@example.org": "Du har en plads: Netværksmøde",
    }
    assert SeatCounter.objects.values().get(event=both) == before
    assert "Ikke tilmeldt" in client.get(page_of(ana)).content.decode()


def test_a_seat_offered_to_one_who_is_registered_looks_the_same_to_who_offers_it(client, both, ana, post):
    other = RegistrationFactory(event=both, confirmed=True, name="Cil", email="cil@example.org")
    RegistrationFactory(event=both, confirmed=True, name="Bo Lind", email="bo@example.org")

    known, unknown = offer_seat(client, ana), offer_seat(client, other, name="Dan", email="dan@example.org")

    assert known.status_code == unknown.status_code == 302
    told = {letter.to[0]: letter.subject for letter in post()}
    assert told["bo@example.org"] == "Din tilmelding: Netværksmøde"
    pages = [client.get(page_of(row)).content.decode() for row in (ana, other)]
    assert all("Du har tilbudt din plads til en kollega" in page for page in pages)


def test_a_no_or_silence_tells_who_has_the_seat_once(client, ana, post):
    offer_seat(client, ana)
    client.post(path_in(post()[0]), {"answer": "no"})
    [kept] = post()
    assert (kept.to, kept.subject) == (["ana@example.org"], "Du beholder din plads: Netværksmøde")

    offer_seat(client, ana, name="Cil", email="cil@example.org")
    post()
    swapping.expire(timezone.now() + timedelta(hours=49))
    swapping.expire(timezone.now() + timedelta(hours=50))
    assert [letter.to for letter in post()] == [["ana@example.org"]]


def test_an_offer_taken_back_opens_nothing_any_more(client, ana, post):
    offer_seat(client, ana)
    path = path_in(post()[0])

    assert client.get(page_of(ana, "take_back")).status_code == 302
    assert client.get(path).status_code == 200
    assert client.post(page_of(ana, "take_back")).status_code == 302

    assert client.get(path).status_code == 404
    assert client.post(path, {"answer": "yes"}).status_code == 404
    assert post() == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "", "email": "bo@example.org"}, "name"),
        ({"name": "ana ærø", "email": "Ana@example.org"}, "name"),
        ({"name": "Bo", "email": "bo"}, "email"),
        ({"name": "Bo " * 700, "email": "bo@example.org"}, "name"),
        ({"name": "Bo 010170-1234", "email": "bo@example.org"}, "name"),
    ],
)
def test_what_is_wrong_about_a_colleague_stands_at_the_field(client, ana, given, field):
    answer = offer_seat(client, ana, **given)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Registration.objects.count() == 1


def test_a_name_that_is_an_advertisement_reaches_no_colleague(client, both):
    row = RegistrationFactory(event=both, confirmed=True, name="Vind på www.example.com")

    assert offer_seat(client, row).status_code == 422


def test_what_a_colleague_who_said_no_was_told_is_deleted_after_a_week(client, ana, post):
    offer_seat(client, ana)
    client.post(path_in(post()[0]), {"answer": "no"})

    RULES["events.unconfirmed"].apply(timezone.now() + timedelta(days=8))

    assert list(Registration.objects.values_list("name", flat=True)) == ["Ana Ærø"]


def test_a_seat_is_not_taken_over_once_the_event_is_called_off(client, both, ana, post):
    offer_seat(client, ana)
    path = path_in(post()[0])
    planning.cancel_event(both, officer=both.owner, now=timezone.now())

    assert "aflyst" in client.post(path, {"answer": "yes"}).content.decode()
    ana.refresh_from_db()
    assert ana.status == "confirmed"


def test_nobody_is_told_that_they_keep_a_seat_at_an_event_that_is_off(client, both, ana, post):
    offer_seat(client, ana)
    planning.cancel_event(both, officer=both.owner, now=timezone.now())
    post()

    assert swapping.expire(timezone.now() + timedelta(hours=49)) == 1

    assert post() == []


def test_the_page_of_a_registration_asks_as_much_after_thirty_mails(client, ana, post, django_assert_max_num_queries):
    for number in range(30):
        tell("events.reminder", ana, occasion=str(number), words="")
    post()
    page = page_of(ana)
    client.get(page)

    with django_assert_max_num_queries(12):
        assert client.get(page).content.decode().count("Netværksmøde") > 30


# The list


def test_the_list_is_offered_where_an_officer_shows_one(client, both, ana):
    assert "Hvem der ellers kommer" not in client.get(page_of(ana)).content.decode()
    assert client.get(page_of(ana, "shown")).status_code == 302

    both.list_days_before = 30
    both.save()
    assert send(client, page_of(ana, "shown"), shown="initials").status_code == 302
    assert "Hvem der ellers kommer" in client.get(page_of(ana)).content.decode()

    page = client.get(page_of(ana, "participants")).content.decode()
    assert "A.Æ." in page
    assert "Ana Ærø" not in page
