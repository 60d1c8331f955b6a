"""The door to invitations on SQLite: the link is looked up here, the rules are in services/dialogue_requests.py."""

from uuid import UUID

from django.utils import timezone

from events.models import DialogueRequest, DialogueRequestToken
from events.services import dialogue_requests

from .answers import OURS, Outcome, Purpose, View


def view(h: str) -> View | None:
    token = DialogueRequestToken.objects.filter(hash=h, expires_at__gt=timezone.now()).first()
    if token is None:
        return None
    return View(token.purpose, DialogueRequest.objects.defer(*OURS).get(pk=token.request_id))


def confirm(h: str) -> Outcome | None:
    found = request_behind(h, Purpose.CONFIRM)
    return dialogue_requests.confirm(found, now=timezone.now()) if found else None


def withdraw(h: str) -> Outcome | None:
    found = request_behind(h, Purpose.MANAGE)
    return dialogue_requests.withdraw(found, now=timezone.now()) if found else None


def request_behind(h: str, purpose: str) -> UUID | None:
    found = DialogueRequestToken.objects.filter(hash=h, purpose=purpose, expires_at__gt=timezone.now())
    return found.values_list("request_id", flat=True).first()
