"""A person's role in an organisation, from one day to another."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation
from .person import Person


class AffiliationQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ended_on__isnull=True)

    def visible_to(self, user):
        """Those between a person and an organisation that ``user`` may both see."""
        return self.filter(
            person__in=Person.objects.visible_to(user), organisation__in=Organisation.objects.visible_to(user)
        )


class Affiliation(models.Model):
    person = models.ForeignKey(Person, models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("organisation"), related_name="affiliations"
    )
    role = models.CharField(_("role"), max_length=120)
    started_on = models.DateField(_("from"), null=True, blank=True)  # NULL: not known
    ended_on = models.DateField(_("to"), null=True, blank=True)  # NULL: still holds it
    primary = models.BooleanField(_("the main role"), default=False)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        ordering = ["-primary", "-started_on", "pk"]
        verbose_name = _("role in an organisation")
        verbose_name_plural = _("roles in organisations")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(started_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="affiliation_ends_after_it_starts",
                violation_error_message=_("The role ends before it starts."),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(primary=True, ended_on__isnull=True),
                name="one_main_role",
                violation_error_message=_("The person already has a main role."),
            ),
        ]

    def __str__(self):
        return self.role

    @property
    def is_current(self):
        """Whether the person still holds this role; an open end means yes."""
        return self.ended_on is None
