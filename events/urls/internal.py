"""Planning events and looking after their registrations, in the workspace."""

from django.urls import path

from events.views.internal import (
    agenda,
    copying,
    events,
    invitations,
    mails,
    questions,
    registrations,
    reminders,
)

app_name = "events_workspace"
urlpatterns = [
    path("", events.event_list, name="list"),
    path("plan/", events.plan, name="plan"),
    path("<uuid:pk>/", events.event, name="event"),
    path("<uuid:pk>/edit/", events.edit, name="edit"),
    path("<uuid:pk>/publish/", events.publish, name="publish"),
    path("<uuid:pk>/agenda/", agenda.edit, name="agenda"),
    path("<uuid:pk>/copy/", copying.copy, name="copy"),
    path("<uuid:pk>/cancel/", events.cancel, name="cancel"),
    path("<uuid:pk>/questions/", questions.question_list, name="questions"),
    path("<uuid:pk>/questions/add/", questions.add, name="add_question"),
    path("<uuid:pk>/questions/form/", questions.form_preview, name="form_preview"),
    path("<uuid:pk>/questions/<int:question>/", questions.edit, name="question"),
    path("<uuid:pk>/questions/<int:question>/move/", questions.move, name="move_question"),
    path("<uuid:pk>/questions/<int:question>/retire/", questions.retire, name="retire_question"),
    path("<uuid:pk>/register/", registrations.register, name="register"),
    path("<uuid:pk>/approve/<uuid:registration>/", registrations.approve, name="approve"),
    path("<uuid:pk>/refuse/<uuid:registration>/", registrations.refuse, name="refuse"),
    path("<uuid:pk>/reminders/", reminders.reminder_list, name="reminders"),
    path("<uuid:pk>/reminders/<uuid:reminder>/", reminders.reminder, name="reminder"),
    path("<uuid:pk>/reminders/<uuid:reminder>/drop/", reminders.drop, name="drop_reminder"),
    path("<uuid:pk>/mails/", mails.mail_list, name="mails"),
    path("<uuid:pk>/mails/all/<str:kind>/", mails.again_to_all, name="mails_again"),
    path("<uuid:pk>/mails/<uuid:mail>/", mails.mail, name="mail"),
    path("<uuid:pk>/mails/<uuid:mail>/again/", mails.again, name="mail_again"),
    path("<uuid:pk>/mails/<uuid:mail>/try/", mails.try_again, name="try_mail_again"),
    path("<uuid:pk>/invitations/", invitations.invitation_list, name="invitations"),
    path("<uuid:pk>/invitations/add/", invitations.add, name="invite"),
    path("<uuid:pk>/invitations/choose/", invitations.choose, name="choose_invited"),
    path("<uuid:pk>/invitations/send/", invitations.send, name="send_invitations"),
    path("<uuid:pk>/invitations/remind/", invitations.remind, name="remind_invited"),
    path("<uuid:pk>/invitations/<uuid:invitation>/withdraw/", invitations.withdraw, name="withdraw_invitation"),
    path("<uuid:pk>/move/<uuid:registration>/", registrations.move, name="move"),
    path("<uuid:pk>/paper/<uuid:registration>/", registrations.paper, name="paper"),
    path("<uuid:pk>/answer/<uuid:registration>/", registrations.answer, name="answer"),
    path("<uuid:pk>/cancel/<uuid:registration>/", registrations.cancel_registration, name="cancel_registration"),
]
