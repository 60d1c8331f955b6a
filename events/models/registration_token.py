"""What a personal link opens."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .mailbox import MailboxLink
from .registration import Registration


class RegistrationToken(models.Model):
    """The lookup of one personal link: what it may do, to which registration, until when.

    The raw token is derived when a mail is sent (HMAC of purpose, registration and nonce) and stands nowhere.
    """

    class Purpose(models.TextChoices):
        CONFIRM = "confirm", _("Confirm a registration")
        MANAGE = "manage", _("See and cancel a registration")
        OFFER = "offer", _("Answer an offer")
        COME = "come", _("Say whether one still comes")
        SWAP = "swap", _("Take over a colleague's seat")

    hash = models.CharField(max_length=64, primary_key=True)  # SHA-256 of the token, hexadecimal
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="tokens")
    purpose = models.CharField(max_length=10, choices=Purpose)
    nonce = models.CharField(max_length=32)
    expires_at = models.DateTimeField()
    mailbox = models.ForeignKey(
        MailboxLink, models.CASCADE, null=True, related_name="tokens"
    )  # the link to all of somebody's registrations that opens this one too; NULL: a link of its own

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "purpose"], condition=Q(mailbox=None), name="one_link_per_purpose"
            ),
            models.UniqueConstraint(fields=["registration", "mailbox"], name="one_way_in_per_mailbox_link"),
        ]

    def __str__(self):
        return f"{self.purpose} {self.registration_id}"
