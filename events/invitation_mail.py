"""The mails to those who are invited. We begin these: the gate asks whether the address wants any."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from events.mail import INVITATIONS
from events.models import Event, Invitation, InvitationToken
from events.services import tokens
from outreach.links import public_url
from outreach.mail.kinds import MailKind
from outreach.mail.models import OutboxMessage
from outreach.mail.sending import send

WHY = _("You get this mail because we invite you to a meeting.")


def tell_invited(kind: str, invitation: Invitation, *, occasion: str, **context: Any) -> None:
    """Write this mail once for the occasion."""
    send(
        kind,
        to=invitation.email,
        language=invitation.language,
        about=invitation,
        context=context,
        dedupe=f"{kind}:{invitation.pk}:{occasion}",
        part_of=invitation.event,
    )


def tell_unanswered(kind: str, event: Event, *, occasion: str) -> None:
    """Write to everybody who was told of the event, has not answered and takes our invitations."""
    for invitation in Invitation.objects.of(event).unanswered().willing().select_related("event"):
        tell_invited(kind, invitation, occasion=occasion)


def links(message: OutboxMessage) -> dict[str, str]:
    invitation = Invitation.objects.select_related("event").get(pk=message.about_pk)
    return {
        "invited": tokens.link(invitation, InvitationToken.Purpose.INVITED),
        "events": public_url("events:list", language=invitation.language),
    }


KINDS = [
    MailKind("events.invitation", links=links, why=WHY, group=INVITATIONS.name),
    MailKind("events.invitation_reminder", links=links, why=WHY, group=INVITATIONS.name),
    MailKind("events.invitation_changed", links=links, why=WHY, group=INVITATIONS.name),
    MailKind("events.invitation_cancelled", links=links, why=WHY, group=INVITATIONS.name),
]
