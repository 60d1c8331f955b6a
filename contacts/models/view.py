"""A list as a colleague left it, kept under a name of their own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .visibility import may_read


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those ``user`` saved: a view is opened by nobody else."""
        return self.filter(user=user) if may_read(user) else self.none()

    def of(self, table):
        return self.filter(table=table)


class SavedView(models.Model):
    """Filters and order of one of the long lists. ``query`` is what stands in its address, by the list's own names."""

    class Table(models.TextChoices):
        PEOPLE = "people", _("People")
        ORGANISATIONS = "organisations", _("Organisations")

    MOST = 20  # of each colleague's on one list
    LONGEST_QUERY = 500

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    table = models.CharField(_("list"), max_length=13, choices=Table)
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(max_length=LONGEST_QUERY)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "table", "name"],
                name="one_view_of_a_name",
                violation_error_message=_("You have a view of this name already."),
            ),
        ]

    def __str__(self):
        return self.name
