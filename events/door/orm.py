"""The door on SQLite: the link is looked up here, the rules are in ``events/services/seats.py``."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from events.models import RegistrationToken
from events.services import seats
from outreach.prepared import TEXT, prepared

from .answers import Outcome, Purpose, View


@prepared
def _tokens() -> QuerySet:
    return RegistrationToken.objects.filter(hash=TEXT).select_related("registration__event")


def view(h: str) -> View | None:
    token = next(iter(_tokens(text=h)), None)
    if token is None or token.expires_at <= timezone.now():
        return None
    registration = token.registration
    told = {field: getattr(registration, field) for field in View._fields if hasattr(registration, field)}
    questions = list(registration.event.questions.readable())
    return View(registration_id=registration.pk, purpose=token.purpose, questions=questions, **told)


def confirm(h: str) -> Outcome | None:
    found = registration_behind(h, Purpose.CONFIRM)
    return seats.confirm(found, now=timezone.now()) if found else None


def cancel(h: str) -> Outcome | None:
    found = registration_behind(h, Purpose.MANAGE)
    return seats.cancel(found, now=timezone.now()) if found else None


def answer(h: str, data: Mapping[str, Any]) -> Outcome | None:
    found = registration_behind(h, Purpose.MANAGE)
    return seats.answer(found, data, now=timezone.now()) if found else None


def offer(h: str, accept: bool) -> Outcome | None:
    found = registration_behind(h, Purpose.OFFER)
    return seats.answer_offer(found, accept, now=timezone.now()) if found else None


def come(h: str, comes: bool) -> Outcome | None:
    found = registration_behind(h, Purpose.COME)
    return seats.come(found, comes, now=timezone.now()) if found else None


def registration_behind(h: str, purpose: str) -> UUID | None:
    found = RegistrationToken.objects.filter(hash=h, purpose=purpose, expires_at__gt=timezone.now())
    return found.values_list("registration_id", flat=True).first()
