"""An officer's decision that a registration is a certain person's."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person


class RegistrationLink(models.Model):
    registration = models.OneToOneField("events.Registration", models.CASCADE, related_name="contact_link")
    person = models.ForeignKey(Person, models.CASCADE, related_name="registration_links")
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("linked registration")
        verbose_name_plural = _("linked registrations")

    def __str__(self):
        return f"{self.registration} → {self.person}"
