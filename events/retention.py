"""How long we keep what people told us for an event (security.md, 19). Forms, mails and pages tell it."""

from datetime import datetime

from django.db.models import QuerySet

from events.models import (
    Correction,
    DialogueRequest,
    DialogueRequestToken,
    FormLink,
    Helper,
    Invitation,
    InvitationToken,
    MailAgain,
    MailboxLink,
    Question,
    Registration,
    RegistrationToken,
    Reply,
)
from events.services.questions import forget_answers
from outreach.privacy.retention import Rule

CONSENT = "the registrant agreed to be kept for this event, until this day"
CORRECTED = "the registrant asked us to correct what we hold, and was told until when we keep the request"
ASKED = "we asked them to this event; who comes stands with their registration"
ENDED = "it opens nothing any more"
INVITED = "the association invited us and was told until when we keep it"


def needs(moment: datetime) -> QuerySet:
    return Registration.objects.with_needs().of_events_over_by(moment)


def names(moment: datetime) -> QuerySet:
    return Registration.objects.named().of_events_over_by(moment)


def answers(moment: datetime) -> QuerySet:
    return Question.objects.over_by(moment)


def unconfirmed(moment: datetime) -> QuerySet:
    return Registration.objects.never_confirmed().filter(created_at__lte=moment)


def mailbox_links(moment: datetime) -> QuerySet:
    return MailboxLink.objects.asked_by(moment)


def form_links(moment: datetime) -> QuerySet:
    return FormLink.objects.asked_by(moment)


def links(moment: datetime) -> QuerySet:
    return RegistrationToken.objects.filter(expires_at__lte=moment)


def invitations(moment: datetime) -> QuerySet:
    return Invitation.objects.of_events_over_by(moment)


def invitation_links(moment: datetime) -> QuerySet:
    return InvitationToken.objects.filter(expires_at__lte=moment)


def helpers(moment: datetime) -> QuerySet:
    return Helper.objects.of_events_over_by(moment)


def mails_again(moment: datetime) -> QuerySet:
    return MailAgain.objects.filter(created_at__lte=moment)


def replies(moment: datetime) -> QuerySet:
    return Reply.objects.of_events_over_by(moment)


def corrections(moment: datetime) -> QuerySet:
    return Correction.objects.filter(created_at__lte=moment)


def corrections_decided(moment: datetime) -> QuerySet:
    return Correction.objects.decided().filter(closed_at__lte=moment)


def dialogue_unconfirmed(moment: datetime) -> QuerySet:
    return DialogueRequest.objects.pending().filter(created_at__lte=moment)


def dialogue_withdrawn(moment: datetime) -> QuerySet:
    return DialogueRequest.objects.withdrawn().filter(closed_at__lte=moment)


def dialogue(moment: datetime) -> QuerySet:
    return DialogueRequest.objects.settled_by(moment)


def dialogue_links(moment: datetime) -> QuerySet:
    return DialogueRequestToken.objects.filter(expires_at__lte=moment)


RULES = [
    Rule("events.needs", trigger="the event ended", days=14, due=needs, basis=CONSENT, blank=("needs",)),
    Rule(
        "events.answers",
        trigger="the period of the question ended",
        days=0,
        due=answers,
        basis=CONSENT,
        forget=forget_answers,
    ),
    # What is left says how many came to what, and names nobody.
    Rule(
        "events.names",
        trigger="the event ended",
        days=183,
        due=names,
        basis=CONSENT,
        blank=("name", "email", "organisation", "role", "sector", "needs", "answer", "proposed_by", "folded_key"),
    ),
    Rule("events.unconfirmed", trigger="somebody registered", days=7, due=unconfirmed, basis="nobody confirmed it"),
    Rule("events.mailbox_links", trigger="somebody asked for the link", days=2, due=mailbox_links, basis=ENDED),
    Rule("events.form_links", trigger="somebody asked for the link", days=2, due=form_links, basis=ENDED),
    Rule("events.links", trigger="the link stopped working", days=0, due=links, basis="it opens nothing any more"),
    Rule("events.invitations", trigger="the event ended", days=30, due=invitations, basis=ASKED),
    Rule(
        "events.invitation_links",
        trigger="the link stopped working",
        days=0,
        due=invitation_links,
        basis="it opens nothing any more",
    ),
    Rule(
        "events.mails_again",
        trigger="an officer sent a mail again",
        days=182,
        due=mails_again,
        basis="to show why a mail was sent twice, as long as the mails are kept",
    ),
    Rule("events.helpers", trigger="the event ended", days=14, due=helpers, basis="it opens nothing any more"),
    Rule("events.replies", trigger="the event ended", days=14, due=replies, basis="it has done its work"),
    # What an accepted one led to stands with the contacts, as an officer took it over.
    Rule("events.corrections", trigger="a registrant sent it", days=183, due=corrections, basis=CORRECTED),
    Rule(
        "events.corrections_decided",
        trigger="an officer decided on it",
        days=30,
        due=corrections_decided,
        basis="it has done its work",
    ),
    Rule(
        "events.dialogue_unconfirmed",
        trigger="somebody invited us",
        days=7,
        due=dialogue_unconfirmed,
        basis="nobody confirmed it",
    ),
    Rule(
        "events.dialogue_withdrawn",
        trigger="the invitation was withdrawn",
        days=7,
        due=dialogue_withdrawn,
        basis="it was taken back",
    ),
    # What an accepted one led to stands with the contacts, as an officer wrote it.
    Rule(
        "events.dialogue",
        trigger="the invitation was answered, or confirmed if nobody answered",
        days=183,
        due=dialogue,
        basis=INVITED,
    ),
    Rule(
        "events.dialogue_links",
        trigger="the link stopped working",
        days=0,
        due=dialogue_links,
        basis="it opens nothing any more",
    ),
]
