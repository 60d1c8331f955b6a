"""What a visitor can reach."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from outreach.privacy.policy_reports import policy_reports

pages = i18n_patterns(
    path(_("events/"), include("events.urls.public")),
    path("mails/", include("events.urls.mails")),
    path(_("dialogue/"), include("events.urls.dialogue")),
    path("documents/", include("content.urls.documents")),
    path("", include("content.urls.public")),
    path("", include("content.urls.pages")),
    prefix_default_language=False,
)
urlpatterns = [
    path("media/", include("content.urls.pictures")),
    path("policy-reports/", policy_reports, name="policy_reports"),
    *pages,
]
handler400 = "outreach.design.errors.bad_request"
handler500 = "outreach.design.errors.server_error"
