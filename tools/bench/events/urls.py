"""The public addresses, and before them what they are compared with."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from outreach.privacy.models import Hit
from outreach.urls.public import urlpatterns as public


def bare(request: HttpRequest) -> HttpResponse:
    """As little as a Django view that inserts one row can do."""
    Hit.objects.create(key=uuid4().hex, at=timezone.now())
    return HttpResponse("inserted")


urlpatterns = [path("bench/bare/", bare), *public]
