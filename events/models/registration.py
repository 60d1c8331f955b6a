"""What a visitor proposes: to come to an event. Linking it to a contact is an officer's decision."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast, Length, Lower
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from outreach.accounts.models import Role
from outreach.mail.models import Suppression, normal
from outreach.places.folding import fold
from outreach.privacy.retention import RULES
from outreach.sealing.fields import OnlySealed, SealedTextField
from outreach.sealing.key_files import SPECIAL_NEEDS

from .event import Event
from .event_queryset import run_at
from .seats import HeldSeats, Mode, PartnerKind
from .sector import Sector

LONGEST_SEALED = 3_000  # characters: what 500 letters of four bytes come to, sealed
MOST_ANSWERED = 125_000  # characters: twenty long answers, each letter escaped in JSON


def person_key(name, email, organisation=""):
    """One person at one address, however they spell it; associations share mailboxes (product.md, rule 14).

    Of those without an address the organisation tells namesakes apart.
    """
    return f"{fold(name)[:140]}|{normal(email) or fold(organisation)[:140]}"


class Shown(models.TextChoices):
    """What the others who come read about somebody, where an officer shows a list of them."""

    HIDDEN = "hidden", _("Not at all")
    INITIALS = "initials", _("Initials only")
    ORGANISATION = "organisation", _("Workplace or association only")
    FULL = "full", _("Name, and workplace or association")


class WrongMove(Exception):
    """A registration was to go from one state to another that does not follow from it."""


class RegistrationQuerySet(models.QuerySet):
    def live(self):
        """Those that hold a seat, or wait for one or for our answer."""
        return self.filter(status__in=Registration.LIVE)

    def pending(self):
        """Those whose address nobody has confirmed yet; they hold nothing."""
        return self.filter(status=Registration.Status.PENDING)

    def never_confirmed(self):
        """Those nobody has confirmed, also where that came to an end: a seat a colleague offered, and did not give."""
        ended = Q(status__in=["declined", "expired", "cancelled"], confirmed_at=None) & ~Q(replaces=None)
        return self.filter(Q(status=Registration.Status.PENDING) | ended)

    def confirmed(self):
        return self.filter(status=Registration.Status.CONFIRMED)

    def swapped(self):
        """Those whose seat a colleague has taken over."""
        return self.filter(status=Registration.Status.SWAPPED)

    def seated(self):
        """Those that hold a seat: it is theirs, or offered to them."""
        return self.filter(status__in=Registration.SEATED)

    def applied(self):
        """Those that wait for our answer, the first to come first."""
        return self.filter(status=Registration.Status.APPLIED).order_by("confirmed_at", "pk")

    def waiting(self):
        """The waiting list, longest waiting first."""
        return self.filter(status=Registration.Status.WAITING).order_by("queue_number")

    def unasked(self, event):
        """Those of ``event`` to ask whether they still come: who confirmed or accepted later has just said so."""
        seated = self.confirmed().reached().filter(event=event, asked_at=None, comes_at=None)
        return seated.filter(confirmed_at__lte=event.asks_at)

    def silent(self, event, *, asked_by):
        """Those of ``event`` who were asked by then, as far as the question reached them, and have not answered."""
        return self.confirmed().reached().filter(event=event, comes_at=None, asked_at__lte=asked_by)

    def offered(self):
        return self.filter(status=Registration.Status.OFFERED)

    def reachable(self):
        """Those with an address, be it that mail to it comes back: the outbox then says that it was skipped."""
        return self.exclude(email="")

    def reached(self):
        """Those whom a mail reaches, as far as we know."""
        return self.reachable().exclude(self._comes_back())

    @staticmethod
    def _comes_back():
        return Exists(Suppression.objects.bounced().filter(address=Lower(OuterRef("email"))))

    def lapsed(self, now):
        """Offers nobody answered in time; of an event that is called off nothing is left to answer."""
        return self.offered().filter(offer_expires_at__lte=now, event__status=Event.Status.PUBLISHED)

    def wishing(self, event):
        """Those with a seat who would rather take part the other way, the longest seated first."""
        return self.confirmed().filter(event=event).exclude(wishes_mode="").order_by("confirmed_at", "pk")

    def open_swaps(self):
        """Those who have been offered the seat of somebody and have not answered yet."""
        return self.pending().exclude(replaces=None)

    def swaps_of(self, registration):
        """Whoever has been offered the seat of this one, and has not answered or waits for our answer."""
        return self.filter(
            replaces=registration, status__in=[Registration.Status.PENDING, Registration.Status.APPLIED]
        )

    def swaps_ended(self):
        """Those a colleague's seat did not go to, by a no of theirs or ours, or because they were silent."""
        return self.filter(status__in=["declined", "expired", "refused"]).exclude(replaces=None)

    def swaps_lapsed(self, now):
        return self.open_swaps().filter(offer_expires_at__lte=now)

    def listed(self, event):
        """Those who come and want the others to know it, in one way or another."""
        return self.confirmed().filter(event=event).exclude(shown=Shown.HIDDEN)

    def same_person(self, registration):
        """The live registration of the same person for the same event, if there is one."""
        return self.live().filter(event=registration.event_id, folded_key=registration.folded_key)

    def same_people(self, registrations):
        """The same for many: by the keys of those among ``registrations`` for which there is one."""
        events, keys = {row.event_id for row in registrations}, {row.folded_key for row in registrations}
        there = self.live().filter(event__in=events, folded_key__in=keys).prefetch_related("event")
        found = {(row.event_id, row.folded_key): row for row in there}
        return {row.pk: found[key] for row in registrations if (key := (row.event_id, row.folded_key)) in found}

    def made_by(self, moment):
        """Those that were there by then, confirmed or not."""
        return self.filter(created_at__lte=moment)

    def of(self, event):
        """Those for ``event``, or for the event with this key."""
        return self.filter(event=event)

    def at_address(self, email):
        """Those with this address, however its letters are written."""
        return self.alias(address=Lower("email")).filter(address=Lower(models.Value(email.strip())))

    def with_replies(self):
        """Each with what its calendar answered, and who decided on that."""
        return self.select_related("reply__decided_by")

    def with_places(self):
        """Each with ``waits_as``, its ``place``, in one query; 0 for those who do not wait."""
        waiting = Registration.objects.filter(
            status=Registration.Status.WAITING,
            event=models.OuterRef("event"),
            mode=models.OuterRef("mode"),
            queue_number__lte=models.OuterRef("queue_number"),
        )
        places = waiting.order_by().values("event").annotate(count=models.Count("pk")).values("count")
        is_waiting = models.When(status=Registration.Status.WAITING, then=models.Subquery(places))
        return self.annotate(
            waits_as=models.Case(is_waiting, default=models.Value(0), output_field=models.IntegerField())
        )

    def unreachable(self):
        """Those without an address that works: somebody has to phone them."""
        return self.filter(Q(email="") | self._comes_back())

    def to_phone(self):
        """Those who have been offered a seat and hear of it only if somebody phones, the nearest deadline first."""
        return self.offered().unreachable().order_by("offer_expires_at", "pk")

    def by_state(self):
        """Who waits for our answer, who has a seat by name, then the offers, the queue in its order, and the rest."""
        state = Registration.Status
        first = [state.APPLIED, state.CONFIRMED, state.OFFERED, state.WAITING]
        ranks = [models.When(status=status, then=models.Value(rank)) for rank, status in enumerate(first)]
        return self.order_by(models.Case(*ranks, default=models.Value(len(first))), "queue_number", "name", "pk")

    def with_needs(self):
        return self.exclude(needs="")

    def answering(self, question):
        """Those who have answered it."""
        return self.filter(event=question.event_id, answers__has_key=question.key)

    def of_events_over_by(self, moment):
        return self.filter(event__ends_at__lte=moment)

    def named(self):
        """Those that still say who it was."""
        return self.exclude(name="")

    def visible_to(self, user):
        """Those ``user`` may read: of events they run; a helper who comes to the door they are named for, that day."""
        if user.role == Role.CHECK_IN_HELPER:
            here = Event.objects.helped_by(user, timezone.localdate()).values("pk")
            return self.confirmed().filter(event__in=here, mode=Mode.IN_PERSON)
        return self.filter(run_at("event__", user))

    def at_the_door(self, event):
        """Who comes to the venue, by name."""
        return self.confirmed().filter(event=event, mode=Mode.IN_PERSON).order_by(Lower("name"), "pk")


