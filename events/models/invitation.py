"""Whom an officer asks to come. Accepting one is a registration; a closed event is open to nobody else."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from outreach.mail.models import Mailbox, Suppression, normal
from outreach.privacy.retention import RULES

from .event import Event
from .registration import Registration

GROUP = "events.invitations"  # of mails an address can say no to (events/mail.py)


class InvitationQuerySet(models.QuerySet):
    def of(self, event):
        """Those to ``event``, or to the event with this key."""
        return self.filter(event=event)

    def prepared(self):
        """Those on the list that no mail has told."""
        return self.filter(status=Invitation.Status.PREPARED)

    def sent(self):
        """Those who have been told, whatever they said."""
        return self.filter(status__in=Invitation.TOLD)

    def sent_by(self, moment):
        """Those who had been told by then."""
        return self.filter(sent_at__lte=moment)

    def free(self):
        """Those whose link is for several: it may be passed on."""
        return self.exclude(uses=None)

    def unanswered(self):
        """Those who were told and said nothing, and have not registered of themselves either."""
        came = Registration.objects.live().filter(event=OuterRef("event"), email__iexact=OuterRef("email"))
        return self.filter(status=Invitation.Status.SENT).exclude(Exists(came))

    def with_whether_they_came(self):
        """Each with ``came``: whether somebody with the address is registered, by the link or of themselves."""
        came = Registration.objects.live().filter(event=OuterRef("event"), email__iexact=OuterRef("email"))
        return self.annotate(came=Exists(came))

    def willing(self):
        """Those whose address takes our invitations, as far as we know: it has not said no, and no mail came back."""
        return self.exclude(self._unwilling())

    @staticmethod
    def _unwilling():
        no = Mailbox.objects.declining(GROUP).filter(address=OuterRef("email_key"))
        return Exists(no) | Exists(Suppression.objects.filter(address=OuterRef("email_key")))

    def coming_back(self):
        """Those from whose address mail comes back."""
        return self.filter(Exists(Suppression.objects.bounced().filter(address=OuterRef("email_key"))))

    def counted_by_status(self):
        return dict(self.order_by().values_list("status").annotate(models.Count("pk")))

    def ways_asked(self):
        """Each language there is, with NULL for a link of one's own and with the most seats a link has for several."""
        own = models.Case(models.When(uses=None, then=models.Value(0)), default=models.Value(1))
        asked = self.order_by().annotate(several=own).values_list("language", "several").annotate(models.Max("uses"))
        return [(language, uses) for language, _several, uses in sorted(asked, key=lambda row: row[:2])]

    def by_state(self):
        """Those without an answer first, then the rest as they are told apart; by name or address in each."""
        ranks = [models.When(status=status, then=models.Value(rank)) for rank, status in enumerate(Invitation.ORDER)]
        return self.order_by(models.Case(*ranks), "name", "email", "pk")

    def with_what_came_of_them(self):
        """Each with the state of what came of it and is ``standing``, by how many ``used``, whether ``unwilling``."""
        came = Registration.objects.filter(invitation=OuterRef("pk"))
        used = came.filter(status__in=[Registration.Status.PENDING, *Registration.LIVE]).order_by()
        counted = used.values("invitation").annotate(number=models.Count("pk")).values("number")
        standing = came.live().values("status")[:1]
        told = {"standing": Subquery(standing), "used": Coalesce(Subquery(counted), 0), "unwilling": self._unwilling()}
        return self.annotate(**told).select_related("named_by")

    def of_events_over_by(self, moment):
        return self.filter(event__ends_at__lte=moment)

    def visible_to(self, user):
        """Those ``user`` may read: to events they own or whose team they are in."""
        return self.filter(event__in=Event.objects.run_by(user).values("pk"))


