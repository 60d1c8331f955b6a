"""What a colleague has beside the password, and whether this session has shown it."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from .models import User


def owns_second_factor(user: User) -> bool:
    """Whether ``user`` has an authenticator app or a passkey; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def owns_codes(user: User) -> bool:
    """Whether there is a code they could write: of an app, or a recovery code."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN).exists()


def with_second_factor(users: QuerySet) -> QuerySet:
    """Each with whether they have any, as ``has_factor``; which one is nobody else's business."""
    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return users.annotate(has_factor=Exists(factors))


def has_shown_second_factor(request: HttpRequest) -> bool:
    """Whether *this session* was opened with a second factor its owner still has."""
    records = get_authentication_records(request, request.user)
    shown = [record["id"] for record in records if record.get("method") == "mfa"]
    return bool(shown) and Authenticator.objects.filter(user=request.user, pk__in=shown).exists()
