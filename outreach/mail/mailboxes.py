"""The two personal links of an address: to choose which mails come to it, and to say no to one group of them.

Derived while a mail is sent, like every personal link; only the hashes are kept (architecture.md, decision 17).
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from outreach.links import public_url

from .models import Mailbox, normal

# A link works for at least five months after the mail it came in; renewing it costs a write, so not with each mail.
WORKS_FOR = timedelta(days=182)
RENEWED_AFTER = timedelta(days=30)


class Pages(NamedTuple):
    """The names of the public pages behind the two links; the app above that serves them says so."""

    choose: str
    stop: str


_pages: list[Pages] = []


def serve(pages: Pages) -> None:
    _pages[:] = [pages]


class Ways(NamedTuple):
    """Where the foot of a mail leads."""

    choose: str
    stop: str  # "" for a mail that one cannot say no to


def ways(address: str, group: str, *, language: str, now: datetime) -> Ways | None:
    """The links for a mail of ``group`` ("" for none) to ``address``; None where no app serves their pages."""
    if not _pages:
        return None
    box, page = _opened(address, now), _pages[0]
    choose = public_url(page.choose, token_of(box, "choose"), language=language)
    stop = public_url(page.stop, token_of(box, "stop"), group, language=language) if group else ""
    return Ways(choose, stop)


def open_all(addresses: Iterable[str], *, now: datetime) -> None:
    """Make the rows that are missing in two queries, for a batch of mails that is about to be sent."""
    keys = {normal(address) for address in addresses} if _pages else set()
    there = set(Mailbox.objects.filter(address__in=keys).values_list("address", flat=True))
    new = (Mailbox(address=key) for key in sorted(keys - there))
    made = [Mailbox(address=box.address, **_linked(box, now)) for box in new]
    Mailbox.objects.bulk_create(made, ignore_conflicts=True)  # another worker may make one in this moment


def _opened(address: str, now: datetime) -> Mailbox:
    """The row of the address with links that work; they stay the same for as long as there is one."""
    box, _ = Mailbox.objects.get_or_create(address=normal(address), defaults=_linked(Mailbox(), now))
    if not box.nonce or not box.links_until:
        for field, value in _linked(box, now).items():
            setattr(box, field, value)
        box.save()
    elif box.links_until < now + WORKS_FOR - RENEWED_AFTER:
        box.links_until = now + WORKS_FOR
        box.save(update_fields=["links_until"])
    return box


def _linked(box: Mailbox, now: datetime) -> dict[str, object]:
    box.nonce = secrets.token_hex(16)
    return {
        "id": box.pk,
        "nonce": box.nonce,
        "choose_hash": digest(token_of(box, "choose")),
        "stop_hash": digest(token_of(box, "stop")),
        "links_until": now + WORKS_FOR,
    }


def digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def token_of(box: Mailbox, purpose: str) -> str:
    """32 bytes that nobody without the key can make, in the alphabet of addresses."""
    if not getattr(settings, "TOKEN_KEY", ""):
        raise ImproperlyConfigured("This process has no TOKEN_KEY and makes no personal links.")
    mac = hmac.digest(settings.TOKEN_KEY.encode(), f"mails-{purpose}|{box.pk}|{box.nonce}".encode(), "sha256")
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()
