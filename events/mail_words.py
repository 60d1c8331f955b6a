"""What colleagues call our mails about events and invitations."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

LABELS = {
    "events.confirm": _("Please confirm"),
    "events.proposed": _("Proposed by a colleague"),
    "events.already_registered": _("Registered already"),
    "events.confirmed": _("You have a seat"),
    "events.waiting": _("You are on the waiting list"),
    "events.applied": _("We have your registration"),
    "events.refused": _("No seat this time"),
    "events.offer": _("Offer of a seat"),
    "events.reminder": _("Reminder"),
    "events.still_coming": _("Do you still come?"),
    "events.swap_offered": _("Offer of a colleague’s seat"),
    "events.swap_ended": _("The colleague did not take the seat"),
    "events.seat_swapped": _("The colleague has taken the seat"),
    "events.mode_granted": _("Now takes part the other way"),
    "events.my_registrations": _("The link to all registrations"),
    "events.no_registrations": _("No registrations at the address"),
    "events.form": _("The link to register"),
    "events.dialogue_form": _("The link to invite us"),
    "events.released": _("Your seat has gone on"),
    "events.offer_lapsed": _("The offer has lapsed"),
    "events.cancelled_by_you": _("You have cancelled"),
    "events.event_changed": _("The event has changed"),
    "events.event_cancelled": _("The event is cancelled"),
    "events.dialogue_confirm": _("Please confirm the invitation"),
    "events.dialogue_confirmed": _("We have your invitation"),
    "events.dialogue_accepted": _("Yes to an invitation"),
    "events.dialogue_declined": _("No to an invitation"),
    "events.invitation": _("Invitation"),
    "events.invitation_reminder": _("Reminder of the invitation"),
    "events.invitation_changed": _("The event has changed, to those invited"),
    "events.invitation_cancelled": _("The event is cancelled, to those invited"),
}


def kind_words(kind: str) -> str:
    """A kind of mail in a few words."""
    return str(LABELS[kind]) if kind in LABELS else gettext("Another mail")
