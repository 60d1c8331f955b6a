"""Where a contact is: one address is the main one, and the contact's municipality follows from it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .belonging import BelongingQuerySet, of_one_contact, one_for_each
from .organisation import Organisation
from .person import Person


class Address(models.Model):
    class Use(models.TextChoices):
        VISIT = "visit", _("Visits")
        POST = "post", _("Post")
        BILLING = "billing", _("Billing")
        HOME = "home", _("Home")
        OTHER = "other", _("Other use")

    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="addresses")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="addresses")
    use = models.CharField(_("use"), max_length=12, choices=Use, blank=True)
    street = models.CharField(_("street and number"), max_length=140, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    municipality = models.ForeignKey(
        "places.Municipality",
        models.PROTECT,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        related_name="+",
    )  # NULL: abroad, or we do not know it
    main = models.BooleanField(_("the main address"), default=False)
    order = models.PositiveSmallIntegerField(default=0)

    objects = BelongingQuerySet.as_manager()

    class Meta:
        ordering = ["-main", "order", "pk"]
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [
            of_one_contact("address_is_of_one_contact"),
            *one_for_each("main", "one_main_address", _("Only one address can be the main one.")),
        ]

    def __str__(self):
        return ", ".join(filter(None, [self.street, f"{self.postal_code} {self.town}".strip()]))
