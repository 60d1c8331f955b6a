"""The workspace's contact screens; each opens for officers and team leads only."""

from django.urls import path

from contacts.views import contacts, dialogues, followups, invitations, lists, proposals, roles, search, sharing, today

app_name = "workspace"
urlpatterns = [
    path("", today.today, name="today"),
    path("search/", search.search, name="search"),
    path("people/", lists.people, name="people"),
    path("people/new/", contacts.new_person, name="new_person"),
    path("people/<uuid:pk>/", contacts.person, name="person"),
    path("people/<uuid:pk>/edit/", contacts.edit_person, name="edit_person"),
    path("people/<uuid:pk>/access/", sharing.person_access, name="person_access"),
    path("people/<uuid:pk>/roles/new/", roles.new_role, name="new_role"),
    path("people/<uuid:pk>/follow-ups/new/", followups.new_for_person, name="new_person_followup"),
    path("roles/<int:pk>/edit/", roles.edit_role, name="edit_role"),
    path("roles/<int:pk>/end/", roles.end_role, name="end_role"),
    path("organisations/", lists.organisations, name="organisations"),
    path("organisations/new/", contacts.new_organisation, name="new_organisation"),
    path("organisations/<uuid:pk>/", contacts.organisation, name="organisation"),
    path("organisations/<uuid:pk>/edit/", contacts.edit_organisation, name="edit_organisation"),
    path("organisations/<uuid:pk>/access/", sharing.organisation_access, name="organisation_access"),
    path("organisations/<uuid:pk>/follow-ups/new/", followups.new_for_organisation, name="new_organisation_followup"),
    path("access/<int:pk>/end/", sharing.end_access, name="end_access"),
    path("log/", dialogues.log, name="log"),
    path("dialogues/", dialogues.dialogues, name="dialogues"),
    path("dialogues/<uuid:pk>/", dialogues.dialogue, name="dialogue"),
    path("dialogues/<uuid:pk>/edit/", dialogues.edit_dialogue, name="edit_dialogue"),
    path("follow-ups/", followups.followups, name="followups"),
    path("follow-ups/<uuid:pk>/", followups.edit_followup, name="followup"),
    path("follow-ups/<uuid:pk>/done/", followups.done, name="followup_done"),
    path("follow-ups/<uuid:pk>/reopen/", followups.reopen, name="followup_reopen"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/dialogue/<uuid:pk>/", invitations.invitation, name="invitation"),
    path("proposals/dialogue/<uuid:pk>/take/", invitations.take, name="take_invitation"),
    path("proposals/dialogue/<uuid:pk>/hand-back/", invitations.hand_back, name="hand_back_invitation"),
    path("proposals/dialogue/<uuid:pk>/decline/", invitations.decline, name="decline_invitation"),
    path("proposals/<uuid:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<uuid:pk>/link/", proposals.link, name="link_proposal"),
    path("proposals/<uuid:pk>/ignore/", proposals.ignore, name="ignore_proposal"),
]
