"""Owners are asked once, reminded once, and answer on a page that shows what readers see."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from content.forms.upkeep import NoteForm
from content.models import DirectoryEntry, Owner, OwnerQuestion
from content.services import still_correct
from content.services.still_correct import ASK_AHEAD, REMIND_AFTER
from outreach.accounts.models import Role, User
from outreach.audit.models import Entry
from outreach.privacy import retention
from tests.content.conftest import words

from .conftest import channel, entry, late, owned


@pytest.fixture
def page(client, owner, ask):
    """The path of the personal link, and what it leads to."""
    path = still_correct.link(ask(owner)).partition("//")[2]
    address = path[path.index("/") :]

    def page(status=200, **sent):
        response = client.post(address, sent) if sent else client.get(address)
        assert response.status_code == status
        return response

    page.address = address
    return page


def shown(response):
    return words(BeautifulSoup(response.content, "html.parser").main)


def asked_at(moment, work):
    still_correct.ask_owners(moment)
    work()
    return [(letter.to, letter.subject) for letter in mail.outbox]


# The mails


def test_an_owner_is_asked_once_when_the_day_comes_near(db, work):
    day = timezone.localdate() + timedelta(days=100)
    owned(entry=entry(review_by=day))
    noon = timezone.now()

    assert asked_at(noon + timedelta(days=100) - ASK_AHEAD - timedelta(days=1), work) == []
    letters = asked_at(noon + timedelta(days=100) - ASK_AHEAD, work)
    again = asked_at(noon + timedelta(days=101) - ASK_AHEAD, work)

    assert letters == again == [(["bo@example.org"], "Er det stadig rigtigt? Netværket")]
    assert "Hej Bo Berg" in mail.outbox[0].body


def test_who_does_not_answer_is_reminded_once_and_then_left_in_peace(owner, work):
    now = timezone.now()
    for days in (0, 5, REMIND_AFTER.days, REMIND_AFTER.days + 1, 60):
        letters = asked_at(now + timedelta(days=days), work)

    assert [subject for _to, subject in letters] == [
        "Er det stadig rigtigt? Netværket",
        "Husk: Er det stadig rigtigt? Netværket",
    ]
    first, second = (re.search(r"https?://\S+/stadig-rigtigt/\S+", letter.body)[0] for letter in mail.outbox)
    assert first == second


@pytest.mark.parametrize("meanwhile", ["answered", "checked", "another address"])
def test_nobody_is_reminded_of_what_is_done(owner, work, meanwhile):
    now = timezone.now()
    asked_at(now, work)
    if meanwhile == "answered":
        OwnerQuestion.objects.update(answered_at=now)
    elif meanwhile == "checked":
        DirectoryEntry.objects.update(review_by=timezone.localdate() + timedelta(days=300))
    else:
        owner.email = "ny@example.org"
        owner.save()

    letters = asked_at(now + REMIND_AFTER, work)

    assert [to for to, _ in letters[1:]] == ([["ny@example.org"]] if meanwhile == "another address" else [])


def test_a_colleague_is_asked_in_their_language_while_they_work_here(db, work):
    emma = User.objects.create_user("emma@example.org", name="Emma", role=Role.OFFICER, language="en")
    gone = User.objects.create_user("ole@example.org", name="Ole", role=Role.OFFICER, is_active=False)
    Owner.objects.create(channel=channel(), colleague=emma)
    Owner.objects.create(entry=entry(), colleague=gone)

    assert asked_at(timezone.now(), work) == [(["emma@example.org"], "Is it still right? Hotlinen")]
    assert "/en/still-correct/" in mail.outbox[0].body


def test_an_owner_is_one_person_for_one_row(db):
    for wrong in ({}, {"entry": entry(), "channel": channel()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            owned(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Owner.objects.create(entry=entry("andet"))


def test_what_was_asked_is_forgotten_half_a_year_after_the_link(owner, ask):
    last = ask(owner).expires_at + timedelta(days=183)

    retention.run(last - timedelta(days=1))
    assert OwnerQuestion.objects.exists()
    retention.run(last)

    assert not OwnerQuestion.objects.exists()
    assert Owner.objects.get() == owner


# The page


def test_the_page_shows_what_readers_see_and_reading_it_changes_nothing(page, owner):
    for _ in range(2):
        response = page()

    assert "Netværket" in shown(response)
    assert "Vi er ved at få dette bekræftet" in shown(response)
    assert "bo@example.org" not in response.content.decode() and "Bo Berg" not in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert "Set-Cookie" not in response.headers
    assert DirectoryEntry.objects.get().review_by == late()


def test_yes_is_taken_once_and_noted_in_the_trail(page, work):
    assert "er kontrolleret i dag" in shown(page(yes=""))
    assert "er kontrolleret i dag" in shown(page(yes=""))
    work()
    work()

    assert DirectoryEntry.objects.get().checked_on == timezone.localdate()
    entry = Entry.objects.get(object_label="content.DirectoryEntry")
    assert (entry.verb, entry.actor_id, entry.reason) == ("change", None, "its owner says that it is still right")
    assert "kan ikke bruges" in shown(page(404))


def test_what_is_wrong_goes_to_the_editors(page, work):
    answered = page(note="Nummeret er et andet.", form_token=NoteForm.new_token())
    work()

    assert "En redaktør læser det" in shown(answered)
    assert OwnerQuestion.objects.get().note == "Nummeret er et andet."
    assert Entry.objects.get().reason == "its owner says that something is wrong"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"note": ""}, "Skriv, hvad der skal ændres."),
        ({"note": "Ring til 010190-1234"}, "CPR"),
        ({"note": "Fejl.", "form_token": "falsk"}, "Din tekst står her"),
        ({"note": "Fejl.", "homepage": "spam"}, "skjult felt"),
    ],
)
def test_a_note_that_cannot_be_taken_is_kept_on_the_page(page, sent, said):
    response = page(422, **{"form_token": NoteForm.new_token(), **sent})

    assert said in response.content.decode()
    assert sent["note"] in response.content.decode()
    assert OwnerQuestion.objects.get().answered_at is None


@pytest.mark.parametrize("link", ["/x/", "/%ff/", "/Æ/", "/x/y/", "/", f"/{'x' * 500}/"])
def test_links_that_do_not_work_look_all_the_same(page, client, link):
    OwnerQuestion.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    expired = page(404)

    other = client.get(f"/stadig-rigtigt{link}")
    in_capitals = client.get(f"/STADIG-RIGTIGT{link}")

    assert other.status_code == in_capitals.status_code == 404
    assert shown(other) == shown(in_capitals) == shown(expired)


def test_the_other_language_has_the_same_page(page, client):
    english = BeautifulSoup(page().content, "html.parser").select_one(".lang a")["href"]

    assert "Yes, it is still right" in shown(client.get(english))


# Where editors begin


def editors_front_page(client, django_assert_max_num_queries=None):
    user, _made = User.objects.get_or_create(email="red@example.org", name="Rikke", role=Role.EDITOR)
    client.force_login(user, backend="outreach.accounts.roles.RoleBackend")
    return BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser").select_one(".to-check")


def test_what_is_late_or_soon_due_stands_where_editors_begin(owner, client):
    channel(review_by=timezone.localdate() + timedelta(days=20))
    entry("senere", review_by=timezone.localdate() + timedelta(days=200))

    rows = [words(row) for row in editors_front_page(client).select("tbody tr")]

    assert len(rows) == 2
    assert rows[0].startswith("Netværket") and "forsinket" in rows[0] and "Bo Berg" in rows[0]
    assert rows[1].startswith("Hotlinen") and "ingen endnu" in rows[1]


def test_what_an_owner_says_stands_there_until_the_row_is_checked_again(owner, ask, client):
    question = ask(owner)
    OwnerQuestion.objects.update(note="Nummeret er et andet.", answered_at=timezone.now())

    assert "Nummeret er et andet." in words(editors_front_page(client))
    assert client.get(editors_front_page(client).a["href"]).status_code == 200

    DirectoryEntry.objects.filter(pk=question.owner.entry_id).update(review_by=timezone.localdate() + timedelta(200))
    assert "Intet skal kontrolleres de næste 30 dage." in words(editors_front_page(client))


def test_the_panel_costs_the_same_however_much_is_late(owner, client, django_assert_num_queries):
    from content.admin.reviews import ToCheckPanel

    with django_assert_num_queries(5):
        ToCheckPanel().get_context_data()
    for number in range(8):
        owned(entry=entry(f"nr-{number}"))

    with django_assert_num_queries(5):
        ToCheckPanel().get_context_data()


def test_editors_say_who_answers(owner, client):
    editors_front_page(client)
    other = entry("andet")
    form = {"entry": other.pk, "channel": "", "colleague": "", "name": "", "email": "a@example.org", "language": "da"}
    address = reverse("wagtailsnippets_content_owner:add")

    assert "Skriv navnet." in client.post(address, form).content.decode()
    assert client.post(address, form | {"name": "Ada"}).status_code == 302
    assert Owner.objects.get(entry=other).name == "Ada"
