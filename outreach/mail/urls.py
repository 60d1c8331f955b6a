"""The words of our mails, in the workspace."""

from django.urls import path

from . import views

app_name = "wordings"
urlpatterns = [
    path("", views.wording_list, name="list"),
    path("<str:kind>/<str:language>/", views.edit, name="edit"),
    path("<str:kind>/<str:language>/reset/", views.reset, name="reset"),
]
