"""The officer's questions as fields of a form that somebody fills in."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.models import Question

LONGEST = 500
HIGHEST = 999_999
PREFIX = "question_"
NOT_ON_THE_LIST = _("Choose one of the answers on the list.")
Kind = Question.Kind


class AnswersMixin(forms.BaseForm):
    """Asks what an officer added; ``cleaned_data["answers"]`` holds what was answered, by ``Question.key``.

    Stands before the form among the bases. Only the questions asked now are fields: an answer to one that is gone, or
    to one of another event, is passed over.
    """

    questions: list[Question]

    def ask(self, questions: Iterable[Question], *, own: Mapping[str, Any] | None = None) -> None:
        """Add a field for each question, with one's ``own`` answer from before."""
        own = own or {}
        self.questions = list(questions)
        for question in self.questions:
            self.fields[name_of(question)] = field_for(question, own.get(question.key))
            if question.key in own:
                self.initial[name_of(question)] = shown(own[question.key])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        given = {question: data.get(name_of(question)) for question in self.questions}
        data["answers"] = {
            question.key: value == "yes" if question.kind == Kind.YES_NO else value
            for question, value in given.items()
            if value not in (None, "", [])
        }
        return data

    @property
    def question_names(self) -> list[str]:
        return [name_of(question) for question in self.questions]


def name_of(question: Question) -> str:
    return f"{PREFIX}{question.key}"


def shown(answer: Any) -> Any:
    """What the field shows of an answer."""
    return {True: "yes", False: "no"}[answer] if isinstance(answer, bool) else answer


def field_for(question: Question, own: Any = None) -> forms.Field:
    """The field for one answer; what somebody chose before stays a choice of theirs."""
    common = {"label": question.label, "help_text": help_of(question), "required": question.required}
    errors = {"required": _("Answer this question.")}
    if question.kind == Kind.NUMBER:
        errors |= {"invalid": _("Write a whole number.")}
        return forms.IntegerField(**common, min_value=0, max_value=HIGHEST, error_messages=errors)
    if question.kind == Kind.TEXT:
        errors |= {"max_length": _("Write at most %(limit_value)d characters.")}
        rows = forms.Textarea({"rows": 2})
        return forms.CharField(**common, max_length=LONGEST, widget=rows, error_messages=errors)
    errors |= {"invalid_choice": NOT_ON_THE_LIST, "invalid_list": NOT_ON_THE_LIST}
    before = own if isinstance(own, list) else [own] if isinstance(own, str) else []
    options = [(option, option) for option in dict.fromkeys([*question.options, *before])]
    if question.kind == Kind.SEVERAL:
        boxes = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(**common, choices=options, widget=boxes, error_messages=errors)
    if question.kind == Kind.YES_NO:
        options = [("yes", _("Yes")), ("no", _("No"))]
    return forms.ChoiceField(**common, choices=[("", _("Choose an answer")), *options], error_messages=errors)


def help_of(question: Question) -> str:
    """The officer's help, and when the answer goes."""
    kept = ngettext(
        "We delete your answer %(days)d day after the event.",
        "We delete your answer %(days)d days after the event.",
        question.keep_days,
    ) % {"days": question.keep_days}
    return format_html("{} {}", question.help, kept) if question.help else kept  # templates trust a help text
