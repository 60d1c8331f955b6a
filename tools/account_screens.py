"""The screens around signing in, and those of one's own account."""

from outreach.accounts.models import Role
from tools import leading
from tools.samples import Samples
from tools.screen import Inside, Screen, press, workspace


def a_used_link(samples: Samples) -> tuple[str, str]:
    return "1", "used-already"


SIGN_IN = [
    Screen("sign-in", Inside("account_login")),
    Screen("sign-in-mistakes", Inside("account_login"), press),
    Screen("sign-in-closed", Inside("account_inactive")),
    Screen("password-reset", Inside("account_reset_password")),
    Screen("password-reset-sent", Inside("account_reset_password_done")),
    Screen("password-reset-used", Inside("account_reset_password_from_key", a_used_link)),
    Screen("password-reset-done", Inside("account_reset_password_from_key_done")),
]
ACCOUNT = workspace(
    ("registers", Inside("registers:list", role=Role.DATA_PROTECTION_OFFICER), leading.end),
    ("account", Inside("mfa_index")),
    ("account-daily-mail", Inside("workspace:daily_mail")),
    ("account-password-again", Inside("account_reauthenticate")),
    ("password-change", Inside("account_change_password")),
    ("account-sessions", Inside("account_sessions")),
    ("account-passkey", Inside("mfa_add_webauthn")),
    ("sign-out", Inside("account_logout")),
)
