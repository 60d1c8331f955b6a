"""What a colleague can reach after signing in."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("account/", include("outreach.accounts.urls")),
    path("admin/", include("outreach.accounts.urls.shadow")),
    path("admin/", include(wagtailadmin_urls)),
    path("workspace/events/", include("events.urls.internal")),
    path("workspace/", include("contacts.urls.internal")),
    path("", include("content.urls.internal")),
]
