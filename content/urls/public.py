from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from content.models.readers import READERS
from content.views.directory import directory_entry
from content.views.guide import guide
from content.views.local_help import local_help, municipality, police_district, region
from content.views.readers import reader
from content.views.search import search
from content.views.still_correct import mangled, still_correct

app_name = "content"
urlpatterns = [
    path(_("whom-should-i-call/"), guide, name="guide"),
    path(_("whom-should-i-call/<path:steps>/"), guide, name="guide_step"),
    path(_("find-local-help/"), local_help, name="local_help"),
    path(_("find-local-help/municipality/<slug:slug>/"), municipality, name="municipality"),
    path(_("find-local-help/police-district/<slug:slug>/"), police_district, name="police_district"),
    path(_("find-local-help/region/<slug:slug>/"), region, name="region"),
    path(_("who-does-what/who/<slug:key>/"), directory_entry, name="directory_entry"),
    path(_("search/"), search, name="search"),
    path(_("still-correct/<str:token>/"), still_correct, name="still_correct"),
    # A link cut off, in capitals or with something behind it.
    re_path(_(r"^(?P<link>(?is:still-correct/(?:.*/)?))$"), mangled),
    *[path(kind.path, reader, {"reader": kind}, name=f"for_{kind.key}") for kind in READERS],
]
