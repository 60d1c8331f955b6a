"""While the forms are flooded, each asks for the e-mail only and goes on by a link in a mail: for everyone alike."""

import secrets
from datetime import datetime

from django.db import transaction

from events.models import Event, FormLink
from outreach.queue.enqueue import enqueue

from .tokens import derive, digest

PURPOSE = "form"


@transaction.atomic
def ask(email: str, form: str, *, event: Event | None, language: str, now: datetime) -> None:
    """Keep the wish for the worker: an INSERT and a task, whoever's address it is."""
    link = FormLink(email=email.strip(), form=form, event=event, language=language, created_at=now)
    link.save(force_insert=True)
    enqueue("events.form_asked", link.pk)


@transaction.atomic
def open_link(link: FormLink, *, now: datetime) -> str:
    """The token of the link, made while the mail is sent; the same each time. It works for a day from then."""
    link = FormLink.objects.select_for_update().get(pk=link.pk)
    if not link.hash:
        link.nonce = secrets.token_hex(16)
        link.hash = digest(derive(link, PURPOSE, link.nonce))
        link.expires_at = now + FormLink.WORKS_FOR
        link.save(update_fields=["nonce", "hash", "expires_at"])
    return derive(link, PURPOSE, link.nonce)
