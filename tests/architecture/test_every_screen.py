"""Every page of the workspace has an entry among the screens that the browser tests and ``make shots`` look at."""

from tests.matrix import PAGES
from tools.screen import Inside
from tools.screens import SCREENS

NO_SCREEN = {
    "workspace:search_suggestions": "a part of the page one types on: looked at with the log form",
    "workspace:choices": "a part of the page one types on: looked at with the log form",
    "workspace:attachment": "a file",
    "events_workspace:material": "a file",
    "account_start": "leads on to where the role begins",
    "account_token": "a token for a form, no page",
    "mfa_login_webauthn": "a question for the script, no page",
    "mfa_remove_webauthn": "needs an account with a passkey: walked in tests/accounts",
    "mfa_authenticate": "needs an account with a phone: walked in tests/accounts",
    "mfa_reauthenticate": "needs an account with a phone: walked in tests/accounts",
    "mfa_activate_totp": "needs the password once more: walked in tests/accounts",
    "mfa_deactivate_totp": "needs an account with a phone: walked in tests/accounts",
    "mfa_view_recovery_codes": "needs an account with a phone: walked in tests/accounts",
    "mfa_generate_recovery_codes": "needs an account with a phone: walked in tests/accounts",
}


def shown():
    return {screen.address.page for screen in SCREENS if isinstance(screen.address, Inside)}


def test_every_page_has_a_screen():
    pages = {name for name, row in PAGES.items() if row.get("by") != "post"}

    missing = pages - shown() - NO_SCREEN.keys()

    assert not missing, f"Add screens for {sorted(missing)} to the list of its part in tools/"


def test_no_exception_outlives_its_reason():
    assert NO_SCREEN.keys() - PAGES.keys() == set()
    assert NO_SCREEN.keys() & shown() == set()


def test_each_screen_has_a_name_of_its_own():
    names = [screen.name for screen in SCREENS]

    assert sorted(set(names)) == sorted(names)
