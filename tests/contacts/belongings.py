"""For each kind of thing an address can be about (outreach/wall/matrix.yaml): one of the reader's own, one of another
team's, one restricted. Each answers with what the address names, in its order."""

from datetime import timedelta
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from contacts.models import (
    Draft,
    Initiative,
    OrganisationKind,
    Refusal,
    Relationship,
    RelationshipKind,
    SavedView,
    Topic,
)
from contacts.services.attaching import attach, keep_waiting
from events.mail import tell
from events.models import Correction, Event, Helper, Question, Reminder
from outreach.accounts.models import FactorReset, Role
from outreach.mail.models import OutboxMessage
from tests.contacts.factories import (
    NOW,
    TODAY,
    AffiliationFactory,
    EventFactory,
    FollowUpFactory,
    OfficerFactory,
    OrganisationFactory,
    PersonFactory,
    RegistrationFactory,
    dialogue,
    grant,
)
from tests.events.factories import DialogueRequestFactory, InvitationFactory, MaterialFactory, ReplyFactory


class Belonging:
    """One thing of each kind; ``user`` reads, ``stranger`` is of another team."""

    def __init__(self, user, stranger, situation: str):
        self.user = user
        self.owner = user if situation == "own" else stranger
        self.restricted = situation == "restricted"

    def none(self):
        return []

    def _person(self):
        return PersonFactory(owner=self.owner, restricted=self.restricted)

    def colleague(self):
        """Whoever's, an administrator keeps it."""
        return [OfficerFactory().pk]

    def lost_phone(self):
        now = timezone.now()
        facts = {"asked_at": now, "expires_at": now + timedelta(hours=1), "reason": "Left in a train"}
        asked_by = OfficerFactory(role=Role.ADMINISTRATOR)
        return [FactorReset.objects.create(colleague=OfficerFactory(), asked_by=asked_by, **facts).pk]

    def person(self):
        return [self._person().pk]

    def organisation(self):
        return [OrganisationFactory(owner=self.owner, restricted=self.restricted).pk]

    def role(self):
        return [AffiliationFactory(person=self._person(), organisation__owner=self.owner).pk]

    def relationship(self):
        kind = RelationshipKind.objects.filter(ends="people")[0]
        relationship = Relationship(kind=kind)
        relationship.put_ends(self._person(), PersonFactory())
        relationship.save()
        return [relationship.pk]

    def refusal(self):
        return [Refusal.objects.create(person=self._person(), channel="phone", since=TODAY).pk]

    def access(self):
        return [grant(self._person(), OfficerFactory(), until=TODAY).pk]

    def _dialogue(self):
        return dialogue(self.owner, people=[self._person()])

    def dialogue(self):
        return [self._dialogue().pk]

    def attachment(self):
        file = keep_waiting(SimpleUploadedFile("plan.txt", b"The plan."), actor=self.owner)
        attach([file], self._dialogue(), part=file.part)
        return [file.pk]

    def topic(self):
        key = uuid4().hex
        return [Topic.objects.create(name_da=key, name_en=key).pk]

    def kind_of_organisation(self):
        return [OrganisationKind.objects.get(slug="sports").pk]

    def initiative(self):
        words = {"name_da": "Forældrene med", "name_en": "Parents involved"}
        return [Initiative.objects.update_or_create(number=11, defaults={"priority": 4, **words})[0].pk]

    def relationship_kind(self):
        return [RelationshipKind.objects.filter(ends="mixed")[0].pk]

    def draft(self):
        facts = {"form": "log", "key": uuid4(), "data": {}, "sequence": 1, "updated_at": timezone.now()}
        return [Draft.objects.create(user=self.owner, **facts).pk]

    def view(self):
        return [SavedView.objects.create(user=self.owner, table="people", name=uuid4().hex, query="").pk]

    def promise(self):
        return [FollowUpFactory(owner=self.owner, person=self._person()).pk]

    def registration(self):
        return [RegistrationFactory(event__owner=self.owner).pk]

    def correction(self):
        registration = RegistrationFactory(event__owner=self.owner)
        return [Correction.objects.create(registration=registration, name="Ana", created_at=timezone.now()).pk]

    def invitation(self):
        return [DialogueRequestFactory(confirmed=not self.restricted).pk]

    def event(self):
        return [EventFactory(owner=self.owner).pk]

    def event_with_a_door(self):
        """One that is today; the reader's own by being named for its door where that is how they come to it."""
        event = EventFactory(starts_at=NOW, ends_at=NOW + timedelta(hours=2))
        if self.owner.role == Role.CHECK_IN_HELPER:
            self._named(event)
        else:
            Event.objects.filter(pk=event.pk).update(owner=self.owner)
        return [event.pk]

    def _named(self, event):
        return Helper.objects.create(event=event, colleague=self.owner, day=TODAY, named_by=event.owner)

    def helper_of_its_event(self):
        event = EventFactory(owner=self.owner)
        return [event.pk, self._named(event).pk]

    def place_in_the_queue_of_its_event(self):
        registration = RegistrationFactory(
            event__owner=self.owner, status="waiting", queue_number=1, confirmed_at=timezone.now()
        )
        return [registration.event_id, registration.pk]

    def reminder_of_its_event(self):
        event = EventFactory(owner=self.owner)
        return [event.pk, Reminder.objects.create(event=event, days=2).pk]

    def registration_of_one_who_applied(self):
        row = RegistrationFactory(event__owner=self.owner, status="applied", confirmed_at=timezone.now())
        return [row.event_id, row.pk]

    def passkey(self):
        facts = {"type": Authenticator.Type.WEBAUTHN, "data": {"name": uuid4().hex, "credential": {}}}
        return [Authenticator.objects.create(user=self.owner, **facts).pk]

    def _mail(self, event):
        registration = RegistrationFactory(event=event, status="confirmed", confirmed_at=timezone.now())
        tell("events.confirmed", registration)
        OutboxMessage.objects.update(state="sent", sent_at=timezone.now())
        return OutboxMessage.objects.part_of(event).get()

    def mail_of_its_event(self):
        event = EventFactory(owner=self.owner)
        return [event.pk, self._mail(event).pk]

    def kind_of_mail(self):
        return ["events.confirmed", "da"]

    def kind_of_mail_of_its_event(self):
        event = EventFactory(owner=self.owner)
        return [event.pk, self._mail(event).kind]

    def invitation_to_its_event(self):
        invitation = InvitationFactory(event=EventFactory(owner=self.owner))
        return [invitation.event_id, invitation.pk]

    def material_of_its_event(self):
        material = MaterialFactory(event__owner=self.owner)
        return [material.event_id, material.pk]

    def question_at_its_event(self):
        question = Question.objects.create(event=EventFactory(owner=self.owner), label="What do you bring?")
        return [question.event_id, question.pk]

    def answer_from_a_calendar_at_its_event(self):
        reply = ReplyFactory(registration__event__owner=self.owner)
        return [reply.registration.event_id, reply.pk]

    def registration_at_its_event(self):
        registration = RegistrationFactory(event__owner=self.owner)
        return [registration.event_id, registration.pk]
