"""Stands before Wagtail's own URLs: what would let a password alone in, or make a page private, leads elsewhere."""

from allauth.account import views as account
from django.urls import path, re_path
from django.views.generic import RedirectView

from outreach.accounts import views

urlpatterns = [
    path("login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("logout/", account.logout),
    re_path(r"^password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("account/", RedirectView.as_view(pattern_name="mfa_index")),
    # Users and groups are entered by a command: Wagtail's form knows no second factor, no role and no audit.
    re_path(r"^(?:users|groups)/", views.closed),
    re_path(r"^bulk/accounts/user/", views.closed),
    # What the rules of this project stand on is set up by its commands: sites, languages, who reviews, collections.
    re_path(r"^(?:collections|locales|sites|workflows)/", views.closed),
    # Nothing of another host is shown, and pictures come in the sizes of the pages alone.
    re_path(r"^embeds/", views.closed),
    re_path(r"^images/\d+/(?:generate_url|preview)/", views.closed),
    # A second way to publish, copy and alias pages, which no screen uses.
    re_path(r"^api/main/pages/\d+/action/", views.closed),
    re_path(r"^redirects/import/", views.closed),
    # A private page needs a session, which the public face does not have.
    re_path(r"^pages/\d+/privacy/$", views.closed),
]