class Registration(models.Model):
    """One person's wish to take part. Unconfirmed, it holds no seat (product.md, rule 4)."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Not confirmed yet")
        APPLIED = "applied", _("Waits for our answer")
        CONFIRMED = "confirmed", _("Has a seat")
        WAITING = "waiting", _("On the waiting list")
        OFFERED = "offered", _("Has been offered a seat")
        CANCELLED = "cancelled", pgettext_lazy("registration", "Cancelled")
        DECLINED = "declined", _("Declined the offer")
        EXPIRED = "expired", _("Did not answer the offer in time")
        REFUSED = "refused", _("Was told no")
        RELEASED = "released", _("Did not say that they come")
        SWAPPED = "swapped", _("Gave the seat to a colleague")

    # Nobody loses a seat sooner than this after the question whether they come, however late it was asked.
    ANSWER_WITHIN = timedelta(hours=24)
    SEATED = (Status.CONFIRMED, Status.OFFERED)
    LIVE = (*SEATED, Status.WAITING, Status.APPLIED)
    MOVES = {
        Status.PENDING: {Status.CONFIRMED, Status.WAITING, Status.APPLIED},
        Status.APPLIED: {Status.CONFIRMED, Status.WAITING, Status.CANCELLED, Status.REFUSED},
        Status.WAITING: {Status.OFFERED, Status.CANCELLED},
        Status.OFFERED: {Status.CONFIRMED, Status.CANCELLED, Status.DECLINED, Status.EXPIRED},
        Status.CONFIRMED: {Status.CANCELLED, Status.RELEASED, Status.SWAPPED},
    }
    # Of one who was offered the seat of another, and does not take it.
    SWAP_ENDS = frozenset({Status.DECLINED, Status.EXPIRED, Status.CANCELLED})
    MANAGE_AFTER_EVENT = timedelta(days=30)

    # Made in Python: the public database role may not read back what it inserts (findings.md).
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="registrations")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)  # blank only for someone who phoned and has none
    organisation = models.CharField(_("organisation or workplace"), max_length=140, blank=True)
    role = models.CharField(_("role"), max_length=140, blank=True)
    needs = SealedTextField(
        _("what you need"), register=SPECIAL_NEEDS, max_length=500, blank=True
    )  # this event only (rule 9)
    consent_at = models.DateTimeField(_("agreed to be kept"), null=True, blank=True)
    mode = models.CharField(_("takes part"), max_length=10, choices=Mode, default=Mode.IN_PERSON)
    partner_kind = models.CharField(_("comes from"), max_length=20, choices=PartnerKind, blank=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, blank=True)  # asked for courses
    answers = models.JSONField(_("answers"), default=dict, blank=True)  # by Question.key; this event only
    held_seats = models.ForeignKey(
        HeldSeats, models.PROTECT, null=True, editable=False, related_name="registrations"
    )  # NULL: the seat, if any, is of those for everybody
    invitation = models.ForeignKey(
        "events.Invitation", models.SET_NULL, null=True, editable=False, related_name="registrations"
    )  # NULL: they came of themselves
    language = models.CharField(max_length=5, default="da")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING)
    queue_number = models.PositiveIntegerField(null=True, blank=True)  # NULL: never waited
    offer_expires_at = models.DateTimeField(null=True, blank=True)
    folded_key = models.CharField(max_length=400, editable=False)  # folded name + address: one person, not one mailbox
    registered_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )  # NULL: the visitor did it
    answer = models.TextField(_("our answer"), max_length=500, blank=True)  # why one who applied was told no
    proposed_by = models.CharField(_("proposed by"), max_length=120, blank=True)  # the name a colleague typed
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, editable=False, related_name="successors"
    )  # whose seat was offered to this one; NULL: nobody's
    wishes_mode = models.CharField(max_length=10, blank=True, choices=Mode, editable=False)  # as soon as there is room
    shown = models.CharField(_("what other participants see"), max_length=12, choices=Shown, default=Shown.HIDDEN)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, editable=False)  # whether they still come; NULL: not asked
    comes_at = models.DateTimeField(null=True, editable=False)  # when they said yes; NULL: not yet

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        indexes = [
            models.Index(fields=["event", "status", "queue_number"], name="registration_queue"),
            models.Index(fields=["email"], name="registration_email"),
            models.Index(Lower("email"), name="registration_address"),  # what is known of an address: wall/inside.py
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "folded_key"],
                # A key of "" is that of somebody we have forgotten.
                condition=Q(status__in=["confirmed", "waiting", "offered", "applied"]) & ~Q(folded_key=""),
                name="one_live_registration",
                violation_error_message=_("This person is already registered."),
            ),
            models.UniqueConstraint(fields=["event", "queue_number"], name="queue_numbers_are_given_once"),
            models.UniqueConstraint(
                fields=["replaces"], condition=Q(status__in=["pending", "applied"]), name="one_swap_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(status="waiting") | Q(queue_number__isnull=False), name="waiting_has_a_queue_number"
            ),
            models.CheckConstraint(
                condition=~Q(status="offered") | Q(offer_expires_at__isnull=False), name="offers_have_a_deadline"
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length(Cast("answers", models.TextField())), MOST_ANSWERED),
                name="answers_are_of_a_size",
            ),
            OnlySealed(field="needs", longest=LONGEST_SEALED, name="needs_are_sealed"),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        if self._state.adding:
            self.folded_key = person_key(self.name, self.email, self.organisation)
        super().save(*args, **kwargs)

    @property
    def is_live(self):
        return self.status in self.LIVE

    def has_lapsed(self, now):
        """Whether it is an offer that nobody answered in time."""
        return self.status == self.Status.OFFERED and self.offer_expires_at <= now

    @property
    def must_be_phoned(self):
        """Whether a seat is held for somebody whom no mail can tell."""
        return self.status == self.Status.OFFERED and not self.email

    @property
    def forgotten_at(self):
        """When it is deleted, if nobody has confirmed it."""
        return self.created_at + RULES["events.unconfirmed"].period

    @property
    def confirm_before(self):
        """How long one has to confirm it: never longer than the event takes registrations."""
        return min(self.forgotten_at, self.event.closes_at)

    @property
    def manage_until(self):
        """Until when the registrant can see it."""
        return self.event.ends_at + self.MANAGE_AFTER_EVENT

    @property
    def kept_until(self):
        """Until when we keep what the registrant told; mails and pages say so."""
        return self.event.kept_until

    def move_to(self, status):
        """Change the state, in memory; raises WrongMove when the new one does not follow from the old."""
        ends = self.SWAP_ENDS if self.replaces_id and self.status == self.Status.PENDING else set()
        if status not in self.MOVES.get(self.status, set()) | ends:
            raise WrongMove(f"{self.status} → {status}")
        self.status = status

    @property
    def place(self):
        """How many wait for what this one waits for, up to and including it; 0 for those who do not wait."""
        if self.status != self.Status.WAITING:
            return 0
        same = Registration.objects.waiting().filter(event=self.event_id, mode=self.mode)
        return same.filter(queue_number__lte=self.queue_number).count()

    def owes_an_answer(self, now):
        """Whether it is time to say if they still come, and nobody has heard that they do."""
        asks_at = self.event.asks_at
        if asks_at is None or asks_at > now or not self.event.still_takes_place(now):
            return False
        return self.status == self.Status.CONFIRMED and self.comes_at is None and self.confirmed_at <= asks_at

    @property
    def come_before(self):
        """Until when one who was asked can say that they come before the seat goes on; None when nobody waits."""
        if self.asked_at is None or self.comes_at or self.event.releases_at is None:
            return None
        return min(max(self.event.releases_at, self.asked_at + self.ANSWER_WITHIN), self.event.starts_at)

    @property
    def offers_out(self):
        """How many have been offered a seat this one may still get, if they do not take it; 0 who does not wait."""
        if self.status != self.Status.WAITING:
            return 0
        return Registration.objects.offered().of(self.event_id).filter(mode=self.mode).count()
