"""``Client.force_login`` stands for a password typed just now: what asks for a fresh proof has it."""

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.contrib.auth import user_logged_in


def _just_now(request, user, **signal):
    if not get_authentication_records(request, user):
        record_authentication(request, user, method="password")


user_logged_in.connect(_just_now)
