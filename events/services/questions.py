"""An officer asks more than the form does: adds a question, moves it, stops asking. Answers go on their day."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from events.models import Event, Question, Registration
from outreach.accounts.models import User
from outreach.audit.trail import record


class TooMany(Exception):
    """The form asks as much as it may."""


class PromisedShorter(Exception):
    """Somebody has answered, and was told that the answer goes earlier."""


@transaction.atomic
def ask(event: Event, facts: Mapping[str, Any], *, officer: User) -> Question:
    """Add a question at the end of the form. Raises TooMany."""
    asked = list(in_turn(event))
    if len(asked) >= Question.MOST:
        raise TooMany
    question = Question(event=event, order=asked[-1].order + 1 if asked else 0, **facts)
    question.save(force_insert=True)
    record("create", question, actor=officer)
    return question


def ask_again(event: Event, copy: Event) -> None:
    """Ask of a copy what was asked of the event, even if the answers have gone by now."""
    for question in Question.objects.of(event).not_retired():
        question.pk, question.event, question.emptied_at = None, copy, None
        question.save(force_insert=True)


@transaction.atomic
def reword(question: Question, facts: Mapping[str, Any], *, officer: User) -> Question:
    """Change what is asked. The kind of answer stands as soon as somebody has answered.

    Raises PromisedShorter where the answers there are would be kept longer than they were given for.
    """
    answered = Registration.objects.answering(question).exists()
    promised = Question.objects.filter(pk=question.pk).values_list("keep_days", flat=True).get()
    if answered and facts.get("keep_days", promised) > promised:
        raise PromisedShorter(promised)
    fixed = {"kind"} if answered else set()
    for field, value in facts.items():
        if field not in fixed:
            setattr(question, field, value)
    question.save(update_fields=[*facts])
    record("change", question, actor=officer)
    return question


@transaction.atomic
def move(question: Question, *, up: bool, officer: User) -> None:
    """Ask it one place earlier, or later; the first and the last stay where they are."""
    asked = list(in_turn(question.event))
    here = asked.index(question) if question in asked else None
    there = None if here is None else here + (-1 if up else 1)
    if here is None or there is None or not 0 <= there < len(asked):
        return
    asked[here], asked[there] = asked[there], asked[here]
    for place, each in enumerate(asked):
        each.order = place
    Question.objects.bulk_update(asked, ["order"])
    record("change", question, actor=officer, reason="moved")


@transaction.atomic
def retire(question: Question, *, officer: User, now: datetime) -> int:
    """Ask nobody new; how many answers stay until their day. The second time it is done already."""
    if Question.objects.asked().filter(pk=question.pk).update(retired_at=now):
        record("change", question, actor=officer, reason="retired")
    return Registration.objects.answering(question).count()


def in_turn(event: Event) -> QuerySet[Question]:
    """The questions the form asks, in their order, the event's row locked: two officers do not move at once."""
    Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    return Question.objects.asked().of(event)


@transaction.atomic
def forget_answers(questions: QuerySet[Question], now: datetime) -> int:
    """Take out every answer to these questions; of how many registrations."""
    count = 0
    for question in questions:
        answered = list(Registration.objects.answering(question).select_for_update(of=("self",)).only("answers"))
        for registration in answered:
            del registration.answers[question.key]
        Registration.objects.bulk_update(answered, ["answers"], batch_size=500)
        question.emptied_at = now
        question.save(update_fields=["emptied_at"])
        count += len(answered)
    return count
