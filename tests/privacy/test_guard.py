import pytest
from django import forms

from outreach.accounts.models import Team
from outreach.privacy.guard import GuardedFormMixin


class Wish(GuardedFormMixin, forms.Form):
    name = forms.CharField()
    needs = forms.CharField(widget=forms.Textarea, required=False)
    email = forms.EmailField(required=False)
    kind = forms.ChoiceField(choices=[("0102901234", "A choice")], required=False)


class TeamForm(GuardedFormMixin, forms.ModelForm):
    class Meta:
        model = Team
        fields = ["name"]


def test_every_text_field_of_a_form_refuses_it_and_keeps_what_was_typed():
    form = Wish({"name": "Bo 010290-1234", "needs": "cpr 0102901234", "email": "010290-1234@example.org"})

    assert set(form.errors) == {"name", "needs", "email"}
    assert form.has_error("name", "cpr")
    assert "41 74 90 90" in form.errors["needs"][0]
    assert form["name"].value() == "Bo 010290-1234"


def test_a_form_without_it_is_valid():
    assert Wish({"name": "Bo", "needs": "Jeg kommer 02.12.2026 16.30", "kind": "0102901234"}).is_valid()


@pytest.mark.parametrize(
    "nothing", ["\u200b\u200c", "\u2060 \ufeff", "\u00ad", "\u202e", "\u3164", "\u2800", "&#8203;"]
)
def test_a_field_that_must_be_filled_in_takes_more_than_what_nobody_can_see(nothing):
    form = Wish({"name": nothing, "needs": nothing})

    assert set(form.errors) == {"name"}
    assert form.has_error("name", "required")


def test_a_form_keeps_its_other_errors():
    assert set(Wish({"needs": "010290-1234"}).errors) == {"name", "needs"}


def test_a_form_that_was_not_sent_has_no_errors():
    assert not Wish().errors


@pytest.mark.django_db
def test_a_model_form_refuses_it():
    form = TeamForm({"name": "010290-1234"})

    assert form.has_error("name", "cpr")
    assert TeamForm({"name": "East"}).is_valid()
