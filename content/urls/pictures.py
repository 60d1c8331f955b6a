"""Where Wagtail's storage says that pictures are (MEDIA_URL)."""

from django.urls import path

from content.views.pictures import picture

urlpatterns = [path("images/<str:file_name>", picture, name="picture")]
