"""Colleagues, and what they do to sign in."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from outreach.accounts.codes import use_up
from outreach.accounts.models import Role, User

PASSWORD = "four words without sense"


def code_for(secret: str, *, later: int = 0) -> str:
    """What the app on the phone shows now, or ``later`` half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


class Colleague:
    """Someone at a browser of their own."""

    def __init__(self, user: User):
        self.user = user
        self.client = Client()
        self.secret = ""

    def sign_in(self, password: str = PASSWORD, **fields):
        form = {"login": self.user.email, "password": password, **fields}
        return self.client.post(reverse("account_login"), form)

    def enrol(self):
        page = self.client.get(reverse("mfa_activate_totp"))
        self.secret = re.search(r'class="key">([A-Z2-7 ]+)<', page.content.decode())[1].replace(" ", "")
        return self.client.post(reverse("mfa_activate_totp"), {"code": code_for(self.secret)})

    def next_code(self) -> str:
        """As half a minute later: the code of now has not been used."""
        (app,) = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.TOTP)
        use_up(app, step=0)
        return code_for(self.secret)

    def show_code(self, code: str | None = None):
        return self.client.post(reverse("mfa_authenticate"), {"code": code or self.next_code()})


@pytest.fixture
def two_factors(settings):
    """As on the internal face."""
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def colleague(db):
    def colleague(role: str = Role.OFFICER, **facts) -> Colleague:
        number = User.objects.count()
        facts = {"email": f"k{number}@example.org", "name": f"Kim {number}", "role": role} | facts
        return Colleague(User.objects.create_user(password=PASSWORD, **facts))

    return colleague
