"""Asking the owner of an entry or a channel whether it is still right, and the personal link they answer by.

A token is derived when a mail is sent and stands nowhere; only its hash is kept for lookup. The public face has no
TOKEN_KEY: it can recognise a link and never make one (architecture.md, decision 17).
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from content.models import Owner, OwnerQuestion
from outreach.links import public_url
from outreach.queue.enqueue import enqueue

EVERY = timedelta(hours=6)
ASK_AHEAD = timedelta(days=14)
REMIND_AFTER = timedelta(days=10)
WORKS_FOR = timedelta(days=90)


def next_overdue(now: datetime) -> datetime:
    """When a check may become late: with the day, in Denmark."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1)


def ask_owners(now: datetime) -> None:
    """Ask each owner once when the day comes near or has passed, and remind those who have not answered, once."""
    last = timezone.localdate(now) + ASK_AHEAD
    for owner in Owner.objects.due_by(last).filter(Q(colleague=None) | Q(colleague__is_active=True)):
        if not owner.questions.filter(due_on=owner.row.review_by).exists():
            ask(owner, now=now)
    silent = OwnerQuestion.objects.filter(answered_at=None, reminded_at=None, asked_at__lte=now - REMIND_AFTER)
    for question in silent.filter(expires_at__gt=now).select_related("owner__entry", "owner__channel"):
        if not question.is_over:
            question.reminded_at = now
            question.save(update_fields=["reminded_at"])
            enqueue("content.ask_owner", str(question.pk))


@transaction.atomic
def ask(owner: Owner, *, now: datetime) -> OwnerQuestion:
    """Ask about the day by which the row is to be checked; the mail follows."""
    row = owner.row
    question = OwnerQuestion(
        owner=owner,
        due_on=row.review_by,
        sent_to=owner.address,
        good_for=row.REVIEW_EVERY.days,
        nonce=secrets.token_hex(16),
        asked_at=now,
        expires_at=now + WORKS_FOR,
    )
    question.hash = digest(token_of(question))
    question.save()
    enqueue("content.ask_owner", str(question.pk))
    return question


def link(question: OwnerQuestion) -> str:
    """The address in the mail, in the owner's language."""
    return public_url("content:still_correct", token_of(question), language=question.owner.speaks)


def digest(token: str) -> str:
    """What the door looks a token up by; any text at all has one, so that a mangled link is merely unknown."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def token_of(question: OwnerQuestion) -> str:
    """32 bytes that nobody without the key can make, in the alphabet of addresses."""
    if not getattr(settings, "TOKEN_KEY", ""):
        raise ImproperlyConfigured("This process has no TOKEN_KEY and makes no personal links.")
    message = f"still-correct|{question.pk}|{question.nonce}".encode()
    mac = hmac.digest(settings.TOKEN_KEY.encode(), message, "sha256")
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()
