"""The smallest valid events and registrations; traits carry the domain's words.

Times are relative to the real now, because the functions of the door ask the database for the time.
"""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from events.models import DialogueRequest, Event, Invitation, Material, Registration, Reply, SeatCounter
from outreach.accounts.models import Role, User
from outreach.mail import mailboxes

Status = Registration.Status


class OfficerFactory(DjangoModelFactory):
    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Officer {n}")
    email = factory.Sequence(lambda n: f"events-officer{n}@example.org")
    role = Role.OFFICER


class EventFactory(DjangoModelFactory):
    """Published, in three weeks, ten seats and nobody registered."""

    class Meta:
        model = Event

    class Params:
        draft = factory.Trait(status=Event.Status.DRAFT)
        cancelled = factory.Trait(status=Event.Status.CANCELLED)
        unlisted = factory.Trait(visibility=Event.Visibility.UNLISTED)
        by_invitation = factory.Trait(visibility=Event.Visibility.INVITATION)
        past = factory.Trait(starts_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=2)))
        closed = factory.Trait(registration_closes_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1)))
        full = factory.Trait(seats=1, registered=1)

    title = "Netværksmøde om forebyggelse"
    public_title = "Netværksmøde"
    slug = factory.Sequence(lambda n: f"netvaerksmoede-{n}")
    summary = "Vi taler om det lokale samarbejde."
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=21))
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + timedelta(hours=3))
    venue_name = "Foreningshuset Åen"
    venue_address = "Eksempelvej 4, 8000 Aarhus C"
    status = Event.Status.PUBLISHED
    owner = factory.SubFactory(OfficerFactory)

    @classmethod
    def _create(cls, model, *, seats=10, registered=0, waiting=0, **fields):
        event = super()._create(model, **fields)
        SeatCounter.objects.create(event=event, capacity=seats)
        RegistrationFactory.create_batch(registered, event=event, confirmed=True)
        RegistrationFactory.create_batch(waiting, event=event, waiting=True)
        return event


class RegistrationFactory(DjangoModelFactory):
    """A proposal nobody has confirmed. The traits keep the event's counter in step."""

    class Meta:
        model = Registration
        skip_postgeneration_save = True

    class Params:
        confirmed = factory.Trait(status=Status.CONFIRMED, confirmed_at=factory.SelfAttribute("created_at"))
        waiting = factory.Trait(
            status=Status.WAITING,
            confirmed_at=factory.SelfAttribute("created_at"),
            queue_number=factory.LazyAttribute(lambda new: new.event.seats.last_queue_number + 1),
        )
        offered = factory.Trait(
            status=Status.OFFERED,
            confirmed_at=factory.SelfAttribute("created_at"),
            queue_number=factory.LazyAttribute(lambda new: new.event.seats.last_queue_number + 1),
            offer_expires_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=2)),
        )

    event = factory.SubFactory(EventFactory)
    name = factory.Sequence(lambda n: f"Ana Eksempel {n}")
    email = factory.Sequence(lambda n: f"ana{n}@example.org")
    created_at = factory.LazyFunction(timezone.now)
    consent_at = factory.SelfAttribute("created_at")

    @factory.post_generation
    def counted(self, create, extracted):
        seats = self.event.seats
        seats.refresh_from_db()
        counted = {"taken": self.status in Registration.SEATED, "waiting": self.status == Status.WAITING}
        for number, counts in counted.items():
            for column in (number, f"{self.mode}_{number}"):
                setattr(seats, column, getattr(seats, column) + counts)
        seats.last_queue_number = max(seats.last_queue_number, self.queue_number or 0)
        seats.save()


class ReplyFactory(DjangoModelFactory):
    """A calendar said no, and nobody has looked."""

    class Meta:
        model = Reply

    registration = factory.SubFactory(RegistrationFactory, confirmed=True)
    said = Reply.Said.DECLINED
    sequence = factory.SelfAttribute("registration.event.sequence")
    fingerprint = factory.Sequence("{:064d}".format)
    said_at = factory.LazyFunction(timezone.now)
    received_at = factory.SelfAttribute("said_at")


class InvitationFactory(DjangoModelFactory):
    """An address on the list; nobody has been told."""

    class Meta:
        model = Invitation

    class Params:
        sent = factory.Trait(status=Invitation.Status.SENT, sent_at=factory.SelfAttribute("created_at"))
        declined = factory.Trait(
            status=Invitation.Status.DECLINED,
            sent_at=factory.SelfAttribute("created_at"),
            answered_at=factory.SelfAttribute("created_at"),
        )

    event = factory.SubFactory(EventFactory)
    name = factory.Sequence(lambda n: f"Bo Eksempel {n}")
    email = factory.Sequence(lambda n: f"bo{n}@example.org")
    created_at = factory.LazyFunction(timezone.now)


class DialogueRequestFactory(DjangoModelFactory):
    """An invitation to meet online that nobody has confirmed."""

    class Meta:
        model = DialogueRequest

    class Params:
        confirmed = factory.Trait(
            status=DialogueRequest.Status.CONFIRMED, confirmed_at=factory.SelfAttribute("created_at")
        )

    organisation = factory.Sequence(lambda n: f"Foreningen Æble {n}")
    name = "Åse Kær"
    email = "ase@example.org"
    themes = ["families"]
    online = True
    created_at = factory.LazyFunction(timezone.now)


class MaterialFactory(DjangoModelFactory):
    """A small text for those with a seat, kept in the folder of the tests."""

    class Meta:
        model = Material

    event = factory.SubFactory(EventFactory)
    title = "Slides"
    name = "slides.txt"
    size = 5
    file = factory.django.FileField(data=b"Hello", filename="slides.txt")


def opened_mailbox(address):
    """The row of an address as the worker makes it for a mail, with links that work."""
    return next(iter(mailboxes.open_all([address], now=timezone.now()).values()))
