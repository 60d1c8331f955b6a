"""What a registrant says is wrong in what we hold about them. Changing a contact is an officer's decision."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from outreach.privacy.retention import RULES

from .dialogue_request import ANSWERERS
from .registration import Registration


class CorrectionQuerySet(models.QuerySet):
    def waiting(self):
        """Those nobody has decided on, the longest waiting first."""
        return self.filter(status=Correction.Status.PENDING).order_by("created_at", "pk")

    def decided(self):
        return self.exclude(status=Correction.Status.PENDING)

    def visible_to(self, user):
        """Those of registrations ``user`` may read, for those who keep contacts."""
        if not (user.is_active and user.role in ANSWERERS):
            return self.none()
        return self.filter(registration__in=Registration.objects.visible_to(user).values("pk"))


class Correction(models.Model):
    """What the registrant wrote, each blank where nothing is to be changed. It changes nothing by itself."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Waits for a decision")
        ACCEPTED = "accepted", pgettext_lazy("correction", "Accepted")
        REFUSED = "refused", pgettext_lazy("correction", "Refused")

    TOLD = ("name", "email", "phone", "organisation", "role", "note")
    REMOVABLE = ("email", "phone", "organisation", "role")  # what may be held, and need not

    # Made in Python: the public database role may not read back what it inserts (findings.md).
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="corrections")
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    organisation = models.CharField(_("organisation or workplace"), max_length=140, blank=True)
    role = models.CharField(_("role"), max_length=140, blank=True)
    note = models.TextField(_("what else is wrong"), max_length=500, blank=True)
    removes = models.CharField(_("what is to be removed"), max_length=60, blank=True)  # of REMOVABLE: "phone,role"
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("decided by"), null=True, related_name="+"
    )  # NULL: nobody yet
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)  # NULL: not decided yet

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        indexes = [models.Index(fields=["status", "created_at"], name="correction_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="pending", closed_at__isnull=True)
                | (~Q(status="pending") & Q(closed_at__isnull=False)),
                name="decided_correction_has_its_time",
            ),
        ]

    def __str__(self):
        return self.name or self.registration.name

    @property
    def removed(self) -> list[str]:
        """Fields the registrant asks us to empty; whatever else stands there is none."""
        named = self.removes.split(",")
        return [field for field in self.REMOVABLE if field in named]

    @property
    def waits(self):
        return self.status == self.Status.PENDING

    @property
    def kept_until(self):
        """Until when we keep it if nobody decides; the form says so."""
        return self.created_at + RULES["events.corrections"].period
