"""What an association can do to meet us: invite, confirm, see, withdraw."""

from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from events.views import dialogue

app_name = "dialogue"
urlpatterns = [
    path("", dialogue.ask, name="ask"),
    path(_("sent/"), dialogue.asked, name="asked"),
    path(_("confirm/<str:token>/"), dialogue.confirm, name="confirm"),
    path(_("our-invitation/<str:token>/"), dialogue.manage, name="manage"),
    path(_("our-invitation/<str:token>/withdraw/"), dialogue.withdraw, name="withdraw"),
    # A link cut off, in capitals or with something behind it.
    re_path(_(r"^(?P<link>(?is:(?:our-invitation|confirm)/(?:.*/)?))$"), dialogue.mangled),
]
