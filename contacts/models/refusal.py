"""A channel that a person or an organisation does not want us to use."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation
from .person import Person
from .versioned import Versioned
from .visibility import may_read


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone call")
    SMS = "sms", _("Text message")
    LETTER = "letter", _("Letter")
    VISIT = "visit", _("Visit")


class RefusalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of contacts ``user`` may see."""
        if not may_read(user):
            return self.none()
        person = Person.objects.seen_at("person", user)
        return self.filter(person | Organisation.objects.seen_at("organisation", user))

    def of(self, channel):
        return self.filter(channel=channel)


class Refusal(Versioned):
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="refusals")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="refusals")
    channel = models.CharField(_("channel"), max_length=6, choices=Channel)
    since = models.DateField(_("since"))
    why = models.CharField(_("why"), max_length=200, blank=True)

    objects = RefusalQuerySet.as_manager()

    class Meta:
        ordering = ["channel"]
        verbose_name = _("channel not to use")
        verbose_name_plural = _("channels not to use")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True, organisation__isnull=False)
                | Q(person__isnull=False, organisation__isnull=True),
                name="refusal_is_of_one_contact",
            ),
            models.UniqueConstraint(fields=["person", "channel"], name="one_refusal_per_person"),
            models.UniqueConstraint(fields=["organisation", "channel"], name="one_refusal_per_organisation"),
        ]

    def __str__(self):
        return self.get_channel_display()

    @property
    def plea(self):
        """What not to do, in words."""
        return PLEAS[self.channel]


PLEAS = {
    Channel.EMAIL: _("Send no mails"),
    Channel.PHONE: _("Do not call"),
    Channel.SMS: _("Send no text messages"),
    Channel.LETTER: _("Send no letters"),
    Channel.VISIT: _("Do not visit"),
}
