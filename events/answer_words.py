"""How answers to the officer's questions are told, to the registrant and to those who run the event."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from events.models import Question


class Said(NamedTuple):
    question: Question
    words: str


def told(questions: Iterable[Question], answers: Mapping[str, Any]) -> list[Said]:
    """What somebody answered, in the order of the questions; nothing for those they left out."""
    return [Said(question, in_words(answers[question.key])) for question in questions if question.key in answers]


def in_words(answer: Any) -> str:
    """An answer as it was given, even if the question is another by now."""
    if isinstance(answer, bool):
        return _("Yes") if answer else _("No")
    if isinstance(answer, list):
        return ", ".join(answer)
    return str(answer)
