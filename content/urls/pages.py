"""The page tree, last of all. Wagtail's own sign-in and password addresses stay out: nobody signs in here."""

from django.urls import re_path
from wagtail.urls import serve_pattern
from wagtail.views import serve

from content.caching import public_page

urlpatterns = [re_path(serve_pattern, public_page(serve), name="wagtail_serve")]
