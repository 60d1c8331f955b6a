"""Leave to see one restricted contact: for a named colleague, until a day, for a reason."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .days import DaysBetween
from .organisation import Organisation
from .person import Person
from .visibility import may_read

MOST_DAYS = 366  # whether it is still needed is asked anew once a year at least
A_YEAR_AT_MOST = _("Access lasts a year at most. You can give it again.")


class ContactGrantQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those on contacts ``user`` may see: whoever sees a restricted contact sees who else does."""
        if not may_read(user):
            return self.none()
        person = Person.objects.seen_at("person", user)
        return self.filter(person | Organisation.objects.seen_at("organisation", user))

    def on_contacts_of(self, owner):
        """Those that ``owner`` gave, or may end."""
        return self.filter(Q(person__owner=owner) | Q(organisation__owner=owner))

    def live(self, today):
        return self.filter(until__gte=today)


class ContactGrant(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("colleague"), related_name="contact_grants"
    )
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="grants")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="grants")
    given_on = models.DateField(_("given"), default=timezone.localdate)  # given again, the later day
    until = models.DateField(_("until, that day included"))
    reason = models.CharField(_("reason"), max_length=200)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    form_key = models.UUIDField(null=True, unique=True, editable=False)  # NULL: written by no form

    objects = ContactGrantQuerySet.as_manager()

    class Meta:
        ordering = ["until", "pk"]
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True, organisation__isnull=False)
                | Q(person__isnull=False, organisation__isnull=True),
                name="grant_is_for_one_contact",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(DaysBetween(F("given_on"), F("until")), MOST_DAYS),
                name="grant_lasts_a_year_at_most",
                violation_error_message=A_YEAR_AT_MOST,
            ),
            models.UniqueConstraint(fields=["user", "person"], name="one_grant_per_person"),
            models.UniqueConstraint(fields=["user", "organisation"], name="one_grant_per_organisation"),
        ]

    def __str__(self):
        return f"{self.user} → {self.person or self.organisation}"
