"""What cannot be saved comes back as it was typed, with a summary that leads to each field."""

import re
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.urls import reverse

from contacts.models import Affiliation, Dialogue, FollowUp, Person
from tests.contacts.factories import TODAY, AffiliationFactory, OrganisationFactory, PersonFactory, dialogue

CPR = "010190-1234"


def person_typed(**fields):
    return {"name": "Amina Rahbek", "source": "wrote to us", "purpose": "dialogue"} | fields


def dialogue_typed(person, **fields):
    typed = {"who": f"person:{person.pk}", "kind": "call", "summary": "A line.", "note_readers": "me", "date": TODAY}
    return typed | fields


def refused(response, field, message):
    """The page came back with a link to ``field`` and ``message`` beside it."""
    text = response.content.decode()
    assert response.status_code == 422
    assert f'href="#id_{field}' in text
    assert message in text
    return text


@pytest.mark.parametrize("field", ["name", "source", "purpose"])
def test_a_person_needs_a_name_a_source_and_a_purpose(desk, field):
    text = refused(desk.post(reverse("workspace:new_person"), person_typed(**{field: "  "})), field, "required")

    assert "wrote to us" in text or field == "source"
    assert not Person.objects.exists()


@pytest.mark.parametrize("field", ["name", "source", "remember"])
def test_an_over_long_line_is_kept_and_said(desk, field):
    typed = "Å" * 301

    text = refused(desk.post(reverse("workspace:new_person"), person_typed(**{field: typed})), field, "characters")

    assert typed in text


@pytest.mark.parametrize("field", ["name", "remember", "source", "purpose", "language", "phone"])
def test_a_civil_registration_number_is_refused_in_every_text(desk, field):
    text = refused(desk.post(reverse("workspace:new_person"), person_typed(**{field: f"x {CPR}"})), field, "CPR")

    assert CPR in text
    assert not Person.objects.exists()


def test_line_breaks_in_a_line_become_spaces(desk):
    desk.post(reverse("workspace:new_person"), person_typed(name="Amina\r\nBcc: someone@example.dk"))

    assert Person.objects.get().name == "Amina Bcc: someone@example.dk"


def test_a_name_with_a_smile_is_a_name(desk):
    desk.post(reverse("workspace:new_person"), person_typed(name="Amina 🙂 Rahbek"))

    assert Person.objects.get().name == "Amina 🙂 Rahbek"


def test_informed_tomorrow_is_refused(desk):
    typed = person_typed(informed_on=TODAY + timedelta(days=1))

    refused(desk.post(reverse("workspace:new_person"), typed), "informed_on", "The day lies in the future.")


def test_a_company_number_has_eight_digits(desk):
    typed = {"name": "Club", "kind": "sports", "source": "x", "purpose": "y", "company_number": "12 34"}

    text = refused(
        desk.post(reverse("workspace:new_organisation"), typed), "company_number", "Write the CVR number as eight"
    )

    assert 'value="12 34"' in text


def test_a_role_that_ends_before_it_starts_is_said_at_the_field(desk):
    role = AffiliationFactory(started_on=TODAY)

    url = reverse("workspace:end_role", args=[role.pk])
    refused(desk.post(url, {"ended_on": TODAY - timedelta(days=1)}), "ended_on", "The role ends before it starts.")

    assert Affiliation.objects.get().ended_on is None


def test_a_role_without_a_name_keeps_the_chosen_organisation(desk):
    person, organisation = PersonFactory(), OrganisationFactory(name="Åbne Døre")
    url = reverse("workspace:new_role", args=[person.pk]) + f"?organisation={organisation.pk}"

    text = refused(desk.post(url, {"role": "", "started_on": "2024-01-01"}), "role", "required")

    assert "Åbne Døre" in text and 'value="2024-01-01"' in text


def test_an_empty_log_form_says_what_is_missing(desk):
    text = desk.post(reverse("workspace:log"), {}).content.decode()

    for line in ("Choose whom you talked with.", "Write one line about what you talked about."):
        assert text.count(line) == 2  # in the summary, and at the field
    assert not Dialogue.objects.exists()


def test_a_dialogue_in_the_future_opens_the_fold_and_keeps_every_word(desk):
    typed = dialogue_typed(
        PersonFactory(), date=TODAY + timedelta(days=1), summary="Line one\r\nand 🙂", note="Mine", promise="Call"
    )

    text = refused(desk.post(reverse("workspace:log"), typed), "date", "The dialogue lies in the future.")

    assert "and 🙂" in text and "Mine" in text and 'value="Call"' in text
    assert text.count("<details open>") == 3


@pytest.mark.parametrize("field", ["summary", "note", "promise", "place"])
def test_a_civil_registration_number_is_refused_in_a_dialogue(desk, field):
    typed = dialogue_typed(PersonFactory(), **{field: f"about {CPR}", "promise_due": TODAY})

    text = refused(desk.post(reverse("workspace:log"), typed), field, "CPR")

    assert CPR in text
    assert not Dialogue.objects.exists()


