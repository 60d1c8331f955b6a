"""What a visitor proposes: to come to an event. Linking it to a contact is an officer's decision."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .event import Event


class RegistrationQuerySet(models.QuerySet):
    def live(self):
        """Those that hold or wait for a seat."""
        return self.filter(status__in=Registration.LIVE)

    def confirmed(self):
        return self.filter(status=Registration.Status.CONFIRMED)

    def waiting(self):
        """The waiting list, longest waiting first."""
        return self.filter(status=Registration.Status.WAITING).order_by("queue_number")

    def offered(self):
        return self.filter(status=Registration.Status.OFFERED)

    def visible_to(self, user):
        """Those ``user`` may read: of events they own or whose team they are in; administrators do not."""
        return self.filter(Q(event__owner=user) | Q(event__team__members=user)).distinct()


class Registration(models.Model):
    """One person's wish to take part. Unconfirmed, it holds no seat (product.md, rule 4)."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Not confirmed yet")
        CONFIRMED = "confirmed", _("Has a seat")
        WAITING = "waiting", _("On the waiting list")
        OFFERED = "offered", _("Has been offered a seat")
        CANCELLED = "cancelled", _("Cancelled")
        DECLINED = "declined", _("Declined the offer")
        EXPIRED = "expired", _("Not confirmed in time")

    LIVE = (Status.CONFIRMED, Status.WAITING, Status.OFFERED)

    # Made in Python: the public database role may not read back what it inserts (findings.md).
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="registrations")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)  # blank only for someone who phoned and has none
    organisation = models.CharField(_("organisation or workplace"), max_length=140, blank=True)
    role = models.CharField(_("role"), max_length=140, blank=True)
    needs = models.TextField(_("what you need"), max_length=500, blank=True)  # this event only (rule 9)
    consent_at = models.DateTimeField(_("agreed to be kept"), null=True, blank=True)
    language = models.CharField(max_length=5, default="da")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING)
    queue_number = models.PositiveIntegerField(null=True, blank=True)  # NULL: never waited
    offer_expires_at = models.DateTimeField(null=True, blank=True)
    folded_key = models.CharField(max_length=400, editable=False)  # folded name + address: one person, not one mailbox
    registered_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )  # NULL: the visitor did it
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        indexes = [
            models.Index(fields=["event", "status", "queue_number"], name="registration_queue"),
            models.Index(fields=["email"], name="registration_email"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "folded_key"],
                condition=Q(status__in=["confirmed", "waiting", "offered"]),
                name="one_live_registration",
                violation_error_message=_("This person is already registered."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_live(self):
        return self.status in self.LIVE


class RegistrationToken(models.Model):
    """The lookup of one personal link: what it may do, to which registration, until when.

    The raw token is derived when a mail is sent (HMAC of purpose, registration and nonce) and stands nowhere.
    """

    class Purpose(models.TextChoices):
        CONFIRM = "confirm", _("Confirm a registration")
        MANAGE = "manage", _("See and cancel a registration")
        OFFER = "offer", _("Answer an offer")

    hash = models.CharField(max_length=64, primary_key=True)  # SHA-256 of the token, hexadecimal
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="tokens")
    purpose = models.CharField(max_length=10, choices=Purpose)
    nonce = models.CharField(max_length=32)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["registration", "purpose"], name="one_link_per_purpose")]

    def __str__(self):
        return f"{self.purpose} {self.registration_id}"
