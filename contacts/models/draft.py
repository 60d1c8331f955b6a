"""What somebody is typing in a form of the workspace, kept until the form is saved, thrown away or forgotten."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from outreach.sealing.fields import SealedJSONField, Unreadable
from outreach.sealing.key_files import RESTRICTED_NOTES

from .visibility import may_read


class DraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those ``user`` typed: a draft is read by nobody else."""
        return self.filter(user=user) if may_read(user) else self.none()

    def of_form(self, form):
        return self.filter(form=form)

    def newest_first(self):
        return self.order_by("-updated_at", "-pk")

    def untouched_since(self, moment):
        return self.filter(updated_at__lte=moment)


class Draft(models.Model):
    """The fields of one form in one tab. Its text stands in ``data`` alone, sealed, for it may be that of a note."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    form = models.CharField(max_length=80)  # which form: "log", or with whose: "dialogue:<key>"
    key = models.UUIDField()  # the page it is typed in: two tabs are two drafts
    data = SealedJSONField(
        register=RESTRICTED_NOTES, bound_to=("user_id", "form", "key")
    )  # name of a field: the values it was left with
    based_on = models.PositiveIntegerField(null=True, blank=True)  # version of what is edited; NULL: it has none
    sequence = models.PositiveBigIntegerField()  # grows with each save of the page, so that a late one changes nothing
    updated_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-pk"]
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["user", "form", "key"], name="one_draft_per_page_of_a_form"),
            models.CheckConstraint(condition=~Q(form=""), name="draft_is_of_a_form"),
        ]
        indexes = [models.Index(fields=["updated_at"], name="draft_oldest")]

    def __str__(self):
        return self.form

    @property
    def is_readable(self) -> bool:
        return not isinstance(self.data, Unreadable)

    @property
    def typed(self) -> QueryDict:
        """The fields as the form would have sent them; none while they cannot be read."""
        sent = QueryDict(mutable=True)
        data = self.data
        for name, values in () if isinstance(data, Unreadable) else data.items():
            sent.setlist(name, values)
        return sent