def test_a_summary_as_long_as_a_novel_is_kept_and_said(desk):
    novel = "ord " * 1200

    text = refused(
        desk.post(reverse("workspace:log"), dialogue_typed(PersonFactory(), summary=novel)), "summary", "4000"
    )

    assert novel.strip() in text


def test_a_promise_needs_a_day(desk):
    typed = dialogue_typed(PersonFactory(), promise="Send it", promise_due="")

    refused(desk.post(reverse("workspace:log"), typed), "promise_due", "Write by when you promised it.")

    assert not FollowUp.objects.exists()


def test_a_follow_up_with_a_place_needs_a_time(desk):
    url = reverse("workspace:new_person_followup", args=[PersonFactory().pk])
    typed = {"title": "Visit", "due_on": TODAY, "place": "Library"}

    text = refused(desk.post(url, typed), "starts_at", "Write when the conversation begins.")

    assert 'value="Library"' in text


@pytest.mark.parametrize(
    ("until", "message"),
    [(TODAY - timedelta(days=1), "The day has passed."), (TODAY.replace(year=2029), "a year at most")],
)
def test_access_lasts_from_now_and_at_most_a_year(desk, officer, colleague, until, message):
    person = PersonFactory(owner=officer, restricted=True)
    typed = {"do": "give", "colleague": colleague.pk, "until": until, "reason": "visit"}

    refused(desk.post(reverse("workspace:person_access", args=[person.pk]), typed), "until", message)

    assert not person.grants.exists()


@pytest.mark.parametrize(
    "query",
    [
        "?page=abc",
        "?page=999",
        "?sort=owner__password",
        "?owner=abc",
        "?rhythm=x",
        "?place=municipality-x",
        "?place=district-99999999",
        "?last=within-x",
        "?team__members__password__startswith=a",
        "?topic=1%20or%201",
        "?language=zz&initiative=-1",
        "?kind=%00",
        "?q=%00",
    ],
)
@pytest.mark.parametrize("name", ["people", "organisations"])
def test_a_mangled_query_shows_a_list(desk, name, query):
    assert desk.get(reverse(f"workspace:{name}") + query).status_code == 200


@pytest.mark.parametrize("query", ["?person=abc", "?meeting=%00", "?organisation=", "?person=" + "9" * 400])
def test_a_mangled_link_to_the_log_form_chooses_nobody(desk, query):
    assert desk.get(reverse("workspace:log") + query).status_code == 200


def test_an_endless_number_for_a_topic_is_no_choice(desk):
    response = desk.post(reverse("workspace:log"), {"topics": "9" * 20})

    assert response.status_code == 422
    assert "Choose among the topics." in response.content.decode()


@pytest.mark.parametrize("content_type", ["multipart", "urlencoded"])
def test_a_note_of_two_megabytes_comes_back_with_a_sentence_and_every_letter(desk, content_type):
    novel, url = "ø" * 1_000_000, reverse("workspace:log")
    typed = dialogue_typed(PersonFactory(), note=novel)

    if content_type == "multipart":
        response = desk.post(url, typed)
    else:
        response = desk.post(url, urlencode(typed), content_type="application/x-www-form-urlencoded")

    assert novel in refused(response, "note", "4000")
    assert not Dialogue.objects.exists()


def test_a_dialogue_later_today_is_refused_at_its_field(desk):
    typed = dialogue_typed(PersonFactory(), starts_at="23:30")

    refused(desk.post(reverse("workspace:log"), typed), "starts_at", "The dialogue begins later today.")


@pytest.mark.parametrize("minutes", ["0", "-5", "1441", "9" * 30, "x"])
def test_a_length_that_is_none_is_refused_at_its_field(desk, minutes):
    desk.post(reverse("workspace:log"), dialogue_typed(PersonFactory(), minutes=minutes))

    assert not Dialogue.objects.exists()


def test_the_year_26_is_refused_at_its_field(desk):
    refused(desk.post(reverse("workspace:log"), dialogue_typed(PersonFactory(), date="0026-11-23")), "date", "year")


def test_a_hidden_participant_answers_as_one_that_is_not_there(desk, officer, stranger):
    talk = dialogue(officer, people=[PersonFactory()])
    url = reverse("workspace:edit_dialogue", args=[talk.pk])
    hidden = PersonFactory(restricted=True, owner=stranger)

    def answer(key):
        typed = {"participants": [f"person:{key}"], "version": 1, "summary": "A line."}
        return refused(desk.post(url, typed), "participants", "Choose among the people").replace(str(key), "")

    without_keys = [re.sub(r'value="[\w-]{30,}"', "", answer(key)) for key in (hidden.pk, uuid4())]
    assert without_keys[0] == without_keys[1]


def test_named_readers_must_be_named(desk):
    typed = dialogue_typed(PersonFactory(), note="Ours.", note_readers="named")

    refused(desk.post(reverse("workspace:log"), typed), "note_named", "Choose the colleagues who may read the note.")
