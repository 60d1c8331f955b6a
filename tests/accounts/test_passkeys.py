"""Passkeys in Chromium with an authenticator of its own, as on a laptop with a fingerprint reader."""

import json
from urllib.parse import parse_qs

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect

from outreach.accounts.models import Session, User
from outreach.audit.models import Entry
from tests.browser.axe import violations

from .conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.once]

USE, MAKE, ALONE = "Use your passkey", "Make the passkey", "Sign in with a passkey"
LAPTOP = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}


class Laptop:
    """A browser with a passkey of its own."""

    def __init__(self, page, address: str):
        self.page, self.address = page, address
        self.cdp = page.context.new_cdp_session(page)
        self.cdp.send("WebAuthn.enable")
        options = LAPTOP | {"isUserVerified": True, "automaticPresenceSimulation": True}
        self.key = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def open(self, name: str):
        self.page.goto(self.address + reverse(name))

    def press(self, words: str):
        self.page.get_by_role("button", name=words, exact=True).click()

    def type_password(self, user: User):
        self.open("account_login")
        self.page.get_by_label("E-mail").fill(user.email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.press("Sign in")

    def add_passkey(self):
        """The first of the account: the page of the app leads to it."""
        self.page.get_by_role("link", name="Use a passkey on this device instead").click()
        self.page.get_by_label("What do you call it?").fill("Work laptop")
        self.press(MAKE)
        expect(self.page.get_by_role("heading", name="Your recovery codes")).to_be_visible()

    def forget_session(self):
        self.page.context.clear_cookies()

    def is_in(self) -> bool:
        self.open("mfa_index")
        return self.page.get_by_role("heading", name="Your account").is_visible()

    def sent_by(self, words: str) -> dict:
        """What goes along when the button is pressed."""
        with self.page.expect_navigation(), self.page.expect_request(lambda one: one.method == "POST") as sent:
            self.press(words)
        return {name: value[0] for name, value in parse_qs(sent.value.post_data).items()}

    def passkeys(self) -> list[dict]:
        return self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.key})["credentials"]

    def turn_back(self, count: int):
        """As a copy of it that was used less often."""
        (held,) = self.passkeys()
        self.cdp.send("WebAuthn.removeCredential", {"authenticatorId": self.key, "credentialId": held["credentialId"]})
        copy = held | {"signCount": count}
        self.cdp.send("WebAuthn.addCredential", {"authenticatorId": self.key, "credential": copy})


@pytest.fixture
def laptop(transactional_db, live_server, settings, two_factors, open_page):
    settings.INTERNAL_BASE_URL = live_server.url
    with open_page(locale="en-GB") as page:
        yield Laptop(page, live_server.url)


@pytest.fixture
def kim(laptop, colleague):
    """Has made a passkey, the only second factor, and is signed in."""
    kim = colleague(language="en")
    laptop.type_password(kim.user)
    laptop.add_passkey()
    return kim


def test_a_passkey_as_the_first_factor_opens_the_session_and_the_next_one(laptop, kim, work):
    assert laptop.is_in()
    assert laptop.page.get_by_text("Work laptop").first.is_visible()
    (made,) = Authenticator.objects.filter(type="webauthn")
    work()
    assert "A passkey for your account has been added." in mail.outbox[-1].body
    assert Entry.objects.filter(verb="change", object_id=str(kim.user.pk), reason="webauthn added").exists()

    laptop.forget_session()
    laptop.type_password(kim.user)
    assert not laptop.is_in()
    laptop.open("mfa_authenticate")
    assert violations(laptop.page) == []
    laptop.press(USE)
    laptop.page.wait_for_url("**/workspace/**")

    assert laptop.is_in()
    made.refresh_from_db()
    assert made.data["counter"] == laptop.passkeys()[0]["signCount"] > 0


def test_a_passkey_alone_signs_in_for_it_asks_for_its_owner(laptop, kim):
    laptop.forget_session()
    laptop.page.goto(f"{laptop.address}{reverse('account_login')}?next={reverse('account_sessions')}")

    laptop.press(ALONE)

    expect(laptop.page.get_by_role("heading", name="Where you are signed in")).to_be_visible()
    assert Session.objects.filter(user=kim.user, signed_in=True, browser="Chrome").exists()


def test_one_that_does_not_ask_for_its_owner_opens_nothing(laptop, kim):
    laptop.forget_session()
    laptop.cdp.send("WebAuthn.setUserVerified", {"authenticatorId": laptop.key, "isUserVerified": False})

    laptop.open("account_login")
    laptop.press(ALONE)

    expect(laptop.page.get_by_text("The passkey gave no answer.")).to_be_visible()
    assert not laptop.is_in()


