"""The smallest valid contacts, colleagues and registrations; traits carry the domain's words."""

from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from contacts import models
from contacts.services.belongings import keep_carried
from events.models import Event, Registration, SeatCounter
from outreach.accounts.models import Role, Team, User

TODAY = date(2026, 11, 23)  # a Monday
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = Team

    name = factory.Sequence(lambda n: f"Team {n}")


class OfficerFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Officer {n}")
    email = factory.Sequence(lambda n: f"officer{n}@example.dk")
    role = Role.OFFICER
    language = "en"

    @factory.post_generation
    def teams(self, create, extracted):
        self.teams.set(extracted or [])


class ContactFactory(DjangoModelFactory):
    class Meta:
        abstract = True
        skip_postgeneration_save = True

    owner = factory.SubFactory(OfficerFactory)
    source = "met at a network meeting"
    purpose = "dialogue with civil society"

    @factory.post_generation
    def rows(self, create, extracted):
        """Its e-mail and phone, if it has any, as rows of their own."""
        if create and (self.email or self.phone):
            keep_carried(self)


class PersonFactory(ContactFactory):
    class Meta:
        model = models.Person

    name = factory.Sequence(lambda n: f"Person {n}")


class OrganisationFactory(ContactFactory):
    class Meta:
        model = models.Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    kind = "cultural"

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        """A kind may be said by its key."""
        if isinstance(kwargs["kind"], str):
            kwargs["kind"] = models.OrganisationKind.objects.get(slug=kwargs["kind"])
        return kwargs


class AffiliationFactory(DjangoModelFactory):
    class Meta:
        model = models.Affiliation

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = "chair"
    primary = True


class FollowUpFactory(DjangoModelFactory):
    class Meta:
        model = models.FollowUp

    title = factory.Sequence(lambda n: f"Promise {n}")
    owner = factory.SubFactory(OfficerFactory)
    due_on = TODAY
    promised_on = TODAY - timedelta(days=7)


class EventFactory(DjangoModelFactory):
    class Meta:
        model = Event
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Network meeting {n}")
    public_title = factory.SelfAttribute("title")
    slug = factory.Sequence(lambda n: f"network-meeting-{n}")
    summary = "An evening together."
    starts_at = NOW + timedelta(days=9)
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + timedelta(hours=2))
    status = Event.Status.PUBLISHED
    owner = factory.SubFactory(OfficerFactory)

    @factory.post_generation
    def capacity(self, create, extracted):
        SeatCounter.objects.create(event=self, capacity=extracted or 40)


class RegistrationFactory(DjangoModelFactory):
    class Meta:
        model = Registration

    event = factory.SubFactory(EventFactory)
    name = "Amina Rahbek"
    email = "amina@example.dk"
    status = Registration.Status.CONFIRMED
    created_at = NOW - timedelta(days=1)
    folded_key = factory.Sequence(lambda n: f"key {n}")


def dialogue(author, *, people=(), organisations=(), officers=(), day=TODAY, **fields):
    """One logged conversation, straight into the database."""
    fields = {"summary": "Talked about the spring.", "date": day, **fields}
    if fields.get("note_readers", "team") == "team":
        fields.setdefault("note_team", fields.get("note_by", author).teams.first())
    saved = models.Dialogue.objects.create(author=author, **fields)
    saved.people.set(people)
    saved.organisations.set(organisations)
    saved.officers.set([author, *officers])
    return saved


def grant(contact, user, *, until=TODAY, by=None):
    """Leave for ``user`` to see ``contact`` until a day."""
    field = contact._meta.model_name
    fields = {field: contact, "user": user, "until": until, "granted_by": by or contact.owner}
    return models.ContactGrant.objects.create(reason="joint visit", **fields)
