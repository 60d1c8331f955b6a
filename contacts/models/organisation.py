"""Whom we work with: associations, communities, housing networks, authorities and the rest of product.md's kinds."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from outreach.links import path_of

from .contact import Contact
from .kind import OrganisationKind
from .visibility import UNTALKED, UNTOLD, ContactQuerySet

A_CIRCLE = _("An organisation cannot belong under itself.")
CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)
is_eight_digits = RegexValidator(r"^\d{8}$", _("Write the CVR number as eight digits."))


def is_company_number(digits: str) -> None:
    """A CVR number's weighted sum is divided by 11 (Erhvervsstyrelsen, "Modulus 11"); digits are 0 to 9, not all 0."""
    weighted = sum(
        weight * int(digit) for weight, digit in zip(CVR_WEIGHTS, digits, strict=False) if digit.isdecimal()
    )
    whole = len(digits) == len(CVR_WEIGHTS)
    if not digits.isascii() or (whole and (weighted % 11 or not digits.strip("0"))):
        raise ValidationError(_("This is no CVR number. Check the digits."))


class OrganisationQuerySet(ContactQuerySet):
    def of_kind(self, slug):
        """Those of a kind, or of any that stands under it."""
        return self.filter(kind__in=OrganisationKind.objects.branch(slug))


class Organisation(Contact):
    kind = models.ForeignKey(OrganisationKind, models.PROTECT, verbose_name=_("kind"), related_name="organisations")
    umbrella = models.ForeignKey(
        "self", models.SET_NULL, verbose_name=_("umbrella organisation"), null=True, blank=True, related_name="members"
    )  # NULL: none
    website = models.URLField(_("website"), max_length=200, blank=True)
    company_number = models.CharField(
        _("CVR number"),
        max_length=8,
        blank=True,
        validators=[is_eight_digits, is_company_number],
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta(Contact.Meta):
        ordering = ["name", "pk"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            *Contact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(umbrella__isnull=True) | ~Q(umbrella=F("id")),
                name="organisation_is_not_its_own_umbrella",
                violation_error_message=A_CIRCLE,
            ),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="organisation_by_name"),
            models.Index(
                fields=["umbrella", "name", "id"], name="organisation_members", condition=Q(umbrella__isnull=False)
            ),
            models.Index(fields=["owner", "talk_by"], name="organisation_my_quiet"),
            models.Index(fields=["owner", "created_at"], name="organisation_my_untalked", condition=UNTALKED),
            models.Index(fields=["owner", "created_at"], name="organisation_my_untold", condition=UNTOLD),
            models.Index(fields=["talk_by", "name", "id"], name="organisation_by_rhythm"),
            models.Index(fields=["last_dialogue_on", "name", "id"], name="organisation_by_last_talk"),
        ]

    def get_absolute_url(self):
        return path_of("workspace:organisation", self.pk)

    def found_under(self) -> list[str]:
        return [*super().found_under(), self.company_number]
