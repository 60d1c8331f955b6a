"""The questions, choices and answers of the guide from content/starting/guide.yaml."""

from typing import Any

from content.models import ContactChannel, GuideAnswer, GuideChoice, GuideQuestion

from .starting_files import LANGUAGES, StartingTextError
from .starting_memory import Memory

OF_ANSWER = ("title", "text", "say")
OF_QUESTION = ("text", "hint")
OF_CHOICE = ("text", "hint", "say")


def load_guide(texts: dict[str, Any], memory: Memory) -> None:
    """Make or refresh each answer and question; one that an editor changed or deleted is left alone."""
    try:
        answers = {key: _answer(text) for key, text in texts.get("answers", {}).items()}
        questions = {
            key: _question(text, order * 10) for order, (key, text) in enumerate(texts.get("questions", {}).items(), 1)
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise StartingTextError(f"guide.yaml: {error!r} is missing or wrong.") from error
    _load_answers(answers, memory)
    _load_questions(questions, memory)


def _load_answers(answers: dict[str, dict[str, Any]], memory: Memory) -> None:
    channels = {channel.key: channel for channel in ContactChannel.objects.all()}
    present = {row.key: _present_answer(row) for row in GuideAnswer.objects.select_related("channel")}
    for key, values in answers.items():
        if not memory.should_write(f"guide/answer/{key}", file=values, stored=present.get(key)):
            continue
        if values["channel"] not in channels:
            raise StartingTextError(f"guide.yaml: {key}: there is no channel “{values['channel']}”.")
        fields = {**values, "channel": channels[values["channel"]]}
        GuideAnswer.objects.update_or_create(key=key, defaults=fields)
        memory.remember(f"guide/answer/{key}", file=values, stored=values)


def _load_questions(questions: dict[str, dict[str, Any]], memory: Memory) -> None:
    """First every question, then where their choices lead."""
    present = {row.key: _present_question(row) for row in GuideQuestion.objects.select_related("place_answer")}
    due = {
        key: values
        for key, values in questions.items()
        if memory.should_write(f"guide/question/{key}", file=values, stored=present.get(key))
    }
    answers = {answer.key: answer for answer in GuideAnswer.objects.all()}
    for key, values in due.items():
        fields = {name: value for name, value in values.items() if name != "choices"}
        fields["place_answer"] = answers.get(values["place_answer"])
        GuideQuestion.objects.update_or_create(key=key, defaults=fields)
    made = {question.key: question for question in GuideQuestion.objects.all()}
    for key, values in due.items():
        made[key].choices.all().delete()
        for order, choice in enumerate(values["choices"]):
            _write_choice(made[key], order, choice, made, answers)
        memory.remember(f"guide/question/{key}", file=values, stored=values)


def _write_choice(question: GuideQuestion, order: int, values: dict[str, Any], questions: dict, answers: dict) -> None:
    target = {"next_question": questions.get(values["next_question"]), "answer": answers.get(values["answer"])}
    if not any(target.values()):
        raise StartingTextError(f"guide.yaml: {question.key}: the choice “{values['key']}” leads nowhere.")
    GuideChoice.objects.create(question=question, sort_order=order, **{**values, **target})


def _texts(text: dict[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    """The named texts in each language; only the first must be there."""
    empty = dict.fromkeys(LANGUAGES, "")
    given = {names[0]: text[names[0]], **{name: text.get(name, empty) for name in names[1:]}}
    return {f"{name}_{lang}": given[name][lang] for name in names for lang in LANGUAGES}


def _answer(text: dict[str, Any]) -> dict[str, Any]:
    return {**_texts(text, OF_ANSWER), "channel": text["channel"]}


def _question(text: dict[str, Any], order: int) -> dict[str, Any]:
    choices = [
        {
            **_texts(choice, OF_CHOICE),
            "key": choice["key"],
            "next_question": choice.get("question", ""),
            "answer": choice.get("answer", ""),
        }
        for choice in text["choices"]
    ]
    place_answer = text.get("place_answer", "")
    return {**_texts(text, OF_QUESTION), "order": order, "place_answer": place_answer, "choices": choices}


def _stored(row: Any, names: tuple[str, ...]) -> dict[str, str]:
    return {f"{name}_{lang}": getattr(row, f"{name}_{lang}") for name in names for lang in LANGUAGES}


def _key_of(row: Any) -> str:
    return row.key if row else ""


def _present_answer(row: GuideAnswer) -> dict[str, Any]:
    return {**_stored(row, OF_ANSWER), "channel": row.channel.key}


def _present_question(row: GuideQuestion) -> dict[str, Any]:
    choices = [
        {
            **_stored(choice, OF_CHOICE),
            "key": choice.key,
            "next_question": _key_of(choice.next_question),
            "answer": _key_of(choice.answer),
        }
        for choice in GuideChoice.objects.filter(question=row).select_related("next_question", "answer")
    ]
    own = {**_stored(row, OF_QUESTION), "order": row.order, "place_answer": _key_of(row.place_answer)}
    return {**own, "choices": choices}
