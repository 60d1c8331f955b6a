"""Where django-allauth asks how this project signs people in."""

import re
import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from outreach.queue.enqueue import enqueue
from outreach.sealing.seals import CannotOpen

from . import seeds, throttle
from .models import User
from .passkey_home import relying_party
from .second_factor import owns_second_factor
from .trail import note_failure

NOTES = {
    "account/messages/password_changed.txt": _("Your password has been changed."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is ready."),
    "mfa/messages/webauthn_removed.txt": _("Your passkey has been removed."),
    "mfa/messages/totp_activated.txt": _("Your app for codes is ready."),
    "mfa/messages/totp_deactivated.txt": _("Your app for codes has been removed."),
}
# What a colleague is told of by mail, by the templates allauth would have used.
NOTICES = {
    "account/email/password_changed": "password_changed",
    "account/email/password_reset": "password_changed",
    "mfa/email/recovery_codes_generated": "recovery_codes_made",
    "mfa/email/totp_activated": "phone_added",
    "mfa/email/totp_deactivated": "phone_removed",
    "mfa/email/webauthn_added": "passkey_added",
    "mfa/email/webauthn_removed": "passkey_removed",
}


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator, and say nothing about who has one."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail or the password is not right."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("The password is not right."),
    }

    def is_open_for_signup(self, request):
        return False

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Say only what someone needs to know; allauth also greets."""
        if text := message or NOTES.get(message_template):
            messages.add_message(request, level, text, extra_tags=extra_tags)

    def get_password_change_redirect_url(self, request):
        return reverse("mfa_index")

    def send_password_reset_mail(self, user, email, context):
        enqueue("accounts.password_asked_for", user.pk)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        enqueue("accounts.sign_in_changed", user.pk, NOTICES[template_prefix])

    def send_mail(self, template_prefix, email, context):
        """Nothing goes past the outbox; a mail of allauth that is not among ours is a mistake."""
        raise NotImplementedError(template_prefix)

    def pre_authenticate(self, request, *, email, **credentials):
        throttle.begin(throttle.by_password(request, email))

    def authenticate(self, request, *, email, **credentials):
        user = super().authenticate(request, email=email, **credentials)
        if user:
            throttle.passed(throttle.by_password(request, email))
        return user

    def authentication_failed(self, request, *, email, **credentials):
        note_failure(request, User.objects.filter(email=email.lower()).first(), "password")

    def is_reauthentication_required(self, *, app, within=None, **kwargs):
        """A sign-in of the last minutes is proof enough; with a second factor, only one that showed it."""
        request = context.request
        records = get_authentication_records(request, request.user)
        if getattr(request, "second_factor_shown", False) or owns_second_factor(request.user):
            records = [record for record in records if record["method"] == "mfa"]
        longest = within.total_seconds() if within else app_settings.REAUTHENTICATION_TIMEOUT
        return not records or time.time() - records[-1]["at"] > longest

    def get_reauthentication_methods(self, user):
        """Whoever has a second factor shows that one: a password alone must not remove it."""
        if not user.is_authenticated:
            return []
        name = "mfa_reauthenticate" if owns_second_factor(user) else "account_reauthenticate"
        return [{"id": name, "description": "", "url": reverse(name)}]


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Wait for the next one and try again."),
        "incorrect_passkey": _("This passkey does not open this account here. Try again, or use another way."),
        "no_key": _("No code can be checked right now, because a key of this site is missing. Ask an administrator."),
    }

    def get_public_key_credential_rp_entity(self):
        """Never the host of the request: that is what a visitor says."""
        return relying_party()

    def generate_authenticator_name(self, user, type):
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def encrypt(self, text):
        return seeds.sealed(text)

    def decrypt(self, encrypted_text):
        """Where no key opens it, the field that asks for a code says so: no code is right, and none is wrong."""
        try:
            return seeds.opened(encrypted_text)
        except CannotOpen:
            raise self.validation_error("no_key") from None

    def build_totp_svg(self, url):
        """The QR code as an element of the page: no image to load, no style, so the strict policy holds."""
        svg = super().build_totp_svg(url)
        return re.sub(r"^<\?xml[^>]*\?>\s*", "", svg)
