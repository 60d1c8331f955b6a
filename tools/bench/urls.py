"""The public addresses, and before them what they are compared with."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail import urls as wagtail_urls

from outreach.urls.public import urlpatterns as public


def bare(request: HttpRequest) -> HttpResponse:
    """As little as a Django view with one query can do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT domain FROM (VALUES ('bare')) AS site (domain)")
        return HttpResponse(cursor.fetchone()[0])


urlpatterns = [path("bench/bare/", bare), path("bench/plain/", include(wagtail_urls)), *public]
