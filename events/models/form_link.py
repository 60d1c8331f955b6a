"""Somebody asks for a public form while the forms are flooded: it waits behind a link in their mailbox."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q

from .event import Event


class FormLinkQuerySet(models.QuerySet):
    def asked_by(self, moment):
        return self.filter(created_at__lte=moment)

    def open_at(self, moment):
        return self.exclude(hash="").filter(expires_at__gt=moment)


class FormLink(models.Model):
    """One such wish, and the lookup of the link that answers it; like MailboxLink, with nothing raw in it."""

    class Form(models.TextChoices):
        REGISTER = "register"
        DIALOGUE = "dialogue"

    WORKS_FOR = timedelta(hours=24)

    # Made in Python: the public database role may not read back what it inserts (findings.md).
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.CharField(max_length=10, choices=Form)
    event = models.ForeignKey(Event, models.CASCADE, null=True, related_name="+")  # NULL: a form about no event
    email = models.EmailField()
    language = models.CharField(max_length=5, default="da")
    created_at = models.DateTimeField()
    hash = models.CharField(max_length=64, blank=True)  # SHA-256 of the token; "" until the mail is sent
    nonce = models.CharField(max_length=32, blank=True)
    expires_at = models.DateTimeField(null=True)  # NULL until the mail is sent

    objects = FormLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hash"], condition=~Q(hash=""), name="form_link_is_known_by_its_hash"),
            models.CheckConstraint(
                condition=Q(hash="", expires_at__isnull=True) | (~Q(hash="") & Q(expires_at__isnull=False)),
                name="sent_form_link_has_its_end",
            ),
            models.CheckConstraint(
                condition=Q(form="register", event__isnull=False) | (~Q(form="register") & Q(event__isnull=True)),
                name="form_link_to_register_names_the_event",
            ),
        ]

    def __str__(self):
        return f"link to a form {self.pk}"
