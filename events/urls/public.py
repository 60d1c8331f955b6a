"""What a visitor can do about events: read, register, answer a personal link, follow the calendar."""

from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from events.views import (
    by_mail,
    calendar,
    correcting,
    invited,
    links,
    mailbox,
    materials,
    own,
    public,
    registering,
    through_mail,
)

app_name = "events"
urlpatterns = [
    path("", public.event_list, name="list"),
    path("calendar.ics", calendar.feed, name="feed"),
    path(_("my-registration/<str:token>/"), links.manage, name="manage"),
    path(_("my-registration/<str:token>/calendar.ics"), links.entry, name="entry"),
    path(_("my-registration/<str:token>/material/<uuid:material>/"), materials.my_material, name="my_material"),
    path(_("my-registration/<str:token>/change/"), links.change, name="change"),
    path(_("my-registration/<str:token>/cancel/"), links.cancel, name="cancel"),
    path(_("my-registration/<str:token>/correct/"), correcting.correct, name="correct"),
    path(_("my-registration/<str:token>/correct/sent/"), correcting.corrected, name="corrected"),
    path(_("my-registration/<str:token>/mode/"), own.mode, name="mode"),
    path(_("my-registration/<str:token>/colleague/"), own.give, name="give"),
    path(_("my-registration/<str:token>/colleague/back/"), own.take_back, name="take_back"),
    path(_("my-registration/<str:token>/shown/"), own.shown, name="shown"),
    path(_("my-registration/<str:token>/participants/"), own.participants, name="participants"),
    path(_("my-registrations/"), mailbox.find, name="find"),
    path(_("my-registrations/sent/"), mailbox.find_sent, name="find_sent"),
    path(_("my-registrations/<str:token>/"), mailbox.registrations, name="mailbox"),
    path(_("my-registrations/<str:token>/cancel/"), mailbox.cancel, name="mailbox_cancel"),
    path(_("form/sent/"), by_mail.sent, name="form_sent"),
    path(_("form/<str:token>/"), through_mail.form, name="form"),
    path(_("swap/<str:token>/"), own.swap, name="swap"),
    path(_("confirm/<str:token>/"), links.confirm, name="confirm"),
    path(_("offer/<str:token>/"), links.offer, name="offer"),
    path(_("come/<str:token>/"), links.come, name="come"),
    path(_("invitation/<str:token>/"), invited.invited, name="invited"),
    path(_("invitation/<str:token>/sent/"), invited.sent, name="invited_sent"),
    path(_("invitation/<str:token>/no/"), invited.decline, name="invited_decline"),
    path(_("invitation/<str:token>/somebody-else/"), invited.another, name="invited_another"),
    # A link cut off, in capitals or with something behind it. No event has such an address: theirs end with a day.
    re_path(
        _(r"^(?P<link>(?is:(?:my-registrations?|form|swap|confirm|offer|come|invitation)/(?:.*/)?))$"), links.mangled
    ),
    path("<slug:slug>/", public.event_page, name="event"),
    path("<slug:slug>/calendar.ics", calendar.event_ics, name="event_ics"),
    path(_("<slug:slug>/material/<uuid:material>/"), materials.material, name="material"),
    path(_("<slug:slug>/register/"), registering.register, name="register"),
    path(_("<slug:slug>/register/sent/"), registering.registered, name="registered"),
]
