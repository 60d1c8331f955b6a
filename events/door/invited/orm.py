"""The door to invitations on SQLite: the link is looked up here, the rules are in ``events/services/invited.py``."""

from uuid import UUID

from django.utils import timezone

from events.models import Event, Invitation, InvitationToken, Registration
from events.services import invited

from .answers import OURS, Outcome, View


def view(h: str) -> View | None:
    found = invitation_behind(h)
    if found is None:
        return None
    invitation = Invitation.objects.defer(*OURS).get(pk=found)
    used = invitation.registrations.filter(status__in=invited.TAKES_A_USE)
    standing = None if invitation.is_free else invited.standing(invitation)
    if invitation.status in (invited.Status.PREPARED, invited.Status.WITHDRAWN):
        return View(invitation, None, [], "", used.count())
    event = Event.objects.with_seats().prefetch_related("held", "agenda").get(pk=invitation.event_id)
    invitation.event = event
    questions = list(event.questions.asked())
    return View(invitation, event, questions, standing.status if standing else "", used.count())


def accept(h: str, asked: Registration) -> Outcome | None:
    found = invitation_behind(h)
    return invited.accept(found, asked, now=timezone.now()) if found else None


def propose(h: str, asked: Registration) -> Outcome | None:
    found = invitation_behind(h)
    return invited.propose(found, asked, now=timezone.now()) if found else None


def decline(h: str, words: str) -> Outcome | None:
    found = invitation_behind(h)
    return invited.decline(found, words, now=timezone.now()) if found else None


def name_another(h: str, name: str, email: str) -> Outcome | None:
    found = invitation_behind(h)
    return invited.name_another(found, name, email, now=timezone.now()) if found else None


def invitation_behind(h: str) -> UUID | None:
    found = InvitationToken.objects.filter(hash=h, expires_at__gt=timezone.now())
    return found.values_list("invitation_id", flat=True).first()
