"""What a colleague can reach after signing in."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from outreach.accounts.access import editing_required
from outreach.accounts.proof import proof_before_export
from outreach.privacy.policy_reports import policy_reports

# Wagtail asks for a permission and sends whoever lacks it to the sign-in page, which sends them back: a circle.
editing = decorate_urlpatterns(wagtailadmin_urls.urlpatterns, lambda view: editing_required(proof_before_export(view)))

urlpatterns = [
    path("account/", include("outreach.accounts.urls")),
    path("admin/", include("outreach.accounts.urls.shadow")),
    path("admin/", include(editing)),
    path("workspace/events/", include("events.urls.internal")),
    path("workspace/colleagues/", include("outreach.accounts.desk.urls")),
    path("workspace/registers/", include("outreach.privacy.urls")),
    path("workspace/words-of-mails/", include("outreach.mail.urls")),
    path("workspace/", include("contacts.urls.internal")),
    path("media/", include("content.urls.pictures")),
    path("documents/", include("content.urls.documents")),
    path("policy-reports/", policy_reports, name="policy_reports"),
]
handler400 = "outreach.design.errors.bad_request"
handler500 = "outreach.design.errors.server_error"
