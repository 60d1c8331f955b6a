"""What an officer meets whose text looks like a number, or sounds like a case; and who keeps the list of words."""

import importlib

import pytest
from django.apps import apps
from django.urls import reverse

from contacts.models import Dialogue, FollowUp
from outreach.accounts.models import Role
from outreach.audit.models import Entry
from outreach.places.folding import fold
from outreach.privacy.models import CaseWord
from outreach.privacy.numbers import contains_cpr
from tests.contacts.factories import OfficerFactory, PersonFactory

REASON = "it is the number of an invoice"


@pytest.fixture
def person(officer):
    return PersonFactory(name="Ana Eksempel", owner=officer)


@pytest.fixture
def starting_list(db):
    importlib.import_module("outreach.privacy.migrations.0003_first_words_that_suggest_a_case").load(apps, None)


def follow_up(person, title, **more):
    return {"title": title, "due_on": "2026-12-01", "owner": person.owner_id, **more}


def test_a_false_alarm_goes_through_with_a_reason_that_the_trail_keeps(desk, person):
    address = reverse("workspace:new_person_followup", args=[person.pk])
    page = desk.post(address, follow_up(person, "Send invoice 010290-1234"))

    desk.post(address, follow_up(person, "Send invoice 010290-1234", not_a_number=REASON))

    assert page.status_code == 422
    assert 'name="not_a_number"' in page.content.decode()
    saved = FollowUp.objects.get()
    assert Entry.objects.about(saved).filter(reason=f"not a number: {REASON}").count() == 1
    assert not any(contains_cpr(entry.reason) for entry in Entry.objects.all())


def test_words_that_sound_like_a_case_are_asked_about_once(desk, person, starting_list):
    address = reverse("workspace:log")
    sent = {
        "who": f"person:{person.pk}",
        "kind": "call",
        "summary": "Hun er bekymret for sin nabo",
        "date": "2026-11-23",
    }
    sent |= {"date": "2026-11-23", "note_readers": "team", "promise": "", "with_organisation": "on"}

    page = desk.post(address, sent)
    confirm = page.context["form"].to_confirm
    again = desk.post(address, sent | {confirm["name"]: confirm["value"]})

    assert page.status_code == 422
    assert "“bekymret for”" in page.content.decode()
    assert "Hun er bekymret for sin nabo</textarea>" in page.content.decode()
    assert again.status_code == 302
    assert Dialogue.objects.get().summary == "Hun er bekymret for sin nabo"


def test_nothing_is_asked_while_one_searches_for_somebody(desk, person, starting_list):
    sent = {"find": "Ana", "search": "1", "summary": "Hun er bekymret for sin nabo"}

    assert "words_seen" not in desk.post(reverse("workspace:log"), sent).content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "Oplæg om radikalisering og ekstremisme for forældre",
        "Foreningen føler sig mistænkeliggjort og vil gerne mødes",
        "Vi talte om bekymring, trivsel og de unges fællesskaber",
        "Talked about radicalisation, prevention and the parents' network",
        "De ønsker sig et møde om foreningsliv og rummelige fællesskaber",
    ],
)
def test_the_subjects_of_the_house_are_not_asked_about(starting_list, text):
    assert not [word for word in CaseWord.objects.all() if f" {word.folded}" in f" {fold(text)}"]


def test_the_list_to_begin_with_says_no_word_twice_and_has_both_languages(starting_list):
    stems = {word.stem for word in CaseWord.objects.all()}

    assert {"radikaliseret", "bekymret for", "mistænkt", "radicalised", "suspected of"} <= stems
    assert len(stems) > 80


@pytest.fixture
def keeper(client, db):
    client.force_login(OfficerFactory(role=Role.TEAM_LEAD))
    return client


def test_a_team_lead_adds_a_word_and_the_trail_says_so(keeper):
    keeper.post(reverse("workspace:words"), {"stem": "  Farlig  fyr "})

    word = CaseWord.objects.get()
    assert (word.stem, word.folded) == ("Farlig fyr", "farlig fyr")
    assert Entry.objects.about(word).filter(verb="create").exists()


def test_a_form_asks_about_a_new_word_at_once_and_about_a_removed_one_no_more(
    keeper, person, django_capture_on_commit_callbacks
):
    address, sent = reverse("workspace:new_person_followup", args=[person.pk]), follow_up(person, "En farlig fyr")

    def changed(**change):
        with django_capture_on_commit_callbacks(execute=True):
            keeper.post(reverse("workspace:words"), change)
        return keeper.post(address, sent).status_code

    assert keeper.post(address, sent).status_code == 302
    assert changed(stem="farlig") == 422
    assert changed(remove="1", words=[CaseWord.objects.get().pk]) == 302


@pytest.mark.parametrize("stem", ["", "ab", "...", "FARLIG", "x" * 61, "010290-1234"])
def test_a_word_that_says_nothing_or_is_there_is_refused_in_words(keeper, stem):
    CaseWord.objects.create(stem="farlig")

    page = keeper.post(reverse("workspace:words"), {"stem": stem})

    assert page.status_code == 422
    assert CaseWord.objects.count() == 1


def test_an_administrator_removes_words(client, db):
    client.force_login(OfficerFactory(role=Role.ADMINISTRATOR))
    words = [CaseWord.objects.create(stem=stem) for stem in ("farlig", "sær", "vild")]

    client.post(reverse("workspace:words"), {"remove": "1", "words": [words[0].pk, words[1].pk]})

    assert [word.stem for word in CaseWord.objects.all()] == ["vild"]
    assert Entry.objects.get(verb="delete").ids == [str(words[0].pk), str(words[1].pk)]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EDITOR, Role.AUDITOR])
def test_nobody_else_opens_the_list(client, db, role):
    client.force_login(OfficerFactory(role=role))

    assert client.get(reverse("workspace:words")).status_code == 403
