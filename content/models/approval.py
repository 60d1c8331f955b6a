"""What waits for a second pair of eyes: a contact channel changes publicly only when a colleague has approved it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from outreach.accounts.models import EDITING_ROLES, User

from .bilingual import Bilingual, in_language
from .channels import ContactChannel

# What an editor changes alone. All the rest is guarded, a field added later too: nobody who is afraid may be led
# astray by one colleague's slip, be it in the number, the hours or a number written in a sentence.
FREE = frozenset({"order", "checked_on", "checked_with", "review_by"})


class ChannelProposalQuerySet(models.QuerySet):
    def waiting(self) -> "ChannelProposalQuerySet":
        return self.filter(state=ChannelProposal.State.WAITING)

    def to_decide(self, user: User) -> "ChannelProposalQuerySet":
        """What waits for this colleague: what waits, without what they proposed themselves."""
        return self.waiting().exclude(proposed_by=user)

    def with_names(self) -> "ChannelProposalQuerySet":
        return self.select_related("channel", "proposed_by", "decided_by")


class ChannelProposal(Bilingual, models.Model):
    """A channel to add, change or remove, exactly as it will be applied. It is never edited, only decided."""

    class Change(models.TextChoices):
        ADD = "add", _("New channel")
        CHANGE = "change", _("Changed channel")
        REMOVE = "remove", _("Channel to remove")

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a colleague")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    wagtail_reference_index_ignore = True  # that a change waits does not make the channel "used"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    change = models.CharField(_("what"), max_length=10, choices=Change)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    key = models.CharField(_("key"), max_length=50)  # of the channel, before the change
    channel = models.ForeignKey(
        ContactChannel, models.SET_NULL, null=True, related_name="proposals", verbose_name=_("contact channel")
    )  # NULL: not added yet, or removed
    before = models.JSONField(default=dict)  # its facts when it was proposed (services/channel_facts.py); {}: new
    after = models.JSONField(default=dict)  # its facts when approved; {}: removed
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)  # NULL: it waits
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    name = in_language("name")

    objects = ChannelProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at"]
        verbose_name = _("change of a contact channel")
        verbose_name_plural = _("changes of contact channels")
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(state="waiting"), name="one_change_of_a_channel_waits"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by=None, decided_at=None)
                | Q(
                    state__in=["approved", "rejected", "withdrawn"], decided_by__isnull=False, decided_at__isnull=False
                ),
                name="who_decided_and_when_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "rejected"]) | ~Q(decided_by=F("proposed_by")),
                name="nobody_decides_on_their_own_change",
            ),
        ]

    def __str__(self):
        return f"{self.get_change_display()}: {self.name}"

    @property
    def name_da(self) -> str:
        return (self.before or self.after)["name_da"]

    @property
    def name_en(self) -> str:
        return (self.before or self.after)["name_en"]

    @property
    def waits(self) -> bool:
        return self.state == self.State.WAITING

    def may_be_decided_by(self, user: User) -> bool:
        """Approved or rejected: by any colleague who edits, never by the one who proposed it."""
        return self.waits and user.is_active and user.role in EDITING_ROLES and user.pk != self.proposed_by_id

    def may_be_withdrawn_by(self, user: User) -> bool:
        return self.waits and user.pk == self.proposed_by_id
