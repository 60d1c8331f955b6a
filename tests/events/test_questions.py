"""What an officer asks more than the form does: from the question to the answer, and until the answer goes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from events.forms.answers import LONGEST
from events.forms.registering import RegistrationForm
from events.models import Question, Registration
from events.services import copying, questions
from events.services.tokens import Purpose, issue
from outreach.links import public_href
from outreach.privacy.retention import RULES
from tests.events.factories import EventFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
ANA = {"name": "Ana Ærø", "email": "ana@example.org", "organisation": "Æblehaven", "consent": "on"}


@pytest.fixture
def officer(client, event):
    officer = OfficerFactory()
    event.owner = officer
    event.save()
    client.force_login(officer)
    return officer


def asked(event, label="Hvad vil du øve?", **facts):
    return Question.objects.create(event=event, label=label, **facts)


def answers_to(event, **sent):
    """The form as somebody sent it, with their answers by the key of the question."""
    given = {f"question_{key.removeprefix('q')}": value for key, value in sent.items()}
    data = {**ANA, "form_token": RegistrationForm.new_token(), **given}
    return RegistrationForm(data, event=event, kept_until="")


def address(name, event, *args):
    return reverse(f"events_workspace:{name}", args=[event.pk, *args])


def facts(**changes):
    return {"label": "Hvad vil du øve?", "kind": "text", "keep_days": "14", **changes}


# The form


def test_each_kind_of_answer_is_kept_as_it_was_meant(event):
    pick = {"choices": "At lytte\nAt spørge"}
    rows = [asked(event, kind=kind, **(pick if kind in Question.CHOOSES else {})) for kind in Question.Kind]
    given = dict(zip(rows, ["Ro", "At lytte", ["At lytte", "At spørge"], "no", "12"], strict=True))

    form = answers_to(event, **{f"q{row.key}": value for row, value in given.items()})

    assert form.is_valid(), form.errors
    assert list(form.cleaned_data["answers"].values()) == ["Ro", "At lytte", ["At lytte", "At spørge"], False, 12]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "x" * (LONGEST + 1)),
        ("text", "x" * 2_000_000),
        ("text", "010170-1234"),
        ("choice", "At råbe"),
        ("several", ["At lytte", "At råbe"]),
        ("yes_no", "maybe"),
        ("number", "tolv"),
        ("number", "-1"),
        ("number", "0101701234"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_at_its_field_in_a_sentence(event, kind, value):
    question = asked(event, kind=kind, choices="At lytte\nAt spørge" if kind in Question.CHOOSES else "")

    form = answers_to(event, **{f"q{question.key}": value})

    assert list(form.errors) == [f"question_{question.key}"]
    assert all(len(error) < 300 for error in form.errors[f"question_{question.key}"])


def test_an_answer_to_a_question_that_is_gone_or_of_another_event_is_passed_over(event):
    gone = asked(event, retired_at=timezone.now())
    foreign = asked(EventFactory())

    form = answers_to(event, **{f"q{gone.key}": "a", f"q{foreign.key}": "b", "q999999": "c", "qx": "d"})

    assert form.is_valid()
    assert form.cleaned_data["answers"] == {}


def test_a_question_that_came_while_one_wrote_is_asked_with_everything_else_kept(client, event):
    page = public_href("events:register", event.slug)
    token = client.get(page).context["form"]["form_token"].value()
    question = asked(event, required=True)

    answer = client.post(page, {**ANA, "form_token": token})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [f"question_{question.key}"]
    assert 'value="Ana Ærø"' in answer.content.decode()
    assert not Registration.objects.exists()


def test_what_an_officer_wrote_as_help_is_text_and_no_markup(client, event):
    asked(event, help="<script>alert(1)</script>", label="<b>?</b>")

    page = client.get(public_href("events:register", event.slug)).content.decode()

    assert "<script>alert(1)" not in page
    assert "<b>?</b>" not in page
    assert "&lt;script&gt;" in page


def test_the_form_asks_the_database_once_for_all_questions(client, event, django_assert_max_num_queries):
    for _ in range(Question.MOST):
        asked(event)

    with django_assert_max_num_queries(8):
        client.get(public_href("events:register", event.slug))


def test_the_database_refuses_answers_beyond_any_measure(event):
    with pytest.raises(IntegrityError), transaction.atomic():
        RegistrationFactory(event=event, answers={"1": "x" * 200_000})


# One's own page


def test_a_registrant_sees_what_they_answered_and_changes_it(client, event):
    question = asked(event)
    registration = RegistrationFactory(event=event, confirmed=True, organisation="Æ", answers={question.key: "Ro"})
    token = issue(registration, Purpose.MANAGE)
    change = public_href("events:change", token)
    form = client.get(change).context["form"]
    sent = {"name": registration.name, "organisation": "Æ", f"question_{question.key}": "Uro"}

    client.post(change, sent | {"form_token": form["form_token"].value()})

    registration.refresh_from_db()
    assert form[f"question_{question.key}"].value() == "Ro"
    assert registration.answers == {question.key: "Uro"}
    assert "Uro" in client.get(public_href("events:manage", token)).content.decode()


def test_what_one_chose_stays_a_choice_when_the_officer_has_taken_it_off_the_list(client, event):
    question = asked(event, kind="choice", choices="At lytte\nAt spørge")
    registration = RegistrationFactory(event=event, confirmed=True, answers={question.key: "At tie"})

    form = client.get(public_href("events:change", issue(registration, Purpose.MANAGE))).context["form"]

    assert ("At tie", "At tie") in form.fields[f"question_{question.key}"].choices


# The officer


def test_an_officer_asks_and_sees_the_answers(client, event, officer):
    client.post(address("add_question", event), facts(kind="choice", choices=" At lytte \n\nAt spørge\nAt lytte"))
    question = Question.objects.get()
    RegistrationFactory(event=event, confirmed=True, answers={question.key: "At spørge"})

    page = client.get(address("event", event)).content.decode()

    assert question.options == ["At lytte", "At spørge"]
    assert "Hvad vil du øve?" in page
    assert "At spørge" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"label": ""}, "label"),
        ({"label": "Hvad er dit nummer, fx 010170-1234?"}, "label"),
        ({"kind": "choice", "choices": "Kun et"}, "choices"),
        ({"kind": "several", "choices": "\n".join(map(str, range(99)))}, "choices"),
        ({"kind": "choice", "choices": "a\n" + "b" * 101}, "choices"),
        ({"kind": "essay"}, "kind"),
        ({"keep_days": "9999"}, "keep_days"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_at_its_field(client, event, officer, changes, field):
    answer = client.post(address("add_question", event), facts(**changes))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Question.objects.exists()


def test_a_form_asks_no_more_than_twenty_questions(client, event, officer):
    for number in range(Question.MOST):
        asked(event, order=number)

    answer = client.post(address("add_question", event), facts())

    assert answer.status_code == 422
    assert Question.objects.count() == Question.MOST


def test_a_question_moves_up_and_the_first_stays_first(client, event, officer):
    first, second = asked(event), asked(event)

    client.post(address("move_question", event, second.pk), {"to": "up"})
    client.post(address("move_question", event, second.pk), {"to": "up"})

    assert list(Question.objects.asked().of(event)) == [second, first]


def test_a_question_that_is_no_longer_asked_keeps_its_answers_readable(client, event, officer):
    question = asked(event)
    RegistrationFactory(event=event, confirmed=True, answers={question.key: "Ro"})

    client.post(address("retire_question", event, question.pk))
    client.post(address("retire_question", event, question.pk))

    assert not Question.objects.asked().exists()
    assert "Ro" in client.get(address("event", event)).content.decode()
    assert f"question_{question.key}" not in RegistrationForm(event=event, kept_until="").fields


def test_the_kind_of_answer_stands_as_soon_as_somebody_has_answered(client, event, officer):
    question = asked(event)
    RegistrationFactory(event=event, confirmed=True, answers={question.key: "Ro"})

    client.post(address("question", event, question.pk), facts(kind="number", label="Hvor mange?"))

    question.refresh_from_db()
    assert (question.kind, question.label) == ("text", "Hvor mange?")


def test_an_officer_answers_for_somebody_who_phoned_without_having_to(client, event, officer):
    required, other = asked(event, required=True), asked(event)
    told = {"name": "Bo Lind", "consent": "on", f"question_{other.key}": "Ro"}

    client.post(address("register", event), told)

    assert Registration.objects.get().answers == {other.key: "Ro"}
    assert required.key not in Registration.objects.get().answers


def test_the_form_is_shown_as_a_visitor_meets_it_with_nothing_to_send(client, event, officer):
    asked(event)

    page = client.get(address("form_preview", event)).content.decode()

    assert "Hvad vil du øve?" in page
    assert "Send mig en mail" not in page


def test_the_page_of_an_event_asks_the_database_once_for_all_answers(
    client, event, officer, django_assert_max_num_queries
):
    rows = [asked(event) for _ in range(10)]
    event.seats.capacity = 60
    event.seats.save()
    RegistrationFactory.create_batch(40, event=event, confirmed=True, answers={row.key: "Ro" for row in rows})

    with django_assert_max_num_queries(25):
        client.get(address("event", event))


def test_a_copy_asks_what_the_event_asked_even_when_the_answers_have_gone(officer):
    event = EventFactory(owner=officer)
    asked(event, label="Nu?", kind="choice", choices="a\nb", emptied_at=timezone.now())
    asked(event, label="Før?", retired_at=timezone.now())
    day = timezone.localdate() + timedelta(days=30)

    made = copying.copy(event, day=day, officer=officer, now=timezone.now())

    assert [(one.label, one.choices) for one in Question.objects.asked().of(made)] == [("Nu?", "a\nb")]
    assert Question.objects.of(event).count() == 2


# Until the answer goes


def ended(*, days_ago):
    end = timezone.now() - timedelta(days=days_ago)
    return EventFactory(starts_at=end - timedelta(hours=3), ends_at=end)


def test_each_answer_goes_on_the_day_of_its_question_and_the_others_stay():
    event = ended(days_ago=15)
    short, long = asked(event), asked(event, keep_days=90)
    row = RegistrationFactory(event=event, confirmed=True, answers={short.key: "Ro", long.key: "Uro"})

    assert [RULES["events.answers"].apply(timezone.now()) for _ in range(2)] == [1, 0]

    row.refresh_from_db()
    assert row.answers == {long.key: "Uro"}
    assert list(Question.objects.readable()) == [long]


def test_no_answer_outlives_the_name_of_who_gave_it(settings):
    settings.RETENTION_DAYS = {"events.names": 20}
    question = asked(ended(days_ago=21), keep_days=183)
    row = RegistrationFactory(event=question.event, confirmed=True, answers={question.key: "Ro"})

    RULES["events.answers"].apply(timezone.now())

    row.refresh_from_db()
    assert row.answers == {}


def test_retiring_says_how_many_answers_stay(event, officer):
    question = asked(event)
    RegistrationFactory.create_batch(3, event=event, confirmed=True, answers={question.key: "Ro"})

    assert questions.retire(question, officer=officer, now=timezone.now()) == 3


# Courses


def test_a_course_asks_for_the_sector_and_a_meeting_does_not(event):
    course = EventFactory(kind="course")

    missing, told = (
        answers_to(course),
        RegistrationForm(
            {**ANA, "sector": "school", "form_token": RegistrationForm.new_token()}, event=course, kept_until=""
        ),
    )

    assert list(missing.errors) == ["sector"]
    assert told.is_valid()
    assert "sector" not in RegistrationForm(event=event, kept_until="").fields


@pytest.mark.parametrize(("wanted", "status", "kept"), [("183", 422, 30), ("30", 302, 30), ("14", 302, 14)])
def test_answers_given_for_a_shorter_time_are_not_kept_longer(client, event, officer, wanted, status, kept):
    row = asked(event, keep_days=30)
    RegistrationFactory(event=event, confirmed=True, answers={row.key: "Ro"})

    page = client.post(address("question", event, row.pk), facts(keep_days=wanted))

    row.refresh_from_db()
    assert (page.status_code, row.keep_days) == (status, kept)
    assert ("Det kan kun blive tidligere." in page.text) == (status == 422)


def test_a_question_nobody_has_answered_may_be_kept_longer(client, event, officer):
    row = asked(event, keep_days=14)

    client.post(address("question", event, row.pk), facts(keep_days="183"))

    row.refresh_from_db()
    assert row.keep_days == 183
