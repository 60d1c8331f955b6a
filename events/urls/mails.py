"""What a visitor can do about the mails to their address, by a personal link."""

from django.urls import path, re_path

from events.views import mails

app_name = "mails"
urlpatterns = [
    path("<str:token>/", mails.choose, name="choose"),
    path("<str:token>/stop/<str:group>/", mails.stop, name="stop"),
    re_path(r"^(?P<link>.+)$", mails.mangled),  # a link cut off, or with something behind it
]
