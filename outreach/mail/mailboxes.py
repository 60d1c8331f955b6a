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
    return ways_of(open_all([address], now=now).get(normal(address)), group, language=language)


def ways_of(box: Mailbox | None, group: str, *, language: str) -> Ways | None:
    """The same for a row that is open; None for none."""
    if box is None or not _pages:
        return None
    page = _pages[0]
    choose = public_url(page.choose, token_of(box, "choose"), language=language)
    stop = public_url(page.stop, token_of(box, "stop"), group, language=language) if group else ""
    return Ways(choose, stop)


def open_all(addresses: Iterable[str], *, now: datetime) -> dict[str, Mailbox]:
    """The rows of these addresses, by their normal form, with links that work; none where no app serves their pages.

    Links stay the same for as long as there are any. A few queries, however many addresses.
    """
    keys = sorted({normal(address) for address in addresses}) if _pages else []
    boxes = _kept(keys)
    if new := [_linked(Mailbox(address=key), now) for key in keys if key not in boxes]:
        Mailbox.objects.bulk_create(new, ignore_conflicts=True)  # another worker may make one in this moment
        boxes |= _kept(box.address for box in new)
    for box in boxes.values():
        if not box.nonce or not box.links_until:
            _linked(box, now).save()
    renewed_before = now + WORKS_FOR - RENEWED_AFTER
    if late := [box.pk for box in boxes.values() if box.links_until and box.links_until < renewed_before]:
        Mailbox.objects.filter(pk__in=late).update(links_until=now + WORKS_FOR)
    return boxes


def _kept(keys: Iterable[str]) -> dict[str, Mailbox]:
    asked = list(keys)
    return {box.address: box for box in Mailbox.objects.filter(address__in=asked)} if asked else {}


def _linked(box: Mailbox, now: datetime) -> Mailbox:
    """The row with two new links, in memory."""
    box.nonce = secrets.token_hex(16)
    box.choose_hash, box.stop_hash = digest(token_of(box, "choose")), digest(token_of(box, "stop"))
    box.links_until = now + WORKS_FOR
    return box


def digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def token_of(box: Mailbox, purpose: str) -> str:
    """32 bytes that nobody without the key can make, in the alphabet of addresses."""
    if not getattr(settings, "TOKEN_KEY", ""):
        raise ImproperlyConfigured("This process has no TOKEN_KEY and makes no personal links.")
    mac = hmac.digest(settings.TOKEN_KEY.encode(), f"mails-{purpose}|{box.pk}|{box.nonce}".encode(), "sha256")
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()
