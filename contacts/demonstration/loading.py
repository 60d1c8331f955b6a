"""Loading the demonstration, and taking it away again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone

from contacts.demonstration.accounts import load_colleagues
from contacts.demonstration.contacts import Loaded, load_contacts, more_roles
from contacts.demonstration.dialogues import load_dialogues, load_plans
from contacts.demonstration.files import key, read
from contacts.demonstration.subjects import tell_subjects
from contacts.demonstration.ties import load_ties
from contacts.models import (
    Affiliation,
    ContactGrant,
    Dialogue,
    FollowUp,
    Organisation,
    Person,
    RegistrationLink,
    Topic,
)
from events import demonstration as events
from events.models import Registration
from outreach.accounts.models import Team, User
from outreach.design.models import Demonstration
from outreach.places.folding import fold

OFFICERS = ("mette", "jonas", "emma", "helle")


@dataclass(frozen=True)
class Guest:
    """Somebody we know who registers for events as any visitor does."""

    name: str
    email: str
    organisation: str
    role: str


@transaction.atomic
def load(now: datetime) -> bool:
    """Load everything, or nothing when it is there already; whether anything was loaded."""
    _row, is_new = Demonstration.objects.get_or_create()
    if not is_new:
        return False
    loaded = Loaded(colleagues=load_colleagues(), today=timezone.localdate(now))
    load_contacts(loaded)
    more_roles(loaded)
    load_ties(loaded)
    load_dialogues(loaded)
    load_plans(loaded)
    officers = [loaded.colleagues[name] for name in OFFICERS]
    planned = events.load(officers=officers, guests=_guests(loaded), today=loaded.today, now=now)
    tell_subjects(planned)
    _decide_on_registrations(loaded, now)
    return True


def _guests(loaded: Loaded) -> list[Guest]:
    roles = {role.person_id: role for role in _main_roles(loaded.people.values())}
    return [
        Guest(person.name, person.email, str(roles[person.pk].organisation), roles[person.pk].role)
        for person in loaded.people.values()
    ]


def _main_roles(people: Iterable[Person]) -> Iterable[Affiliation]:
    return Affiliation.objects.filter(person__in=people, primary=True).select_related("organisation")


def _decide_on_registrations(loaded: Loaded, now: datetime) -> None:
    """Colleagues keep up: what came in before the last two days is linked, or left as somebody we do not keep.

    A name we know with another mailbox is not so easy: for a coming event that still waits.
    """
    mailboxes = {person.email: person for person in loaded.people.values()}
    names = {person.name_key: person for person in loaded.people.values()}
    seen = Registration.objects.live().filter(created_at__lt=now - timedelta(days=2), contact_link=None)
    for registration in seen.select_related("event"):
        same_name = names.get(fold(registration.name))
        if same_name and registration.email != same_name.email and registration.event.starts_at > now:
            continue
        person = mailboxes.get(registration.email) or same_name
        officer = person.owner if person else registration.event.owner
        RegistrationLink.objects.create(registration=registration, person=person, linked_by=officer)


@transaction.atomic
def remove() -> bool:
    """Take away the demonstration and what was made on top of it; whether there was anything to remove."""
    if not Demonstration.objects.loaded():
        return False
    data = read("accounts")
    users = User.objects.filter(pk__in=[key("user", short) for short in data["colleagues"]])
    people = Person.objects.filter(owner__in=users)
    organisations = Organisation.objects.filter(owner__in=users)
    RegistrationLink.objects.filter(Q(linked_by__in=users) | Q(person__in=people)).delete()
    FollowUp.objects.filter(Q(owner__in=users) | Q(person__in=people) | Q(organisation__in=organisations)).delete()
    talks = Dialogue.objects.filter(Q(author__in=users) | Q(people__in=people) | Q(organisations__in=organisations))
    Dialogue.objects.filter(pk__in=talks.values("pk")).delete()
    ContactGrant.objects.filter(granted_by__in=users).delete()
    people.delete()
    organisations.delete()
    events.remove()
    Topic.objects.filter(dialogues=None, events=None).delete()
    for leaving in (*users, *Team.objects.filter(name__in=data["teams"])):
        _let_go(leaving)
    Demonstration.objects.all().delete()
    return True


def _let_go(leaving: User | Team) -> None:
    """Delete it; a colleague whom something else still names is only shut out, and a team stays."""
    try:
        with transaction.atomic():
            leaving.delete()
    except ProtectedError:
        if isinstance(leaving, User):
            leaving.is_active = False
            leaving.set_unusable_password()
            leaving.save()
