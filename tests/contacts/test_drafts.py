"""The forms of the workspace and the drafts of what is typed in them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from contacts.models import Dialogue, Draft
from outreach.audit.models import Entry
from outreach.privacy.models import Hit
from tests.contacts.factories import NOW, TODAY, FollowUpFactory, OrganisationFactory, PersonFactory, dialogue, grant

KEEP = reverse("workspace:keep_draft")
LOG = reverse("workspace:log")
CPR = "010190-1234"


@pytest.fixture
def person():
    return PersonFactory(name="Amina Rahbek")


def sent(user, *, form="log", key=None, sequence=1, **fields):
    fields = {"kind": "call", "summary": "About premises.", "note_readers": "me", "date": TODAY} | fields
    return fields | {"form": form, "draft": key or uuid4(), "sequence": sequence, "writer": user.pk}


def only():
    return Draft.objects.get()


def test_what_is_typed_is_kept_and_the_page_told_when(desk, officer, person):
    answer = desk.post(KEEP, sent(officer, who=f"person:{person.pk}"))

    assert answer.json() == {"text": "Draft saved at 09:00"}
    assert only().typed.dict() == {
        "who": f"person:{person.pk}",
        "kind": "call",
        "summary": "About premises.",
        "note_readers": "me",
        "date": "2026-11-23",
    }


def test_only_fields_of_the_form_are_kept(desk, officer):
    desk.post(KEEP, sent(officer, csrfmiddlewaretoken="x", find="amina", author="1", form_key=uuid4()))

    assert set(only().data) == {"kind", "summary", "note_readers", "date"}


def test_a_form_in_which_nothing_is_written_yet_makes_no_draft(desk, officer):
    assert desk.post(KEEP, sent(officer, summary=" ")).json() == {"text": ""}
    assert not Draft.objects.exists()


def test_a_draft_is_kept_without_an_entry_in_the_trail(desk, officer):
    desk.post(KEEP, sent(officer))

    assert not Entry.objects.exists()


@pytest.mark.parametrize("field", ["summary", "note", "promise", "place"])
def test_a_draft_with_a_civil_registration_number_is_not_stored(desk, officer, field):
    answer = desk.post(KEEP, sent(officer, **{field: f"He said {CPR}"}))

    assert answer.status_code == 422
    assert "CPR" in answer.json()["text"]
    assert not Draft.objects.exists()


@pytest.mark.parametrize("field", ["minutes", "date", "starts_at", "promise_due", "who", "kind", "topics"])
def test_a_number_is_not_stored_from_a_field_that_takes_no_words(desk, officer, field):
    answer = desk.post(KEEP, sent(officer, **{field: CPR}))

    assert answer.status_code == 422
    assert not Draft.objects.exists()


REASON = "it is the number of an invoice"


def test_a_text_passed_with_a_reason_is_kept_with_it_and_the_reason_stands_in_the_trail_once(desk, officer):
    key, text = uuid4(), f"Invoice {CPR}"

    for sequence in (1, 2):
        desk.post(KEEP, sent(officer, key=key, sequence=sequence, summary=text, not_a_number=REASON))

    assert (only().typed["summary"], only().typed["not_a_number"]) == (text, REASON)
    entry = Entry.objects.get()
    assert (entry.verb, entry.object_id, entry.reason) == ("change", str(only().pk), f"not a number: {REASON}")


def test_going_on_with_what_was_passed_shows_the_text_and_the_reason_and_saves_with_both(desk, officer, person):
    typed = sent(officer, who=f"person:{person.pk}", summary=f"Invoice {CPR}", not_a_number=REASON)
    desk.post(KEEP, typed)

    page = desk.get(LOG, {"draft": only().pk}).content.decode()
    desk.post(LOG, typed)

    assert f"Invoice {CPR}" in page
    assert f'value="{REASON}"' in page
    assert Dialogue.objects.get().summary == f"Invoice {CPR}"


@pytest.mark.parametrize("reason", ["", "no", f"{CPR} is an invoice"])
def test_a_text_is_not_kept_for_a_reason_that_is_none(desk, officer, reason):
    assert desk.post(KEEP, sent(officer, summary=CPR, not_a_number=reason)).status_code == 422
    assert not Draft.objects.exists()


@pytest.mark.parametrize("field", ["minutes", "date", "who", "promise_due_2"])
def test_no_reason_passes_a_number_where_no_words_belong(desk, officer, field):
    assert desk.post(KEEP, sent(officer, **{field: CPR}, not_a_number=REASON)).status_code == 422
    assert not Draft.objects.exists()


def test_what_was_kept_before_the_number_was_typed_stays_as_it_was(desk, officer):
    key = uuid4()
    desk.post(KEEP, sent(officer, key=key, sequence=1))

    desk.post(KEEP, sent(officer, key=key, sequence=2, summary=CPR))

    assert only().typed["summary"] == "About premises."


def test_a_text_is_not_kept_in_the_name_of_whoever_signed_in_meanwhile(desk, colleague):
    assert desk.post(KEEP, sent(colleague)).status_code == 409
    assert not Draft.objects.exists()


def test_a_text_of_two_megabytes_is_refused_with_a_sentence(desk, officer):
    answer = desk.post(KEEP, sent(officer, summary="x" * 2_000_000))

    assert answer.status_code == 413
    assert "too long" in answer.json()["text"]


def test_a_flood_of_saves_waits(desk, officer, monkeypatch):
    monkeypatch.setattr("contacts.views.drafts.SAVES_AN_HOUR", 2)
    answers = [desk.post(KEEP, sent(officer, key=uuid4())).status_code for _ in range(3)]

    assert answers == [200, 200, 429]
    assert Hit.objects.count() == 2


@pytest.mark.parametrize(
    "form",
    ["", "log:", "x", "x:1", "dialogue", "dialogue:x", "dialogue:8b0f2f0e-6a0e-4c76-9d6e-0d7f5b7f3a11", "person:\x00"],
)
def test_a_form_there_is_not_is_not_found(desk, officer, form):
    assert desk.post(KEEP, sent(officer, form=form)).status_code == 404


@pytest.mark.parametrize("sequence", ["", "x", "-1", "1e3", "9" * 30, "²"])
def test_a_mangled_sequence_is_not_found(desk, officer, sequence):
    assert desk.post(KEEP, sent(officer, sequence=sequence)).status_code == 404


def test_a_nul_and_a_version_beyond_every_number_do_no_harm(desk, officer, person):
    talk = dialogue(officer, people=[person])

    answer = desk.post(KEEP, sent(officer, form=f"dialogue:{talk.pk}", summary="a\x00b", version="9" * 12))

    assert answer.status_code == 200
    assert (only().typed["summary"], only().based_on) == ("ab", None)


def test_forms_one_may_not_open_are_not_there(desk, officer, stranger):
    hidden = PersonFactory(owner=stranger, restricted=True)
    theirs = dialogue(stranger, people=[hidden])
    seen = dialogue(stranger, people=[PersonFactory()])
    promise = FollowUpFactory(owner=stranger, person=PersonFactory())
    forms = [f"dialogue:{theirs.pk}", f"dialogue:{seen.pk}", f"person:{hidden.pk}", f"followup:{promise.pk}"]

    assert [desk.post(KEEP, sent(officer, form=form)).status_code for form in forms] == [404] * 4


def test_reopening_the_form_tells_of_the_draft_and_whom_it_is_about(desk, officer, person):
    desk.post(KEEP, sent(officer, who=f"person:{person.pk}"))
    Draft.objects.update(updated_at=NOW - timedelta(hours=17))

    page = desk.get(LOG).content.decode()

    assert "You have a draft" in page
    assert "From yesterday at 16:00 about Amina Rahbek" in page
    assert "About premises." in page


def test_whom_one_may_no_longer_see_is_not_named(desk, officer, stranger):
    person = PersonFactory(owner=stranger, name="Yusuf Dahl", restricted=True)
    leave = grant(person, officer)
    desk.post(KEEP, sent(officer, who=f"person:{person.pk}"))
    leave.delete()

    page = desk.get(LOG)
    draft = desk.get(LOG, {"draft": only().pk})

    assert "You have a draft" in page.content.decode()
    assert "Yusuf" not in page.content.decode() + draft.content.decode()
    assert str(person.pk) not in [key for entry in Entry.objects.all() for key in entry.ids]


def test_the_list_of_drafts_is_a_reading_of_those_it_names(desk, officer):
    organisation = OrganisationFactory()
    desk.post(KEEP, sent(officer, who=f"organisation:{organisation.pk}"))

    desk.get(LOG)

    assert str(organisation.pk) in Entry.objects.get(object_label="contacts.Organisation").ids


def test_going_on_with_a_draft_shows_all_of_it_and_no_mistakes(desk, officer, person, topics):
    typed = {"who": f"person:{person.pk}", "summary": "", "note": "Inner", "topics": [topics[1].pk], "place": "Aarhus"}
    desk.post(KEEP, sent(officer, **typed))

    page = desk.get(LOG, {"draft": only().pk})
    form = page.context["form"]

    assert page.status_code == 200
    assert not form.errors
    assert {name: form[name].value() for name in typed} == typed | {"topics": [str(topics[1].pk)]}
    assert "You have" not in page.content.decode()


def test_saving_a_dialogue_drops_the_draft_it_was_typed_in(desk, officer, person):
    fields = sent(officer, who=f"person:{person.pk}")
    desk.post(KEEP, fields)
    desk.post(KEEP, sent(officer, summary="Another one."))

    assert desk.post(LOG, fields | {"form_key": uuid4()}).status_code == 302

    assert Dialogue.objects.count() == 1
    assert only().typed["summary"] == "Another one."


def test_saving_what_one_went_on_with_drops_that_draft(desk, officer, person):
    desk.post(KEEP, sent(officer, who=f"person:{person.pk}"))
    page = desk.get(LOG, {"draft": only().pk}).context

    fields = sent(officer, who=f"person:{person.pk}", key=page["writing"].page.key, form_key=page["form"].key)
    desk.post(LOG, fields | {"continues": str(page["writing"].page.continued)})

    assert Dialogue.objects.count() == 1
    assert not Draft.objects.exists()


def test_a_form_sent_back_with_a_mistake_is_still_the_page_of_its_draft(desk, officer, person):
    fields = sent(officer, who=f"person:{person.pk}", summary="", note="Inner")
    desk.post(KEEP, fields)

    page = desk.post(LOG, fields)

    assert page.status_code == 422
    assert page.context["writing"].page.key == fields["draft"]
    assert "You have a draft" not in page.content.decode()
    assert only().typed["note"] == "Inner"


def test_a_draft_of_a_correction_stands_at_that_dialogue(desk, officer, person):
    talk = dialogue(officer, people=[person])
    other = dialogue(officer, people=[person])
    participants = [f"person:{person.pk}"]
    fields = sent(officer, form=f"dialogue:{talk.pk}", summary="Corrected.", participants=participants, version=1)
    desk.post(KEEP, fields)
    url = reverse("workspace:edit_dialogue", args=[talk.pk])

    assert "You have a draft" in desk.get(url).content.decode()
    assert "You have a draft" not in desk.get(reverse("workspace:edit_dialogue", args=[other.pk])).content.decode()
    assert desk.get(url, {"draft": only().pk}).context["form"]["summary"].value() == "Corrected."

    desk.post(url, fields)
    talk.refresh_from_db()
    assert talk.summary == "Corrected."
    assert not Draft.objects.exists()


def test_a_draft_of_somebody_else_opens_an_empty_form(desk, colleague):
    theirs = Draft.objects.create(
        user=colleague, form="log", key=uuid4(), data={"summary": ["Theirs"]}, sequence=1, updated_at=NOW
    )

    pages = [desk.get(LOG, {"draft": key}).content.decode() for key in (theirs.pk, uuid4(), "x", "\x00")]

    assert not any("Theirs" in page for page in pages)


def test_throwing_a_draft_away_is_a_post_and_only_for_whoever_typed_it(desk, officer, stranger):
    desk.post(KEEP, sent(officer))
    url = reverse("workspace:throw_draft_away", args=[only().pk])
    other = Client()
    other.force_login(stranger)

    assert desk.get(url).status_code == 405
    assert other.post(url).status_code == 404
    assert desk.post(url, {"next": LOG}).headers["Location"] == LOG
    assert not Draft.objects.exists()


def test_ten_drafts_cost_the_form_no_more_queries_than_one(desk, officer, django_assert_max_num_queries):
    for _ in range(10):
        desk.post(KEEP, sent(officer, who=f"person:{PersonFactory().pk}"))
        desk.post(KEEP, sent(officer, who=f"organisation:{OrganisationFactory().pk}"))

    with django_assert_max_num_queries(16):
        desk.get(LOG)


def test_a_promise_is_kept_while_it_is_typed_gone_on_with_and_saved(desk, officer, person):
    url = reverse("workspace:new_person_followup", args=[person.pk])
    fields = sent(officer, form=f"person:{person.pk}", title="Send the dates", due_on="", owner=officer.pk, kind="")
    desk.post(KEEP, fields)

    assert "You have a draft" in desk.get(url).content.decode()
    page = desk.get(url, {"draft": only().pk})
    assert (page.status_code, page.context["form"]["title"].value()) == (200, "Send the dates")

    desk.post(url, fields | {"due_on": TODAY, "form_key": page.context["form"].key})
    assert not Draft.objects.exists()


def test_a_changed_promise_is_kept_while_it_is_typed(desk, officer, person):
    promise = FollowUpFactory(owner=officer, person=person, title="Send the dates")
    desk.post(KEEP, sent(officer, form=f"followup:{promise.pk}", title="Send the dates and the place"))
    url = reverse("workspace:followup", args=[promise.pk])

    page = desk.get(url, {"draft": only().pk})

    assert page.context["form"]["title"].value() == "Send the dates and the place"
    assert "<h1>Send the dates</h1>" in page.content.decode()


def test_a_draft_of_an_older_version_ends_in_a_choice_and_overwrites_nothing(desk, officer, colleague, person):
    talk = dialogue(officer, people=[person], officers=[colleague], summary="As it was.")
    url, fields = reverse("workspace:edit_dialogue", args=[talk.pk]), {"participants": [f"person:{person.pk}"]}
    desk.post(KEEP, sent(officer, form=f"dialogue:{talk.pk}", version=talk.version, summary="Mine.", **fields))
    other = Client()
    other.force_login(colleague)
    theirs = sent(colleague, version=talk.version, summary="Theirs.", note_readers="team", **fields)
    assert other.post(url, theirs).status_code == 302

    page = desk.get(url, {"draft": only().pk}).context
    mine = sent(officer, key=page["writing"].page.key, version=page["version"], summary="Mine.", **fields)
    answer = desk.post(url, mine | {"continues": str(page["writing"].page.continued)})

    talk.refresh_from_db()
    assert (answer.status_code, talk.summary) != (302, "Mine.")
    assert "Mine." in answer.content.decode()
    assert "Theirs." in answer.content.decode()
    assert talk.summary == "Theirs."
    assert only().typed["summary"] == "Mine."
