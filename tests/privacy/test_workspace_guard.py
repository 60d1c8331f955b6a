import time

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import translation

from contacts.forms.sharing import AccessForm, ReasonForm
from contacts.forms.taking_over import RefuseForm
from contacts.forms.views import ExportForm
from outreach.accounts.models import Team
from outreach.audit.models import Entry
from outreach.privacy.models import CaseWord
from outreach.privacy.numbers import contains_cpr
from outreach.privacy.workspace import TrailReasonField, WorkspaceGuard, note_passing

pytestmark = pytest.mark.django_db
REASON = "it is the number of an invoice"


class Note(WorkspaceGuard, forms.Form):
    name = forms.CharField()
    text = forms.CharField(widget=forms.Textarea, required=False)
    more = forms.CharField(required=False)
    details = forms.JSONField(required=False)
    file = forms.FileField(required=False)
    day = forms.DateField(required=False)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def words():
    for stem in ("radikaliseret", "bekymret for", "mistænkt", "bande"):
        CaseWord.objects.create(stem=stem)


def sent(files=None, **data):
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return Note(query, files, auto_id="id_%s")


# A false alarm


def test_the_field_for_a_reason_is_shown_only_where_something_looks_like_a_number():
    assert "not_a_number" not in render_crispy_form(Note())
    assert "not_a_number" not in render_crispy_form(sent(name=""))
    assert 'name="not_a_number"' in render_crispy_form(sent(name="Bo", text="faktura 010290-1234"))


def test_with_a_reason_the_form_goes_through():
    form = sent(name="Bo", text="faktura 010290-1234", not_a_number=REASON)

    assert form.is_valid()
    assert form.cleaned_data["text"] == "faktura 010290-1234"
    assert form.passed_because == REASON


@pytest.mark.parametrize("reason", ["", "no", "it is 010290-1234", "it is invoice 01 02 90", "it is number 1234 here"])
def test_a_reason_says_something_and_repeats_no_number(reason):
    form = sent(name="Bo", text="faktura 010290-1234", not_a_number=reason)

    assert form.has_error("text", "cpr")
    assert form.passed_because == ""


def test_a_reason_that_was_refused_stands_among_the_mistakes_with_its_own_words():
    html = render_crispy_form(sent(name="Bo", text="010290-1234", not_a_number="no"))

    assert "Write a little more about what it is." in html
    assert 'href="#id_not_a_number"' in html


def test_a_reason_is_kept_while_something_else_is_mended():
    form = sent(name="", text="faktura 010290-1234", not_a_number=REASON)

    assert set(form.errors) == {"name"}
    assert f'value="{REASON}"' in render_crispy_form(form)


def test_a_reason_for_a_number_that_is_gone_is_forgotten():
    form = sent(name="Bo", text="faktura", not_a_number="no")

    assert form.is_valid()
    assert form.passed_because == ""


@pytest.mark.parametrize(
    "details", ['["010290-1234"]', '{"a": {"b": [1, "010290-1234"]}}', '{"010290-1234": 1}', "3112901234"]
)
def test_a_number_within_a_list_or_an_object_is_refused(details):
    assert sent(name="Bo", details=details).has_error("details", "cpr")


def test_a_number_in_a_file_is_refused_and_passed_like_any_other():
    file = {"file": SimpleUploadedFile("a.txt", b"010290-1234")}

    assert sent(file, name="Bo").has_error("file", "cpr")
    assert sent(file, name="Bo", not_a_number=REASON).is_valid()


def test_a_reason_for_the_trail_is_refused_with_a_number_whatever_else_is_passed():
    class Reasoned(WorkspaceGuard, forms.Form):
        text, reason = forms.CharField(), TrailReasonField()

    typed = {"text": "010290-1234", "not_a_number": REASON}
    refused, passed = Reasoned({**typed, "reason": "om 010290-1234"}), Reasoned({**typed, "reason": "om mødet"})

    assert list(refused.errors) == ["reason"]
    assert passed.is_valid()


@pytest.mark.parametrize("form", [AccessForm, ExportForm, ReasonForm, RefuseForm])
def test_the_reasons_of_these_forms_are_for_the_trail(form):
    assert isinstance(form.base_fields["reason"], TrailReasonField)


def test_a_file_that_cannot_be_searched_is_not_passed_with_a_reason():
    file = {"file": SimpleUploadedFile("a.docx", b"PK\x03\x04 and nothing more")}

    assert sent(file, name="Bo", text="010290-1234", not_a_number=REASON).has_error("file", "unreadable")


