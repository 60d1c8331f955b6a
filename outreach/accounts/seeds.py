"""What a second factor rests on, sealed at rest: seeds and hashes of codes (mfa.Authenticator), and a seed that waits
in a session to be taken into use.

Seals name what they are, not whose: who can change these rows could as well put a factor of their own there.
"""

from collections.abc import Callable, Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.db import transaction

from outreach.sealing.key_files import SIGN_IN
from outreach.sealing.seals import CannotOpen, seal, unseal

IN_ONE = ("secret", "seed")  # of the app, of recovery codes before they were shown
IN_MANY = "migrated_codes"
SEED, WAITING = "accounts.seed", "accounts.waiting_seed"
BATCH = 100


def sealed(text: str) -> str:
    return seal(SIGN_IN, text, about=SEED)


def opened(text: str) -> str:
    """Raises CannotOpen."""
    return unseal(SIGN_IN, text, about=SEED)


def in_session(data: dict[str, Any]) -> dict[str, Any]:
    """The data of a session as it is kept."""
    if secret := data.get(SECRET_SESSION_KEY):
        return data | {SECRET_SESSION_KEY: seal(SIGN_IN, secret, about=WAITING)}
    return data


def from_session(kept: dict[str, Any]) -> dict[str, Any]:
    """The same again; a seed that does not open is none, and another is made."""
    if SECRET_SESSION_KEY not in kept:
        return kept
    rest = {name: value for name, value in kept.items() if name != SECRET_SESSION_KEY}
    try:
        return rest | {SECRET_SESSION_KEY: unseal(SIGN_IN, kept[SECRET_SESSION_KEY], about=WAITING)}
    except CannotOpen:
        return rest


class Seeds:
    """Where the rotation of keys finds them."""

    register, name = SIGN_IN, "mfa.authenticator.data"

    def total(self) -> int:
        return _rows(Authenticator).count()

    def renew(self, change: Callable[[str], str | None]) -> Iterator[int]:
        return change_each(Authenticator, change)

    def seals(self) -> Iterator[str]:
        for held in _rows(Authenticator).iterator():
            yield from _texts(held.data)

    def opens(self, most: int) -> Iterator[bool]:
        for held in _rows(Authenticator).reverse()[:most]:
            for text in _texts(held.data):
                yield self._opens(text)

    def _opens(self, text: str) -> bool:
        try:
            opened(text)
        except CannotOpen:
            return False
        return True


def change_each(model: Any, change: Callable[[str], str | None]) -> Iterator[int]:
    """Put what ``change`` makes of each text in its place, unless it is None; says how many rows each batch had."""
    last = 0
    while batch := _changed(model, change, last):
        last = batch[-1].pk
        yield len(batch)


@transaction.atomic
def _changed(model: Any, change: Callable[[str], str | None], last: int) -> list[Any]:
    batch = list(_rows(model).filter(pk__gt=last).select_for_update(of=("self",), no_key=True)[:BATCH])
    for held in batch:
        anew = held.data | {name: change(held.data[name]) or held.data[name] for name in IN_ONE if name in held.data}
        if IN_MANY in held.data:
            anew[IN_MANY] = [change(text) or text for text in held.data[IN_MANY]]
        if anew != held.data:
            held.data = anew
            held.save(update_fields=["data"])
    return batch


def _rows(model: Any) -> Any:
    return model._base_manager.filter(type__in=["totp", "recovery_codes"]).order_by("pk")


def _texts(data: dict[str, Any]) -> Iterator[str]:
    yield from (data[name] for name in IN_ONE if name in data)
    yield from data.get(IN_MANY, ())
