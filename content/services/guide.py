"""Walking through the guide "whom should I call?", and the promise that every path ends in an answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from content.models import GuideAnswer, GuideChoice, GuideQuestion

MOST_QUESTIONS = 4


@dataclass
class Walk:
    """How far the steps of an address lead: to ``question``, or to ``answer``; ``place`` is the municipality named.

    ``is_known`` is False where a step fits no choice; ``chosen`` then holds what fitted before it.
    """

    question: GuideQuestion | None
    chosen: list[GuideChoice] = field(default_factory=list)
    answer: GuideAnswer | None = None
    place: str = ""
    is_known: bool = True

    @property
    def keys(self) -> list[str]:
        return [choice.key for choice in self.chosen]


@dataclass
class Guide:
    """All questions, choices and answers by their ids, in the editors' order."""

    questions: dict[int, GuideQuestion]
    choices: dict[int, list[GuideChoice]]
    answers: dict[int, GuideAnswer]

    @classmethod
    def load(cls) -> "Guide":
        """As it is now, in three queries."""
        choices: dict[int, list[GuideChoice]] = {}
        for choice in GuideChoice.objects.order_by("sort_order", "pk"):
            choices.setdefault(choice.question_id, []).append(choice)
        return cls(
            {question.pk: question for question in GuideQuestion.objects.all()},
            choices,
            {answer.pk: answer for answer in GuideAnswer.objects.select_related("channel")},
        )

    @property
    def first(self) -> GuideQuestion | None:
        return min(self.questions.values(), key=lambda question: (question.order, question.key), default=None)

    def choices_of(self, question: GuideQuestion) -> list[GuideChoice]:
        return self.choices.get(question.pk, [])

    def question_of(self, choice: GuideChoice) -> GuideQuestion:
        return self.questions[choice.question_id]

    def walk(self, steps: Sequence[str]) -> Walk:
        """Follow the choices named by ``steps``; the last step may be a place where the question asks for one."""
        walk = Walk(question=self.first)
        for number, step in enumerate(steps, start=1):
            question = walk.question
            choices = self.choices_of(question) if question else []
            choice = next((choice for choice in choices if choice.key == step), None)
            if question and choice:
                walk.chosen.append(choice)
                walk.answer = self.answers.get(choice.answer_id or 0)
                walk.question = self.questions.get(choice.next_question_id or 0)
            elif question and question.place_answer_id and number == len(steps):
                return Walk(question, walk.chosen, self.answers.get(question.place_answer_id), place=step)
            else:
                return Walk(question, walk.chosen, is_known=False)
        walk.is_known = bool(walk.question or walk.answer)
        return walk


def faults(guide: Guide) -> list[str]:
    """What keeps a reader from an answer, one sentence each; none when every path ends within four questions."""
    if guide.first is None:
        return [_("The guide has no question.")]
    return list(dict.fromkeys(_faults_from(guide, guide.first, ())))


def _faults_from(guide: Guide, question: GuideQuestion, above: tuple[GuideQuestion, ...]) -> Iterator[str]:
    named = {"question": question.text, "most": MOST_QUESTIONS}
    if question in above:
        yield _("“%(question)s” leads back to itself.") % named
        return
    if len(above) >= MOST_QUESTIONS:
        yield _("“%(question)s” would be question number five: there are at most %(most)s.") % named
        return
    choices = guide.choices_of(question)
    if not choices:
        yield _("“%(question)s” has no choices.") % named
    for choice in choices:
        following = guide.questions.get(choice.next_question_id or 0)
        if following:
            yield from _faults_from(guide, following, (*above, question))
        elif (choice.answer_id or 0) not in guide.answers:
            yield _("“%(choice)s” leads nowhere.") % {"choice": choice.text}
