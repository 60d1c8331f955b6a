"""Passkeys: what is asked of them, and what allauth and fido2 leave open: the exact origin, and a copied key.

A passkey asks for a fingerprint, a face or a PIN each time. What one has and what one is or knows: alone it counts as
both factors.
"""

import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from fido2.utils import websafe_decode
from fido2.webauthn import CollectedClientData

from .models import User
from .passkey_home import origin

COUNTER = "counter"  # in the data of a passkey: how often it says it was used
BROKEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error)  # what parsers raise
COPY = "copy"
COPIED = _("This passkey seems to be a copy, so it opens nothing. Use another way, and tell an administrator.")


def owns_passkey(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists()


def question(user: User | None) -> str:
    """What the browser asks a passkey of ``user``, or any, as JSON: the answer counts once, in this session."""
    return json.dumps(auth.begin_authentication(user), default=dict)


def question_for_new(user: User) -> str:
    """What the browser asks when a passkey is made: one that finds its account by itself, and asks for its owner."""
    return json.dumps(auth.begin_registration(user, True), default=dict)


@contextmanager
def refusing() -> Iterator[None]:
    """Whatever does not fit, or cannot be read at all, is told in one sentence about passkeys; a copy in its own."""
    try:
        yield
    except ValidationError as error:
        if error.code == COPY:
            raise
        raise get_adapter().validation_error("incorrect_passkey") from error
    except BROKEN as error:
        raise get_adapter().validation_error("incorrect_passkey") from error


def refuse_foreign(credential: Any) -> None:
    """Raises ValueError unless a page of ours, at exactly our address, had the passkey say this."""
    told = CollectedClientData(websafe_decode(credential["response"]["clientDataJSON"]))
    if told.origin != origin() or told.cross_origin:
        raise ValueError(told.origin)


@transaction.atomic
def refuse_copy(authenticator: Authenticator, credential: Any) -> None:
    """Count a use; raises ValidationError where the passkey counted less than before (WebAuthn §7.2, step 22)."""
    held = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    before = held.data.get(COUNTER, held.wrap().authenticator_data.counter)
    now = auth.parse_authentication_response(credential).response.authenticator_data.counter
    if now <= before and (now or before):
        raise ValidationError(COPIED, code=COPY)
    held.data[COUNTER] = now
    held.save(update_fields=["data"])
