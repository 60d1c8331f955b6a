"""Something promised, with an owner and a due date."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation
from .person import Person
from .visibility import READERS


class FollowUpQuerySet(models.QuerySet):
    def open(self):
        return self.filter(done_at=None)

    def overdue(self, today):
        return self.open().filter(due_on__lt=today)

    def visible_to(self, user):
        """Those ``user`` owns, or that are about contacts ``user`` may see."""
        if not user.is_active or user.role not in READERS:
            return self.none()
        people = Person.objects.visible_to(user).values("pk")
        organisations = Organisation.objects.visible_to(user).values("pk")
        about = (Q(person=None) | Q(person__in=people)) & (Q(organisation=None) | Q(organisation__in=organisations))
        return self.filter(about & (Q(owner=user) | ~Q(person=None, organisation=None)))


class FollowUp(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("what we promised"), max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("owner"), related_name="follow_ups"
    )
    due_on = models.DateField(_("due"))
    person = models.ForeignKey(
        Person, models.CASCADE, verbose_name=_("person"), null=True, blank=True, related_name="follow_ups"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        related_name="follow_ups",
    )
    dialogue = models.ForeignKey(
        "contacts.Dialogue", models.SET_NULL, null=True, blank=True, related_name="follow_ups"
    )
    promised_on = models.DateField(_("promised"))
    done_at = models.DateTimeField(null=True, blank=True)  # NULL: still open
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        indexes = [models.Index(fields=["owner", "done_at", "due_on"], name="followup_my_open")]

    def __str__(self):
        return self.title
