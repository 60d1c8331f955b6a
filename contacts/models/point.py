"""How a contact is reached: e-mail addresses and phones, each with its use, one of them preferred."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .belonging import BelongingQuerySet, of_one_contact, one_for_each
from .organisation import Organisation
from .person import Person


class ContactPoint(models.Model):
    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")

    class Use(models.TextChoices):
        WORK = "work", _("Work")
        PRIVATE = "private", _("Private")
        SWITCHBOARD = "switchboard", _("Switchboard")
        BOARD = "board", _("The board")
        PRESS = "press", _("Press")
        BILLING = "billing", _("Billing")
        OTHER = "other", _("Other use")

    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="points")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="points")
    channel = models.CharField(_("channel"), max_length=5, choices=Channel)
    value = models.CharField(_("address or number"), max_length=254)
    key = models.CharField(max_length=254, editable=False)  # contacts.reaching.key_of: what is compared
    use = models.CharField(_("use"), max_length=12, choices=Use, blank=True)
    preferred = models.BooleanField(_("preferred"), default=False)
    order = models.PositiveSmallIntegerField(default=0)

    objects = BelongingQuerySet.as_manager()

    class Meta:
        ordering = ["channel", "order", "pk"]
        verbose_name = _("e-mail or phone")
        verbose_name_plural = _("e-mails and phones")
        indexes = [models.Index(fields=["key"], name="point_by_key")]
        constraints = [
            of_one_contact("point_is_of_one_contact"),
            *one_for_each("preferred", "one_preferred_point", _("Only one can be preferred.")),
            *(
                models.UniqueConstraint(
                    fields=[owner, "channel", "key"],
                    name=f"point_once_{owner}",
                    violation_error_message=_("It stands here twice."),
                )
                for owner in ("person", "organisation")
            ),
        ]

    def __str__(self):
        return self.value
