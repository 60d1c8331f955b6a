"""The accounts of colleagues, in the workspace."""

from django.urls import path

from . import lost, views

app_name = "colleagues"
urlpatterns = [
    path("", views.colleague_list, name="list"),
    path("new/", views.new, name="new"),
    path("lost/<uuid:pk>/", lost.decide, name="request"),
    path("<uuid:pk>/", views.colleague, name="colleague"),
    path("<uuid:pk>/link/", views.link, name="link"),
    path("<uuid:pk>/lost/", lost.ask, name="lost"),
    path("<uuid:pk>/close/", views.close, name="close"),
    path("<uuid:pk>/open/", views.reopen, name="reopen"),
]
