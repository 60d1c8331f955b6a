"""How long we keep what people told us for an event (security.md, 19). Forms, mails and pages tell it."""

from datetime import datetime

from django.db.models import QuerySet

from events.models import Registration, RegistrationToken
from outreach.privacy.retention import Rule

CONSENT = "the registrant agreed to be kept for this event, until this day"


def needs(moment: datetime) -> QuerySet:
    return Registration.objects.with_needs().of_events_over_by(moment)


def names(moment: datetime) -> QuerySet:
    return Registration.objects.named().of_events_over_by(moment)


def unconfirmed(moment: datetime) -> QuerySet:
    return Registration.objects.pending().filter(created_at__lte=moment)


def links(moment: datetime) -> QuerySet:
    return RegistrationToken.objects.filter(expires_at__lte=moment)


RULES = [
    Rule("events.needs", trigger="the event ended", days=14, due=needs, basis=CONSENT, blank=("needs",)),
    # What is left says how many came to what, and names nobody.
    Rule(
        "events.names",
        trigger="the event ended",
        days=183,
        due=names,
        basis=CONSENT,
        blank=("name", "email", "organisation", "role", "needs", "folded_key"),
    ),
    Rule("events.unconfirmed", trigger="somebody registered", days=7, due=unconfirmed, basis="nobody confirmed it"),
    Rule("events.links", trigger="the link stopped working", days=0, due=links, basis="it opens nothing any more"),
]
