"""The page tree, last of all. Wagtail's own sign-in and password addresses stay out: nobody signs in here."""

from django.urls import re_path
from wagtail.urls import serve_pattern

from content.views.pages import page

urlpatterns = [re_path(serve_pattern, page, name="wagtail_serve")]
