"""Telling people that we keep their details: who has not been told, and by when they must be (GDPR art. 14)."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import chain

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import Organisation, Person
from contacts.models.visibility import ContactQuerySet
from contacts.services.keeping import put_main_roles
from outreach.accounts.models import User
from outreach.audit.trail import record

SHOWN = 100  # of people and of organisations, the longest kept first


class How(models.TextChoices):
    MAIL = "mail", _("By e-mail")
    PHONE = "phone", _("By phone")
    MEETING = "meeting", _("At a meeting")
    LETTER = "letter", _("By letter")


def inform_by(contact: Person | Organisation) -> date | None:
    """The last day to tell ``contact``; None when that is done."""
    if contact.informed_on:
        return None
    return timezone.localdate(contact.created_at) + timedelta(days=settings.INFORM_WITHIN_DAYS)


def waiting_to_hear(kept: Iterable[ContactQuerySet], *, user: User) -> tuple[list[Person | Organisation], bool]:
    """Among the contacts ``kept``, which ``user`` may see, those not yet told, and whether there are more."""
    found = [list(contacts.not_informed().select_related("owner")[: SHOWN + 1]) for contacts in kept]
    shown = sorted(chain(*(rows[:SHOWN] for rows in found)), key=lambda one: (one.created_at, one.name))
    put_main_roles([one for one in shown if isinstance(one, Person)], user)
    return shown, any(len(rows) > SHOWN for rows in found)


def too_late(contacts: ContactQuerySet, *, today: date) -> ContactQuerySet:
    """Those of ``contacts`` who should have been told before ``today``."""
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    return contacts.not_informed().filter(created_at__lt=midnight - timedelta(days=settings.INFORM_WITHIN_DAYS))


@transaction.atomic
def inform(contacts: Iterable[Person | Organisation], *, on: date, how: str, now: datetime, actor: User) -> int:
    """Write down that each was told; how many that were. One told by somebody else meanwhile keeps that day."""
    told = 0
    for contact in contacts:
        fresh = type(contact).objects.filter(pk=contact.pk, informed_on=None)
        if fresh.update(informed_on=on, version=F("version") + 1, updated_at=now):
            record("change", contact, actor=actor, reason=f"informed: {how}")
            told += 1
    return told
