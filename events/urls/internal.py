"""Planning events and looking after their registrations, in the workspace."""

from django.urls import path

from events.views import internal

app_name = "events_workspace"
urlpatterns = [
    path("", internal.event_list, name="list"),
    path("plan/", internal.plan, name="plan"),
    path("<uuid:pk>/", internal.event, name="event"),
    path("<uuid:pk>/edit/", internal.edit, name="edit"),
    path("<uuid:pk>/publish/", internal.publish, name="publish"),
    path("<uuid:pk>/cancel/", internal.cancel, name="cancel"),
    path("<uuid:pk>/register/", internal.register, name="register"),
    path("<uuid:pk>/answer/<uuid:registration>/", internal.answer, name="answer"),
    path("<uuid:pk>/cancel/<uuid:registration>/", internal.cancel_registration, name="cancel_registration"),
]
