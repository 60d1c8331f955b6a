"""What can go stale says when it was checked, and by when it is to be checked again."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ReviewedQuerySet(models.QuerySet):
    def overdue(self, today: date):
        """Those that nobody has checked in time."""
        return self.filter(review_by__lt=today)

    def due_within(self, today: date, ahead: timedelta):
        """Those that are overdue or will be soon, the longest waiting first."""
        return self.filter(review_by__lte=today + ahead).order_by("review_by", "pk")


class Reviewed(models.Model):
    """A row of reference data with a day of its last check and a day by which it is checked again."""

    REVIEW_EVERY = timedelta(days=182)

    class CheckedWith(models.TextChoices):
        SOURCE = "source", _("the source")
        OWNER = "owner", _("its owner")

    checked_on = models.DateField(_("checked on"))
    checked_with = models.CharField(
        _("checked with"), max_length=8, choices=CheckedWith, default=CheckedWith.SOURCE, editable=False
    )
    review_by = models.DateField(
        _("to be checked again by"), blank=True, help_text=_("If left out, the usual time after the check.")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(review_by__gte=F("checked_on")),
                name="%(class)s_is_reviewed_after_its_check",
                violation_error_message=_("The next check comes before the last one."),
            )
        ]

    def save(self, *args, **kwargs):
        if self.review_by is None:
            self.checked_on = self._meta.get_field("checked_on").to_python(self.checked_on)
            self.review_by = self.checked_on + self.REVIEW_EVERY
        super().save(*args, **kwargs)

    @property
    def is_beyond_doubt(self) -> bool:
        """Whether readers are told that it is right even when the check is late."""
        return False

    def is_softened_on(self, day: date) -> bool:
        """Whether its page says that we are having it confirmed, for the check is late."""
        return self.review_by < day and not self.is_beyond_doubt