def test_a_closed_account_opens_by_no_passkey(laptop, kim):
    laptop.forget_session()
    User.objects.update(is_active=False)
    laptop.open("account_login")

    laptop.press(ALONE)

    expect(laptop.page.get_by_role("heading", name="Your account is closed")).to_be_visible()
    assert not laptop.is_in()


def test_it_is_shown_again_where_it_matters_and_removed(laptop, kim, settings, work):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    laptop.open("mfa_index")
    laptop.page.get_by_role("link", name="Remove : Work laptop").click()
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    laptop.press(USE)
    expect(laptop.page.get_by_role("heading", name="Remove “Work laptop”?")).to_be_visible()
    assert laptop.page.get_by_text("It is your only way").is_visible()
    assert violations(laptop.page) == []

    laptop.press("Remove the passkey")

    expect(laptop.page.get_by_role("heading", name="Add your phone")).to_be_visible()
    assert not Authenticator.objects.exists()
    work()
    assert "A passkey for your account has been removed." in mail.outbox[-1].body
    assert Entry.objects.filter(reason="shown again: webauthn").exists()
    assert Entry.objects.filter(reason="webauthn removed").exists()


SEND = """() => {
  const form = document.querySelector("form[method=post]").cloneNode(true);
  form.action = "/workspace/give/";
  form.append(Object.assign(document.createElement("input"), {name: "reason", value: "Sick leave"}));
  document.body.append(form);
  form.submit();
}"""


def test_what_matters_asks_for_it_and_goes_on_with_what_was_sent(laptop, kim, settings):
    settings.ROOT_URLCONF = "tests.accounts.test_proof"
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    laptop.open("mfa_index")
    laptop.page.evaluate(SEND)
    expect(laptop.page.get_by_role("heading", name="Show that it is you")).to_be_visible()
    assert violations(laptop.page) == []

    laptop.press(USE)

    expect(laptop.page.locator("body")).to_contain_text("[('reason', ['Sick leave'])]")
    assert Entry.objects.filter(actor_id=kim.user.pk, reason="shown again: webauthn").count() == 1


def test_what_it_said_once_opens_nothing_a_second_time(laptop, kim):
    laptop.forget_session()
    laptop.type_password(kim.user)
    sent = laptop.sent_by(USE)
    assert laptop.is_in()
    laptop.forget_session()
    laptop.type_password(kim.user)
    token = laptop.page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")

    form, headers = sent | {"csrfmiddlewaretoken": token}, {"accept-language": "en"}
    answer = laptop.page.request.post(laptop.page.url, form=form, headers=headers)

    assert "This passkey does not open this account here." in answer.text()
    assert not laptop.is_in()
    assert Entry.objects.filter(verb="refuse", reason="sign-in: passkey").exists()


def test_a_copy_that_counts_backwards_opens_nothing(laptop, kim):
    laptop.forget_session()
    laptop.type_password(kim.user)
    laptop.press(USE)
    laptop.page.wait_for_url("**/workspace/**")
    laptop.forget_session()
    laptop.turn_back(0)
    laptop.type_password(kim.user)

    laptop.press(USE)

    expect(laptop.page.get_by_text("This passkey seems to be a copy")).to_be_visible()
    assert not laptop.is_in()


def test_a_page_at_another_address_gets_nothing_out_of_it_and_nothing_in(laptop, kim, settings):
    """Neither by the page, which says so, nor past it: the server knows its own address from the settings."""
    port = laptop.address.rpartition(":")[2]
    laptop.forget_session()
    settings.INTERNAL_BASE_URL = "http://localhost:1"
    laptop.type_password(kim.user)
    laptop.press(USE)
    expect(laptop.page.get_by_text("Passkeys work at http://localhost:1 only.")).to_be_visible()

    laptop.page.evaluate("document.querySelector('[data-passkey]').dataset.home = location.origin")
    laptop.press(USE)

    expect(laptop.page.get_by_text("This passkey does not open this account here.")).to_be_visible()
    assert port in laptop.page.url
    settings.INTERNAL_BASE_URL = "https://inside.example"
    assert json.loads(kim.client.get(reverse("mfa_login_webauthn")).text)["publicKey"]["rpId"] == "inside.example"


def test_without_script_the_page_says_so_and_a_code_still_opens(laptop, kim, open_page):
    with open_page(locale="en-GB", java_script_enabled=False) as page:
        page.goto(laptop.address + reverse("account_login"))

        assert page.get_by_text("A passkey needs JavaScript").is_visible()
        assert not page.get_by_role("button", name=ALONE).is_visible()
