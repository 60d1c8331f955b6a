"""The internal addresses, and what they are compared with."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from contacts.views.access import officers_only
from outreach.urls.internal import urlpatterns as internal


@officers_only
def empty(request: HttpRequest) -> HttpResponse:
    """A page of the workspace with nothing on it."""
    return render(request, "bench/empty.html")


urlpatterns = [path("workspace/bench/empty/", empty), *internal]
