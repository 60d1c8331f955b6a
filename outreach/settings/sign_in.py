"""Signing in: by e-mail and password, then a second factor. Never by an account one makes oneself."""

from .base import WAGTAIL_SITE_NAME

AUTHENTICATION_BACKENDS = ["outreach.accounts.roles.RoleBackend"]
LOGIN_URL = LOGOUT_REDIRECT_URL = "account_login"
LOGIN_REDIRECT_URL = "account_start"

SESSION_ENGINE = "outreach.accounts.sessions"
SESSION_LONGEST = 10 * 60 * 60  # seconds after signing in, however busy

ACCOUNT_ADAPTER = "outreach.accounts.adapters.ClosedAccountAdapter"
ACCOUNT_FORMS = {
    "login": "outreach.accounts.forms.SignInForm",
    "reset_password": "outreach.accounts.forms.AskForPasswordForm",
    "reset_password_from_key": "outreach.accounts.forms.NewPasswordForm",
    "change_password": "outreach.accounts.forms.ChangePasswordForm",
    "reauthenticate": "outreach.accounts.forms.PasswordAgainForm",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "outreach.accounts.password_links.PasswordLinkGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # colleagues are entered by an administrator
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody can make us write to an address we do not know
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # our own delays stand in their place (outreach/accounts/throttle.py)

MFA_ADAPTER = "outreach.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "outreach.accounts.forms.CodeForm",
    "reauthenticate": "outreach.accounts.forms.CodeAgainForm",
    "activate_totp": "outreach.accounts.forms.FirstCodeForm",
    "add_webauthn": "outreach.accounts.forms.NewPasskeyForm",
    "authenticate_webauthn": "outreach.accounts.forms.PasskeyForm",
    "reauthenticate_webauthn": "outreach.accounts.forms.PasskeyAgainForm",
    "login_webauthn": "outreach.accounts.forms.PasskeyAloneForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# A passkey that has asked for its owner is two factors: it signs in alone, or after the password.
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = WAGTAIL_SITE_NAME
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True

# Passwords, addresses and names change with us, not in the Wagtail admin.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
