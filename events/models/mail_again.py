"""An officer's wish that a mail about an event be sent once more, with a word of why; the worker carries it out."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .event import Event


class MailAgainQuerySet(models.QuerySet):
    def waiting(self):
        """Those the worker has not carried out."""
        return self.filter(done_at=None)

    def by(self, user):
        return self.filter(author=user)


class MailAgain(models.Model):
    """One mail, or with ``mail`` NULL every mail of ``kind`` about the event that is still right."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="mails_again")
    kind = models.CharField(max_length=80)
    mail = models.ForeignKey(
        "mail.OutboxMessage", models.CASCADE, null=True, related_name="+"
    )  # NULL: to everybody it is still right for
    preface = models.TextField(_("your words above the mail"), max_length=1000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, editable=False)  # NULL: the worker has not come to it

    objects = MailAgainQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        verbose_name = _("mail sent again")
        verbose_name_plural = _("mails sent again")
        constraints = [
            models.UniqueConstraint(
                fields=["mail"],
                condition=Q(done_at=None),
                name="one_waiting_repeat_of_a_mail",
                violation_error_message=_("This mail is being sent again already."),
            ),
            models.UniqueConstraint(
                fields=["event", "kind"],
                condition=Q(done_at=None, mail=None),
                name="one_waiting_repeat_to_all",
                violation_error_message=_("This mail is being sent again already."),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"
