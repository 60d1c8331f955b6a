"""The link with which a colleague chooses a password: made by whoever sends it, checked by the internal face.

Derived from the key both processes share, so it stands in no queue and no outbox. It dies with its first use, with the
next sign-in, and after ``PASSWORD_RESET_TIMEOUT``. It opens nothing by itself: signing in still takes both factors.
"""

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from outreach.links import internal_url

from .models import User


class PasswordLinkGenerator(PasswordResetTokenGenerator):
    key_salt = "outreach.accounts.password_links"
    secret_fallbacks: list[str] = []

    @property
    def secret(self) -> str:
        return settings.TOKEN_KEY


def password_link(user: User) -> str:
    """The absolute address of the page where ``user`` chooses a password."""
    key = PasswordLinkGenerator().make_token(user)
    return internal_url("account_reset_password_from_key", uidb36=user.pk.hex, key=key)
