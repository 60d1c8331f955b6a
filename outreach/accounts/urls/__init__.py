"""Signing in and out, the second factor, one's own account. Named page by page: sign-up is not among them."""

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

from outreach.accounts import showing, views

urlpatterns = [
    path("", views.AccountView.as_view(), name="mfa_index"),
    path("start/", views.start, name="account_start"),
    path("language/", views.language, name="account_language"),
    path("login/", account.login, name="account_login"),
    path("login/code/", showing.ShowView.as_view(), name="mfa_authenticate"),
    path("login/passkey/", showing.PasskeyAloneView.as_view(), name="mfa_login_webauthn"),
    path("login/token/", views.token, name="account_token"),
    path("login/again/", views.signed_in, name="account_signed_in"),
    path("sessions/", views.sessions, name="account_sessions"),
    path("sessions/end/", views.end, name="account_end_session"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("again/password/", account.reauthenticate, name="account_reauthenticate"),
    path("again/code/", showing.ShowAgainView.as_view(), name="mfa_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("password/reset/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_by_link,
        name="account_reset_password_from_key",
    ),
    path("app/add/", views.AddPhoneView.as_view(), name="mfa_activate_totp"),
    path("app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("passkeys/add/", showing.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", showing.RemovePasskeyView.as_view(), name="mfa_remove_webauthn"),
    path("recovery-codes/", views.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
