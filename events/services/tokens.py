"""Personal links. A token is derived when a mail is sent and stands nowhere; only its hash is kept for lookup.

The public face has no TOKEN_KEY: it can recognise a link and never make one (architecture.md, decision 17).
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from events.models import DialogueRequest, Invitation, MailboxLink, Registration, RegistrationToken
from outreach.links import public_url

Purpose = RegistrationToken.Purpose
Proposal = Registration | DialogueRequest | Invitation


def digest(token: str) -> str:
    """What the door looks a token up by; any text at all has one, so that a mangled link is merely unknown."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def works_until(proposal: Proposal, purpose: str) -> datetime:
    """Until when the link opens something. Whoever confirms too late is told so."""
    if isinstance(proposal, Invitation):
        return proposal.opens_until
    if purpose == Purpose.CONFIRM:
        return proposal.forgotten_at
    return proposal.withdraw_until if isinstance(proposal, DialogueRequest) else _of_registration(proposal, purpose)


def _of_registration(registration: Registration, purpose: str) -> datetime:
    if purpose == Purpose.MANAGE:
        return registration.manage_until
    if purpose == Purpose.COME:
        return registration.event.starts_at
    if registration.offer_expires_at is None:
        raise ValueError("No seat has been offered.")
    return registration.offer_expires_at


def issue(proposal: Proposal, purpose: str) -> str:
    """The token of this link: the same one each time, until it is revoked, and good until ``works_until``."""
    nonce = secrets.token_hex(16)
    token = derive(proposal, purpose, nonce)
    until = works_until(proposal, purpose)
    own = {"mailbox": None} if isinstance(proposal, Registration) else {}
    row, created = proposal.tokens.get_or_create(
        **own, purpose=purpose, defaults={"hash": digest(token), "nonce": nonce, "expires_at": until}
    )
    if created:
        return token
    if row.expires_at != until:  # the event moved, and the link with it
        row.expires_at = until
        row.save(update_fields=["expires_at"])
    return derive(proposal, purpose, row.nonce)


def revoke(proposal: Proposal, purpose: str) -> None:
    """Make the link that was sent useless; the next one gets a new nonce."""
    proposal.tokens.filter(purpose=purpose).delete()


def link(proposal: Proposal, purpose: str) -> str:
    """The address in the mail: the page for this purpose, in the language of the proposal."""
    if isinstance(proposal, Invitation):
        return public_url("events:invited", issue(proposal, purpose), language=proposal.language)
    pages = "dialogue" if isinstance(proposal, DialogueRequest) else "events"
    return public_url(f"{pages}:{purpose}", issue(proposal, purpose), language=proposal.language)


def derive(proposal: Proposal | MailboxLink, purpose: str, nonce: str) -> str:
    """32 bytes that nobody without the key can make, in the alphabet of addresses."""
    if not getattr(settings, "TOKEN_KEY", ""):
        raise ImproperlyConfigured("This process has no TOKEN_KEY and makes no personal links.")
    message = f"{purpose}|{proposal.pk}|{nonce}".encode()
    mac = hmac.digest(settings.TOKEN_KEY.encode(), message, "sha256")
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()
