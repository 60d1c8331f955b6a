"""The mails to those who are invited. We begin these: the gate asks whether the address wants any."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from events.behind import invitation_of, invitations_behind
from events.mail import INVITATIONS
from events.models import Event, Invitation, InvitationToken
from events.services import tokens
from outreach.links import public_url
from outreach.mail.kinds import MailKind
from outreach.mail.models import OutboxMessage
from outreach.mail.sending import Wish, send_all

Purpose = InvitationToken.Purpose
WHY = _("You get this mail because we invite you to a meeting.")


def tell_invited(kind: str, invitations: Iterable[Invitation], *, occasion: str) -> None:
    """Write this mail to each of them, once for the occasion."""
    send_all(
        Wish(
            kind,
            to=invitation.email,
            language=invitation.language,
            about=invitation,
            context={"greeting": greeting(kind, invitation)},
            dedupe=f"{kind}:{invitation.pk}:{occasion}",
            part_of=invitation.event,
        )
        for invitation in invitations
    )


def greeting(kind: str, invitation: Invitation) -> str:
    """The officer's own words to them in a mail of this kind; those they named get none."""
    return {"events.invitation": invitation.greeting, "events.invitation_reminder": invitation.reminding}.get(kind, "")


def tell_unanswered(kind: str, event: Event, *, occasion: str, asked_by: datetime) -> None:
    """Write to everybody who had been told of the event by then, has not answered and takes our invitations."""
    silent = Invitation.objects.of(event).unanswered().willing().sent_by(asked_by)
    tell_invited(kind, silent.prefetch_related("event", "named_by"), occasion=occasion)


def ready(messages: Sequence[OutboxMessage]) -> None:
    """Make the personal links, for all at once."""
    made = tokens.issue_all(list(filter(None, invitations_behind(messages))), Purpose.INVITED)
    for message in messages:
        if message.thing and message.thing.pk in made:
            message.kept = {Purpose.INVITED.value: made[message.thing.pk]}


def links(message: OutboxMessage) -> dict[str, str]:
    invitation = invitation_of(message)
    return {
        "invited": tokens.link(invitation, Purpose.INVITED, token=message.kept.get(Purpose.INVITED)),
        "events": public_url("events:list", language=invitation.language),
    }


KINDS = [
    MailKind("events.invitation", ready=ready, links=links, why=WHY, group=INVITATIONS.name),
    MailKind("events.invitation_reminder", ready=ready, links=links, why=WHY, group=INVITATIONS.name),
    MailKind("events.invitation_changed", ready=ready, links=links, why=WHY, group=INVITATIONS.name),
    MailKind("events.invitation_cancelled", ready=ready, links=links, why=WHY, group=INVITATIONS.name),
]
