"""Forms as the pack "fds" renders them: label, hint, error and field belong together for eyes and for ears."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row, Submit
from django import forms
from django.forms import formset_factory
from django.template import Context, Template
from django.utils import translation

from outreach.design.forms import Consequence, DateInput, DateTimeInput, PickSelect, TimeInput


class Registration(forms.Form):
    token = forms.CharField(widget=forms.HiddenInput, error_messages={"required": "The form is too old."})
    how = forms.ChoiceField(
        label="How will you join?",
        choices=[("room", "In the room"), ("online", "Online")],
        help_text="Choose one.",
        widget=PickSelect(consequences={"online": Consequence("You will be number 3.", "Waiting list", "waiting")}),
    )
    name = forms.CharField(label="Name", max_length=40)
    email = forms.EmailField(label="E-mail", help_text="We send the confirmation here.")
    role = forms.CharField(label="Your role", required=False)
    needs = forms.CharField(label="Any needs?", max_length=200, widget=forms.Textarea)
    topics = forms.MultipleChoiceField(
        label="Topics", choices=[("a", "Parents"), ("b", "Schools")], widget=forms.CheckboxSelectMultiple
    )
    consent = forms.BooleanField(label="Yes, write to me.")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def rendered(form, template="{% load crispy_forms_tags %}{% crispy form %}"):
    return BeautifulSoup(Template(template).render(Context({"form": form})), "html.parser")


def one(page, selector):
    found = page.select(selector)
    assert len(found) == 1, f"{selector}: {len(found)} found"
    return found[0]


def words(element):
    return " ".join(element.get_text(" ").split())


def test_every_field_has_a_label_of_its_own():
    page = rendered(Registration())

    for name in ("name", "email", "role", "needs", "consent"):
        assert words(one(page, f"label[for=id_{name}]"))
        assert one(page, f"#id_{name}").get("name") == name


def test_a_hint_is_read_with_its_field():
    page = rendered(Registration())

    assert one(page, "#id_email").get("aria-describedby") == "id_email_helptext"
    assert words(one(page, "#id_email_helptext")) == "We send the confirmation here."
    assert one(page, "#id_name").get("aria-describedby") is None


def test_an_error_is_read_with_its_field_and_stands_above_it():
    page = rendered(Registration({"email": "amina"}))

    field = one(page, "#id_email")
    error = one(page, "#id_email_error")
    assert field.get("aria-describedby") == "id_email_helptext id_email_error"
    assert field.get("aria-invalid") == "true"
    assert field.get("value") == "amina"
    assert error in field.find_previous_siblings()


def test_optional_fields_say_so_and_nothing_wears_a_star():
    page = rendered(Registration())

    assert words(one(page, "label[for=id_role]")) == "Your role (can be left out)"
    assert words(one(page, "label[for=id_name]")) == "Name"
    assert words(page).count("(can be left out)") == 1
    assert "*" not in words(page)


def test_a_form_of_filters_leaves_the_marks_out():
    form = Registration()
    form.helper = FormHelper()
    form.helper.mark_optional = False

    assert "can be left out" not in words(rendered(form))


def test_choices_are_a_group_with_a_legend_and_their_consequences():
    page = rendered(Registration({}))

    group = one(page, "fieldset:has([name=how])")
    assert words(group.legend) == "How will you join?"
    assert group.get("aria-describedby") == "id_how_helptext id_how_error"
    assert words(one(page, "label[for=id_how_1]")) == "Online Waiting list You will be number 3."
    assert len(group.select(".pick label")) == 2
    assert len(page.select("fieldset:has([name=topics]) .options input[type=checkbox]")) == 2


def test_the_summary_comes_first_takes_the_focus_and_leads_to_every_field():
    page = rendered(Registration({}))

    summary = one(page, ".summary")
    assert one(page, "form").find(True) is summary
    assert summary.get("autofocus") is not None
    assert summary.get("tabindex") == "-1"
    targets = [link.get("href") for link in summary.select("a")]
    assert targets == ["#id_how_0", "#id_name", "#id_email", "#id_needs", "#id_topics_0", "#id_consent"]
    assert all(page.select(target) for target in targets)
    assert words(summary.h2) == "Correct 6 fields to go on"


def test_the_summary_names_a_field_once_whatever_is_wrong_with_it():
    form = Registration({"email": "no address"})
    form.add_error("email", "It is too long as well.")

    targets = [link.get("href") for link in one(rendered(form), ".summary").select("a")]

    assert len(targets) == len(set(targets))


def test_the_summary_tells_of_errors_no_visible_field_shows():
    class Whole(Registration):
        def clean(self):
            raise forms.ValidationError("The meeting is full.")

    summary = one(rendered(Whole({})), ".summary")

    texts = [words(item) for item in summary.select("li")]
    assert texts[:2] == ["The meeting is full.", "The form is too old."]
    assert [item.a for item in summary.select("li")[:2]] == [None, None]


def test_an_error_that_does_not_name_its_field_gets_the_label_before_it():
    class Named(Registration):
        name = forms.CharField(label="Name", error_messages={"required": "Write your name."})

    texts = [words(item) for item in rendered(Named({})).select(".summary li")]

    assert "Write your name." in texts
    assert "Any needs? This field is required." in texts
    assert "Yes, write to me. This field is required." in texts


def test_an_error_written_for_its_field_needs_no_label_before_it():
    class Agreed(forms.Form):
        consent = forms.BooleanField(label="You may keep it.", error_messages={"required": "Tick the box."})

    assert words(rendered(Agreed({})).select_one(".summary li")) == "Tick the box."


def test_a_form_only_a_hidden_field_stops_is_not_told_to_correct_fields():
    class Token(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput)

    assert words(one(rendered(Token({})), ".summary h2")) == "This cannot be sent yet"


def test_what_is_pasted_is_never_cut_off_in_silence():
    page = rendered(Registration())

    assert one(page, "#id_name").get("maxlength") is None
    assert one(page, "#id_needs").get("maxlength") is None
    assert words(one(page, "#id_needs_helptext")) == "At most 200 characters."
    assert one(page, "#id_needs").get("aria-describedby") == "id_needs_helptext"


def test_the_server_answers_not_the_browsers_own_bubbles():
    form = one(rendered(Registration()), "form")

    assert form.get("novalidate") is not None
    assert form.get("method") == "post"
    assert form["class"] == ["form"]


def test_rows_and_buttons_of_a_layout():
    form = Registration()
    form.helper = FormHelper()
    form.helper.layout = Layout("token", Row("name", "email"), Submit("submit", "Send", css_class="wide"))
    page = rendered(form)

    assert len(page.select(".row2 .form-group")) == 2
    button = one(page, "button")
    assert (button.get("type"), button.get("name"), words(button)) == ("submit", None, "Send")
    assert button["class"] == ["button", "button-primary", "wide"]


def test_a_field_alone_and_a_formset_use_the_same_parts():
    field = rendered(Registration({}), "{% load crispy_forms_tags %}{{ form.name|as_crispy_field }}")
    assert words(one(field, "#id_name_error")) == "This field is required."

    formset = rendered(formset_factory(Registration, extra=2)())
    assert one(formset, "[name=form-TOTAL_FORMS]").get("value") == "2"
    assert words(one(formset, "label[for=id_form-1-name]")) == "Name"


@pytest.mark.parametrize(
    ("field", "kind", "shown"),
    [
        (forms.DateField(initial="2026-12-02", widget=DateInput), "date", "2026-12-02"),
        (forms.TimeField(widget=TimeInput), "time", None),
        (forms.DateTimeField(widget=DateTimeInput), "datetime-local", None),
    ],
)
def test_days_and_times_use_the_browsers_own_fields(field, kind, shown):
    class Form(forms.Form):
        when = field

    control = one(rendered(Form()), "#id_when")
    assert control.get("type") == kind
    assert control.get("value") == shown


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_date_is_written_for_the_browser_whatever_the_language(language):
    class Form(forms.Form):
        day = forms.DateField(widget=DateInput)
        at = forms.DateTimeField(widget=DateTimeInput)

    with translation.override(language):
        page = rendered(Form(initial={"day": dt.date(2026, 12, 2), "at": dt.datetime(2026, 12, 2, 16, 30)}))
        again = Form({"day": "2026-12-02", "at": "2026-12-02T16:30"})

        assert one(page, "#id_day").get("value") == "2026-12-02"
        assert one(page, "#id_at").get("value") == "2026-12-02T16:30"
        assert again.is_valid()
