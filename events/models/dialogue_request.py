"""What an association proposes: to meet. Answering it, and whom it is linked to, is an officer's decision."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from outreach.accounts.models import Role
from outreach.privacy.retention import RULES

# Who answers: officers and their leads, as with the contacts it may lead to.
ANSWERERS = frozenset({Role.OFFICER, Role.TEAM_LEAD})


class DialogueRequestQuerySet(models.QuerySet):
    def pending(self):
        """Those whose address nobody has confirmed yet: nobody reads them."""
        return self.filter(status=DialogueRequest.Status.PENDING)

    def waiting(self):
        """Those that wait for an answer, the longest waiting first."""
        return self.filter(status=DialogueRequest.Status.CONFIRMED).order_by("confirmed_at", "pk")

    def withdrawn(self):
        return self.filter(status=DialogueRequest.Status.WITHDRAWN)

    def free_for(self, user):
        """Those nobody else has taken upon themselves."""
        return self.filter(Q(handler=None) | Q(handler=user))

    def settled_by(self, moment):
        """Those answered by ``moment``, or left without an answer since they were confirmed by then."""
        return self.alias(settled=Coalesce("closed_at", "confirmed_at")).filter(settled__lte=moment)

    def visible_to(self, user):
        """The confirmed ones, for those who answer them."""
        if not (user.is_active and user.role in ANSWERERS):
            return self.none()
        return self.exclude(status=DialogueRequest.Status.PENDING)


class DialogueRequest(models.Model):
    """An association's invitation to talk. Unconfirmed, nobody reads it; it is about no individual."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Not confirmed yet")
        CONFIRMED = "confirmed", _("Waits for an answer")
        ACCEPTED = "accepted", pgettext_lazy("invitation", "Accepted")
        DECLINED = "declined", pgettext_lazy("invitation", "Declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "Withdrawn")

    # Made in Python: the public database role may not read back what it inserts (findings.md).
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(_("organisation"), max_length=140)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    themes = models.JSONField(_("topics"), default=list)  # keys of content.Theme
    topic = models.TextField(_("in their own words"), max_length=500, blank=True)
    online = models.BooleanField(_("online"), default=False)
    municipality = models.ForeignKey(
        "places.Municipality", models.PROTECT, verbose_name=_("municipality"), null=True, related_name="+"
    )  # NULL: online
    wishes = models.TextField(_("when, and other wishes"), max_length=1000, blank=True)
    people = models.PositiveSmallIntegerField(
        _("how many come"), null=True, validators=[MinValueValidator(1), MaxValueValidator(5000)]
    )  # NULL: not said
    languages = models.CharField(_("languages"), max_length=120, blank=True)  # blank: the language of the form will do
    language = models.CharField(
        _("language"), max_length=5, choices=[("da", _("Danish")), ("en", _("English"))], default="da"
    )  # of the form, and so of our mails
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("who has taken it"), null=True, related_name="+"
    )  # NULL: nobody yet; once answered, who answered it
    answer = models.TextField(_("what we answered"), max_length=2000, blank=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)  # NULL: not yet
    closed_at = models.DateTimeField(null=True)  # answered or withdrawn; NULL: neither yet

    theme_names: list[str]  # in the reader's language: services.dialogue_requests.put_themes

    objects = DialogueRequestQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("invitation to a dialogue")
        verbose_name_plural = _("invitations to a dialogue")
        indexes = [models.Index(fields=["status", "confirmed_at"], name="dialogue_request_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(online=True) | Q(municipality__isnull=False), name="dialogue_has_a_place_or_is_online"
            ),
            models.CheckConstraint(
                condition=Q(status="pending") | Q(confirmed_at__isnull=False), name="confirmed_dialogue_has_its_time"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "declined", "withdrawn"]) | Q(closed_at__isnull=False),
                name="closed_dialogue_has_its_time",
            ),
        ]

    def __str__(self):
        return self.organisation

    @property
    def waits(self):
        return self.status == self.Status.CONFIRMED

    @property
    def forgotten_at(self):
        """When it is deleted, if nobody has confirmed it."""
        return self.created_at + RULES["events.dialogue_unconfirmed"].period

    @property
    def kept_until(self):
        """Until when we keep a confirmed one; mails and pages say so."""
        if self.status == self.Status.WITHDRAWN:
            return self.closed_at + RULES["events.dialogue_withdrawn"].period
        return (self.closed_at or self.confirmed_at) + RULES["events.dialogue"].period

    @property
    def withdraw_until(self):
        """Until when the link to see and withdraw it opens; an answer does not close it, it says so."""
        return self.confirmed_at + RULES["events.dialogue"].period + timedelta(days=1)


class DialogueRequestToken(models.Model):
    """The lookup of one personal link to an invitation; like RegistrationToken, with nothing raw in it."""

    class Purpose(models.TextChoices):
        CONFIRM = "confirm", _("Confirm an invitation")
        MANAGE = "manage", _("See and withdraw an invitation")

    hash = models.CharField(max_length=64, primary_key=True)  # SHA-256 of the token, hexadecimal
    request = models.ForeignKey(DialogueRequest, models.CASCADE, related_name="tokens")
    purpose = models.CharField(max_length=10, choices=Purpose)
    nonce = models.CharField(max_length=32)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "purpose"], name="one_dialogue_link_per_purpose")]

    def __str__(self):
        return f"{self.purpose} {self.request_id}"