class Invitation(models.Model):
    """One address that is asked to one event. Without ``uses`` the link is for that person alone."""

    class Status(models.TextChoices):
        PREPARED = "prepared", _("Not sent yet")
        SENT = "sent", _("No answer yet")
        ACCEPTED = "accepted", pgettext_lazy("invited", "Accepted")
        DECLINED = "declined", pgettext_lazy("invited", "Declined")
        NAMED = "named", _("Named somebody else")
        WITHDRAWN = "withdrawn", pgettext_lazy("invited", "Withdrawn")

    TOLD = (Status.SENT, Status.ACCEPTED, Status.DECLINED, Status.NAMED)
    ANSWERED = (Status.ACCEPTED, Status.DECLINED, Status.NAMED)
    ORDER = (Status.PREPARED, Status.SENT, Status.ACCEPTED, Status.NAMED, Status.DECLINED, Status.WITHDRAWN)
    MOST_HANDS = 2  # one may name somebody, who may name somebody, who may not
    MOST_USES = 50

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="invitations")
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"))
    email_key = models.CharField(max_length=254, editable=False)  # see outreach.mail.models.normal
    language = models.CharField(
        _("language"), max_length=5, choices=[("da", _("Danish")), ("en", _("English"))], default="da"
    )
    uses = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)  # NULL: for this person alone
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PREPARED)
    named_by = models.OneToOneField(
        "self", models.SET_NULL, null=True, editable=False, related_name="successor"
    )  # NULL: an officer asked them
    hands = models.PositiveSmallIntegerField(default=0, editable=False)  # through how many it came
    words = models.TextField(_("their words"), max_length=500, blank=True)  # with a no
    greeting = models.TextField(_("your words to them"), max_length=1000, blank=True)  # in the first mail
    reminding = models.TextField(_("your words in the reminder"), max_length=1000, blank=True)  # in the last one
    named_name = models.CharField(max_length=120, blank=True, editable=False)  # whom they named, as they wrote it
    named_email = models.EmailField(blank=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("invited by"), null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, editable=False)  # NULL: nobody was told
    reminded_at = models.DateTimeField(null=True, editable=False)  # the last time; NULL: never
    answered_at = models.DateTimeField(null=True, editable=False)  # NULL: not yet

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email_key"],
                name="address_is_invited_once",
                violation_error_message=_("This address is invited already."),
            ),
            models.CheckConstraint(condition=Q(uses=None) | Q(uses__gte=1, uses__lte=50), name="link_is_for_some"),
            models.CheckConstraint(condition=Q(hands__lte=2), name="invitation_is_handed_on_twice_at_most"),
            models.CheckConstraint(
                condition=Q(status__in=["prepared", "withdrawn"]) | Q(sent_at__isnull=False),
                name="told_invitation_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "declined", "named"]) | Q(answered_at__isnull=False),
                name="answered_invitation_has_its_time",
            ),
        ]
        indexes = [
            models.Index(F("event"), F("status"), name="invitation_of_event"),
            models.Index(F("email_key"), name="invitation_address"),  # what is known of an address: wall/inside.py
        ]

    def __str__(self):
        return self.name or self.email

    def save(self, *args, **kwargs):
        self.email_key = normal(self.email)
        super().save(*args, **kwargs)

    @property
    def is_free(self):
        """Whether the link may be passed on: each who uses it gives a name and an address of their own."""
        return self.uses is not None

    @property
    def may_name(self):
        """Whether one can name somebody else."""
        return not self.is_free and self.hands < self.MOST_HANDS

    @property
    def opens_until(self):
        """Until when the link says something: as long as we keep the invitation."""
        return self.event.ends_at + RULES["events.invitations"].period


class InvitationToken(models.Model):
    """The lookup of one personal link to an invitation; like RegistrationToken, with nothing raw in it."""

    class Purpose(models.TextChoices):
        INVITED = "invited", _("Answer an invitation")

    hash = models.CharField(max_length=64, primary_key=True)  # SHA-256 of the token, hexadecimal
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="tokens")
    purpose = models.CharField(max_length=10, choices=Purpose)
    nonce = models.CharField(max_length=32)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invitation", "purpose"], name="one_invitation_link_per_purpose")
        ]

    def __str__(self):
        return f"{self.purpose} {self.invitation_id}"
