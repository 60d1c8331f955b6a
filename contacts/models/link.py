"""An officer's decision about a registration: whose it is, or that it is no contact of ours."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person
from .visibility import may_read


class RegistrationLinkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those to a person ``user`` may see."""
        return self.filter(Person.objects.seen_at("person", user)) if may_read(user) else self.none()


class RegistrationLink(models.Model):
    registration = models.OneToOneField("events.Registration", models.CASCADE, related_name="contact_link")
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="registration_links", null=True
    )  # NULL: an officer decided not to keep a contact
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(auto_now_add=True)

    objects = RegistrationLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("linked registration")
        verbose_name_plural = _("linked registrations")

    def __str__(self):
        return f"{self.registration_id} → {self.person_id or '–'}"
