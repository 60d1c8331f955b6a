"""A link to all registrations at one address. The form tells nobody whether there are any: the mailbox is told."""

import secrets
from datetime import datetime

from django.db import transaction

from events.models import MailboxLink, Registration, RegistrationToken
from outreach.queue.enqueue import enqueue

from .tokens import derive, digest

Purpose = RegistrationToken.Purpose
PURPOSE = "mailbox"


@transaction.atomic
def ask(email: str, *, language: str, now: datetime) -> None:
    """Keep the wish for the worker: an INSERT and a task, whoever's address it is."""
    link = MailboxLink(email=email.strip(), language=language, created_at=now)
    link.save(force_insert=True)
    enqueue("events.mailbox_asked", link.pk)


def registrations_at(link: MailboxLink) -> list[Registration]:
    """What there is at the address, letter for letter but for capitals of the alphabet.

    A database folds more than that: an "ı" without its dot would pass for an "i", and another's mailbox for one's own.
    """
    found = Registration.objects.at_address(link.email).select_related("event")
    return [row for row in found if plain(row.email) == plain(link.email)]


def plain(address: str) -> bytes:
    return address.strip().encode().lower()


def personal_token(token: str, registration_id: object) -> str:
    """The link to one registration, for whoever holds the link to all."""
    return f"{token}.{registration_id}"


@transaction.atomic
def open_link(link: MailboxLink, *, now: datetime) -> str:
    """The token of the link, made while the mail is sent; the same each time. It works for a day from then.

    With it goes a row for each registration, by the hash of the link that leads there from the list.
    """
    link = MailboxLink.objects.select_for_update().get(pk=link.pk)
    if not link.hash:
        link.nonce = secrets.token_hex(16)
        link.hash = digest(derive(link, PURPOSE, link.nonce))
        link.expires_at = now + MailboxLink.WORKS_FOR
        link.save(update_fields=["nonce", "hash", "expires_at"])
    until = link.expires_at or now
    token = derive(link, PURPOSE, link.nonce)
    known = set(link.tokens.values_list("registration_id", flat=True))
    RegistrationToken.objects.bulk_create(
        RegistrationToken(
            hash=digest(personal_token(token, row.pk)),
            registration=row,
            purpose=Purpose.MANAGE,
            expires_at=until,
            mailbox=link,
        )
        for row in registrations_at(link)
        if row.pk not in known
    )
    return token
