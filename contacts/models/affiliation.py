"""A person's role in an organisation, from one day to another."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from outreach.places.folding import fold

from .organisation import Organisation
from .person import Person
from .versioned import Versioned
from .visibility import may_read


class AffiliationQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ended_on__isnull=True)

    def ended(self):
        """Those that are over, the latest first."""
        return self.filter(ended_on__isnull=False).order_by("-ended_on", "-pk")

    def visible_to(self, user):
        """Those between a person and an organisation that ``user`` may both see."""
        if not may_read(user):
            return self.none()
        return self.filter(Person.objects.seen_at("person", user), Organisation.objects.seen_at("organisation", user))

    def holders_of(self, organisation, role):
        """Those who hold ``role`` in ``organisation`` today, under any spelling of it."""
        return self.current().filter(organisation=organisation, role_key=fold(role)[:120])


class Affiliation(Versioned):
    person = models.ForeignKey(Person, models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("organisation"), related_name="affiliations"
    )
    role = models.CharField(_("role"), max_length=120)
    role_key = models.CharField(max_length=120, editable=False, blank=True)  # the folded role: "formand" in any case
    started_on = models.DateField(_("from"), null=True, blank=True)  # NULL: not known
    ended_on = models.DateField(_("to"), null=True, blank=True)  # NULL: still holds it
    primary = models.BooleanField(_("the main role"), default=False)
    form_key = models.UUIDField(null=True, unique=True, editable=False)  # NULL: written by no form

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        ordering = ["-primary", "-started_on", "pk"]
        verbose_name = _("role in an organisation")
        verbose_name_plural = _("roles in organisations")
        indexes = [models.Index(fields=["organisation", "role_key"], name="affiliation_by_role")]
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

    def save(self, *args, **kwargs):
        self.role_key = fold(self.role)[:120]
        super().save(*args, **kwargs)

    @property
    def is_current(self):
        """Whether the person still holds this role; an open end means yes."""
        return self.ended_on is None