def test_the_trail_says_who_passed_what_and_why(rf, django_user_model):
    team, request = Team.objects.create(name="East"), rf.post("/")
    request.user = django_user_model.objects.create_user("bo@example.dk", name="Bo")

    note_passing(request, sent(name="Bo", text="faktura 010290-1234", not_a_number=REASON), team)

    entry = Entry.objects.about(team).get()
    assert (entry.actor_id, entry.verb, entry.reason) == (request.user.pk, "change", f"not a number: {REASON}")
    assert not contains_cpr(str(vars(entry)))


def test_the_trail_says_nothing_where_nothing_was_passed(rf):
    note_passing(rf.post("/"), sent(name="Bo", text="faktura"), Team(name="East"))

    assert not Entry.objects.exists()


# Words that suggest a case


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Han er radikaliseret.", "radikaliseret"),
        ("Moderen er BEKYMRET  for ham", "BEKYMRET for"),
        ("(mistænktes venner)", "mistænktes"),
        ("mistaenkt", "mistaenkt"),
        ("han er med i en bande", "bande"),
        ("han er radi\u200bkali\u00adseret", "radikaliseret"),
        ("bekymret\u00a0\u2060for ham", "bekymret for"),
        ("ｂａｎｄｅ", "bande"),
        ("ban&shy;de", "bande"),
    ],
)
def test_words_that_suggest_a_case_are_asked_about(words, text, typed):
    form = sent(name="Bo", text=text)

    assert not form.is_valid()
    assert [(one.field.name, one.words) for one in form.asks_about] == [("text", typed)]


@pytest.mark.parametrize("text", ["Oplæg om radikalisering", "Forældre er bekymrede", "mistænkeliggjort", "forbande"])
def test_topics_and_the_middle_of_words_are_not_asked_about(words, text):
    assert sent(name="Bo", text=text).is_valid()


def test_the_name_of_an_association_is_not_asked_about(words):
    assert sent(name="Bekymret for Vollsmose", text="Tak").is_valid()


def test_the_question_is_calm_keeps_the_text_and_names_the_right_numbers(words):
    html = render_crispy_form(sent(name="Bo", text="Bekymret for ham", more="tak"))

    assert 'class="summary"' not in html
    assert "Do not write about individuals who cause concern. Call 114." in html
    assert all(f"tel:{number}" in html for number in ("112", "114", "+4541749090"))
    assert "Bekymret for ham</textarea>" in html
    assert 'value="tak"' in html
    assert html.index("aria-hidden") < html.index('name="words_seen"')


def test_saving_it_as_it_stands_saves_it(words):
    first = sent(name="Bo", text="Bekymret for økonomien")

    again = sent(name="Bo", text="Bekymret for økonomien", words_seen=first.to_confirm["value"])

    assert again.is_valid()


def test_another_word_is_asked_about_again(words):
    seen = sent(name="Bo", text="Bekymret for økonomien").to_confirm["value"]

    assert not sent(name="Bo", text="Bekymret for økonomien, han er mistænkt", words_seen=seen).is_valid()


def test_what_was_answered_is_remembered_while_something_else_is_mended(words):
    seen = sent(name="Bo", text="Bekymret for økonomien").to_confirm["value"]
    html = render_crispy_form(sent(name="", text="Bekymret for økonomien", words_seen=seen))

    assert f'<input type="hidden" name="words_seen" value="{seen}">' in html


def test_mistakes_and_the_question_come_together(words):
    html = render_crispy_form(sent(name="", text="Bekymret for ham, 010290-1234"))

    assert 'name="words_seen"' in html
    assert 'class="summary"' in html
    assert 'name="not_a_number"' in html


def test_the_list_is_read_once_for_many_texts_and_forms(words, django_assert_num_queries):
    with django_assert_num_queries(0):
        sent(name="Bo").is_valid()
    with django_assert_num_queries(1):
        sent(name="Bo", text="Tak", more="Tak").is_valid()
        sent(name="Bo", text="Han er radikaliseret").is_valid()


# What somebody may send on purpose

HUGE = 2 * 1024 * 1024
LARGE = {
    "letters": "a" * HUGE,
    "Danish letters": "æøå " * (HUGE // 4),
    "digits": "0" * HUGE,
    "pairs of digits": "01 " * (HUGE // 3),
    "ampersands": "&" * HUGE,
    "entities in entities": "&" + "amp;" * (HUGE // 4),
    "entities": "&#48;" * (HUGE // 5),
    "nearly entities": "&a" * (HUGE // 2),
    "marks upon marks": "a" + "\u0301" * (HUGE // 2),
    "the letters cpr": "cpr " * (HUGE // 4),
    "words of the list": "bekymret for ham " * (HUGE // 17),
}


@pytest.mark.once  # of the database it asks for a few words
@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE)
def test_a_note_of_two_megabytes_is_looked_through_at_once(words, text):
    began = time.process_time()

    sent(name="Bo", text=text).is_valid()

    assert time.process_time() - began < 5
