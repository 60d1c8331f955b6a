"""Somebody asks for a link to all their registrations. Whether there are any is told to the mailbox only."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q


class MailboxLinkQuerySet(models.QuerySet):
    def asked_by(self, moment):
        return self.filter(created_at__lte=moment)


class MailboxLink(models.Model):
    """One such wish, and the lookup of the link that answers it; like RegistrationToken, with nothing raw in it.

    The link opens a row of RegistrationToken for each registration there was when it was sent, and nothing else.
    """

    WORKS_FOR = timedelta(hours=24)

    # Made in Python: the public database role may not read back what it inserts (findings.md).
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    language = models.CharField(max_length=5, default="da")
    created_at = models.DateTimeField()
    hash = models.CharField(max_length=64, blank=True)  # SHA-256 of the token; "" until the mail is sent
    nonce = models.CharField(max_length=32, blank=True)
    expires_at = models.DateTimeField(null=True)  # NULL until the mail is sent

    objects = MailboxLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hash"], condition=~Q(hash=""), name="mailbox_link_is_known_by_its_hash"),
            models.CheckConstraint(
                condition=Q(hash="", expires_at__isnull=True) | (~Q(hash="") & Q(expires_at__isnull=False)),
                name="sent_mailbox_link_has_its_end",
            ),
        ]

    def __str__(self):
        return f"mailbox link {self.pk}"
