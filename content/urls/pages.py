"""The page tree, last of all. Wagtail's own sign-in and password addresses stay out: nobody signs in here."""

from django.urls import re_path
from wagtail.urls import serve_pattern
from wagtail.views import serve

urlpatterns = [re_path(serve_pattern, serve, name="wagtail_serve")]
