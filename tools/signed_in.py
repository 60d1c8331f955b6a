"""``Client.force_login`` stands for a password typed just now, in a browser: what asks for a fresh proof has it."""

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.contrib.auth import user_logged_in
from django.http import HttpRequest

from outreach.accounts.models import User
from outreach.accounts.sessions import BROWSER, SYSTEM


def _just_now(request: HttpRequest, user: User, **signal: object) -> None:
    if not get_authentication_records(request, user):
        record_authentication(request, user, method="password")
        request.session.update({BROWSER: "Firefox", SYSTEM: "Windows"})


user_logged_in.connect(_just_now)
