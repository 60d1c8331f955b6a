"""What opens with a code, and that it opens once: in the database, for all processes.

Recovery codes are kept as keyed hashes from the moment they have been shown; until then as allauth makes them, from a
seed that our adapter encrypts. A code of the app is refused once it, or a later one, was used (RFC 6238 §5.2).
"""

import time

from allauth.core.internal.cryptokit import compare_user_code, normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction
from django.utils.crypto import salted_hmac

from .models import User

STEP = "step"  # in the data of an app: the latest half minute whose code was used
HASHES = "migrated_codes"  # where allauth keeps codes it did not make from a seed; it removes the one that was used


def authenticator_of(user: User, code: str) -> Authenticator | None:
    """The app, or the recovery codes, of ``user`` that this code is of; it is used up now."""
    for held in Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN).order_by("pk"):
        opens = _app_opens if held.type == Authenticator.Type.TOTP else _recovery_opens
        if opens(held, code):
            held.refresh_from_db()
            return held
    return None


@transaction.atomic
def _app_opens(held: Authenticator, code: str) -> bool:
    held = Authenticator.objects.select_for_update().get(pk=held.pk)
    step = int(time.time()) // app_settings.TOTP_PERIOD
    right = format_hotp_value(hotp_value(decrypt(held.data["secret"]), step))
    if step <= held.data.get(STEP, 0) or not compare_user_code(actual=code, expected=right):
        return False
    use_up(held, step)
    return True


def use_up(app: Authenticator, step: int | None = None) -> None:
    """Let no code of this half minute, or of an earlier one, open again."""
    app.data[STEP] = int(time.time()) // app_settings.TOTP_PERIOD if step is None else step
    app.save(update_fields=["data"])


def _recovery_opens(held: Authenticator, code: str) -> bool:
    return held.wrap().validate_code(_hash(held, code) if HASHES in held.data else code)


def _hash(held: Authenticator, code: str) -> str:
    """A code is short: only the key of our processes keeps a reader of the table from trying them all."""
    return salted_hmac(f"recovery codes:{held.pk}", normalize_user_code(code), algorithm="sha256").hexdigest()


@transaction.atomic
def keep_hashes(user: User) -> None:
    """Forget the seed of the recovery codes that have just been shown."""
    held = Authenticator.objects.select_for_update().get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    if HASHES not in held.data:
        hashes = [encrypt(_hash(held, code)) for code in held.wrap().get_unused_codes()]
        held.data = {HASHES: hashes, "viewed_at": held.data["viewed_at"]}
        held.save(update_fields=["data"])
