"""Personal links. A token is derived when a mail is sent and stands nowhere; only its hash is kept for lookup.

The public face has no TOKEN_KEY: it can recognise a link and never make one (architecture.md, decision 17).
"""

import base64
import hashlib
import hmac
import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from events.models import DialogueRequest, FormLink, Invitation, MailboxLink, Registration, RegistrationToken
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
    return issue_all([proposal], purpose)[proposal.pk]


def issue_all(proposals: Sequence[Proposal], purpose: str) -> dict[UUID, str]:
    """The tokens of these links, by the keys of the proposals, which are of one kind. A few queries, however many."""
    wanted = {proposal.pk: proposal for proposal in sorted(proposals, key=lambda each: each.pk)}  # no two cross
    rows = _rows(list(wanted.values()), purpose)
    if missing := [proposal for key, proposal in wanted.items() if key not in rows]:
        _model(missing[0]).objects.bulk_create(  # another worker may do the same in this moment
            [_row(proposal, purpose) for proposal in missing], ignore_conflicts=True
        )
        rows |= _rows(missing, purpose)
    moved = defaultdict(list)
    for key, row in rows.items():
        if row.expires_at != (until := works_until(wanted[key], purpose)):  # the event moved, and the link with it
            moved[until].append(row)
    for until, late in moved.items():
        type(late[0]).objects.filter(pk__in=[row.pk for row in late]).update(expires_at=until)
    return {key: derive(wanted[key], purpose, row.nonce) for key, row in rows.items()}


def _model(proposal: Proposal) -> Any:
    return proposal.tokens.model


def _field(proposal: Proposal) -> str:
    """What the rows call what they are about."""
    return str(proposal._meta.get_field("tokens").remote_field.name)


def _rows(proposals: Sequence[Proposal], purpose: str) -> dict[UUID, Any]:
    """The rows that are there, by the keys of their proposals."""
    if not proposals:
        return {}
    own = {"mailbox": None} if isinstance(proposals[0], Registration) else {}
    about = _field(proposals[0])
    rows = _model(proposals[0]).objects.filter(**{f"{about}__in": proposals}, **own, purpose=purpose)
    return {getattr(row, f"{about}_id"): row for row in rows}


def _row(proposal: Proposal, purpose: str) -> Any:
    nonce = secrets.token_hex(16)
    facts = {_field(proposal): proposal, "purpose": purpose, "nonce": nonce}
    hash_ = digest(derive(proposal, purpose, nonce))
    return _model(proposal)(**facts, hash=hash_, expires_at=works_until(proposal, purpose))


def revoke(proposals: Sequence[Proposal], purpose: str) -> None:
    """Make the links that were sent useless, of proposals of one kind; the next ones get a new nonce."""
    if proposals:
        about = f"{_field(proposals[0])}__in"
        _model(proposals[0]).objects.filter(**{about: proposals}, purpose=purpose).delete()


def link(proposal: Proposal, purpose: str, *, token: str | None = None) -> str:
    """The address in the mail: the page for this purpose, in the language of the proposal."""
    token = token or issue(proposal, purpose)
    if isinstance(proposal, Invitation):
        return public_url("events:invited", token, language=proposal.language)
    pages = "dialogue" if isinstance(proposal, DialogueRequest) else "events"
    return public_url(f"{pages}:{purpose}", token, language=proposal.language)


def derive(proposal: Proposal | MailboxLink | FormLink, purpose: str, nonce: str) -> str:
    """32 bytes that nobody without the key can make, in the alphabet of addresses."""
    if not getattr(settings, "TOKEN_KEY", ""):
        raise ImproperlyConfigured("This process has no TOKEN_KEY and makes no personal links.")
    message = f"{purpose}|{proposal.pk}|{nonce}".encode()
    mac = hmac.digest(settings.TOKEN_KEY.encode(), message, "sha256")
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()
