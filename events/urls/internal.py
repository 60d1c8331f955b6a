"""Planning events and looking after their registrations, in the workspace."""

from django.urls import path

from events.views.internal import copying, events, registrations, reminders

app_name = "events_workspace"
urlpatterns = [
    path("", events.event_list, name="list"),
    path("plan/", events.plan, name="plan"),
    path("<uuid:pk>/", events.event, name="event"),
    path("<uuid:pk>/edit/", events.edit, name="edit"),
    path("<uuid:pk>/publish/", events.publish, name="publish"),
    path("<uuid:pk>/copy/", copying.copy, name="copy"),
    path("<uuid:pk>/cancel/", events.cancel, name="cancel"),
    path("<uuid:pk>/register/", registrations.register, name="register"),
    path("<uuid:pk>/approve/<uuid:registration>/", registrations.approve, name="approve"),
    path("<uuid:pk>/refuse/<uuid:registration>/", registrations.refuse, name="refuse"),
    path("<uuid:pk>/reminders/", reminders.reminder_list, name="reminders"),
    path("<uuid:pk>/reminders/<uuid:reminder>/", reminders.reminder, name="reminder"),
    path("<uuid:pk>/reminders/<uuid:reminder>/drop/", reminders.drop, name="drop_reminder"),
    path("<uuid:pk>/move/<uuid:registration>/", registrations.move, name="move"),
    path("<uuid:pk>/answer/<uuid:registration>/", registrations.answer, name="answer"),
    path("<uuid:pk>/cancel/<uuid:registration>/", registrations.cancel_registration, name="cancel_registration"),
]
