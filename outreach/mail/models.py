"""The outbox: one row per mail. The addresses that get no more. And the words colleagues gave to our mails."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

LEASE = timedelta(minutes=5)  # a mail in sending for longer than this has lost its worker
PLACEHOLDER = "[personal link]"
UNREAD = object()
SENT = """UPDATE mail_outboxmessage SET state = 'sent', claim = NULL, reason = '', sent_at = %s, attempts = %s
WHERE id = %s AND claim = %s AND state = 'sending'"""


class WrongProcess(Exception):
    """Another process than the worker tried to write the outbox."""


def normal(address: str) -> str:
    """The one form in which addresses are compared: the door and queries lower them, and fold no ß into ss."""
    return address.strip().lower()


class OutboxQuerySet(models.QuerySet):
    def due(self, now: datetime) -> "OutboxQuerySet":
        """Those to send at ``now``, longest waiting first."""
        return self.filter(state=OutboxMessage.State.QUEUED, next_attempt_at__lte=now).order_by("next_attempt_at")

    def abandoned(self, now: datetime) -> "OutboxQuerySet":
        """Those whose worker died between taking them and noting the result."""
        return self.filter(state=OutboxMessage.State.SENDING, claimed_at__lte=now - LEASE)

    def waiting(self) -> "OutboxQuerySet":
        return self.filter(state__in=OutboxMessage.UNFINISHED)

    def finished(self) -> "OutboxQuerySet":
        return self.exclude(state__in=OutboxMessage.UNFINISHED)

    def failed(self) -> "OutboxQuerySet":
        return self.filter(state=OutboxMessage.State.FAILED)

    def retry(self, now: datetime) -> int:
        """Queue mails that were given up; returns how many."""
        return self.failed().update(state=OutboxMessage.State.QUEUED, reason="", attempts=0, next_attempt_at=now)

    def sent_since(self, when: datetime) -> "OutboxQuerySet":
        return self.filter(state=OutboxMessage.State.SENT, sent_at__gt=when)

    def to_address(self, address: str) -> "OutboxQuerySet":
        return self.filter(to_key=normal(address))

    def about(self, obj: models.Model) -> "OutboxQuerySet":
        return self.filter(about_label=obj._meta.label, about_pk=str(obj.pk))

    def part_of(self, obj: models.Model) -> "OutboxQuerySet":
        """Those about anything that belongs to ``obj``, such as the registrations of an event."""
        return self.filter(part_of=str(obj.pk))

    def came_back(self) -> "OutboxQuerySet":
        return self.exclude(bounced_at=None)

    def in_state(self, state: str) -> "OutboxQuerySet":
        return self.filter(state=state)

    def write(self, mails: Sequence["OutboxMessage"]) -> None:
        """Save new ones together."""
        for mail in mails:
            mail.stamp()
        OutboxMessage.objects.bulk_create(mails)

    def counted_by_state(self) -> dict[str, int]:
        return dict(self.order_by().values_list("state").annotate(Count("pk")))

    def kinds(self) -> list[str]:
        """The kinds that occur."""
        return list(self.order_by().values_list("kind", flat=True).distinct())


class OutboxMessage(models.Model):
    """One mail, from the wish to send it to its end. The text shows ``[personal link]`` where a link goes:
    links are made while sending, so that none lies in a row (architecture.md, decision 17).
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        SKIPPED = "skipped", _("Skipped")
        FAILED = "failed", _("Given up")

    UNFINISHED = (State.QUEUED, State.SENDING)
    NOT_GONE = (State.SKIPPED, State.FAILED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=80)
    to = models.CharField(_("to"), max_length=254)
    to_key = models.CharField(max_length=254, editable=False)  # see normal()
    language = models.CharField(_("language"), max_length=5)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    link_keys = models.JSONField(default=list)  # which link each placeholder stands for, in order
    context = models.JSONField(default=dict)
    about_label = models.CharField(max_length=80)
    about_pk = models.CharField(max_length=64)
    part_of = models.CharField(max_length=64, blank=True)  # the key of what that belongs to: of its event
    dedupe = models.CharField(max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    reason = models.CharField(_("reason"), max_length=200, blank=True)  # why skipped, given up, or tried again
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField()
    claim = models.UUIDField(null=True, editable=False)  # NULL: no worker has it
    claimed_at = models.DateTimeField(null=True, editable=False)
    message_id = models.CharField(max_length=200, editable=False)
    created_at = models.DateTimeField(_("written"))
    sent_at = models.DateTimeField(_("sent"), null=True)  # NULL: not yet, or never
    bounced_at = models.DateTimeField(_("came back"), null=True)  # NULL: nobody has told us that it did
    bounce_status = models.CharField(max_length=11, blank=True)  # RFC 3463: "5.1.1"

    objects = OutboxQuerySet.as_manager()

    thing: Any = UNREAD  # what it is about, read once in each attempt to write or to send it; None: it is gone
    kept: Mapping[str, Any] = {}  # what its kind has read for it together with others

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [
            models.Index(F("next_attempt_at"), condition=Q(state="queued"), name="outbox_due"),
            models.Index(F("claimed_at"), condition=Q(state="sending"), name="outbox_sending"),
            models.Index(fields=["to_key", "created_at"], name="outbox_of_address"),
            models.Index(fields=["about_label", "about_pk"], name="outbox_about"),
            models.Index(fields=["sent_at"], name="outbox_sent"),
            models.Index(fields=["part_of", "created_at"], condition=~Q(part_of=""), name="outbox_part_of"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe"],
                condition=~Q(dedupe=""),
                name="mail_once",
                violation_error_message=_("This mail is in the outbox already."),
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="mail_sent_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(bounced_at=None, bounce_status="")
                | (Q(bounced_at__isnull=False, sent_at__isnull=False) & ~Q(bounce_status="")),
                name="mail_that_came_back_was_sent",
                violation_error_message=_("Only a mail that was sent can come back, and its status says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.stamp()
        super().save(*args, **kwargs)

    def note_sent(self, now: datetime) -> bool:
        """Whether it was still claimed. Every mail waits for this statement, so it is not built anew for each."""
        told = {"sent_at": now, "attempts": self.attempts, "id": self.pk, "claim": self.claim}
        fields: dict[str, Any] = {name: self._meta.get_field(name) for name in told}
        with connection.cursor() as cursor:
            cursor.execute(SENT, [fields[name].get_db_prep_value(value, connection) for name, value in told.items()])
            return bool(cursor.rowcount)

    def claimed_before(self, moment: datetime) -> bool:
        """Whether its claim is that old, or there is none."""
        return self.claimed_at is None or self.claimed_at < moment

    def stamp(self) -> None:
        """Before it is saved. Raises WrongProcess."""
        if settings.FACE not in ("worker", "both"):
            raise WrongProcess(settings.FACE)
        self.to_key = normal(self.to)


class SuppressionQuerySet(models.QuerySet):
    def of(self, address: str) -> "SuppressionQuerySet":
        return self.filter(address=normal(address))

    def bounced(self) -> "SuppressionQuerySet":
        """Addresses from which mail comes back: the only reason a colleague may lift."""
        return self.filter(reason=Suppression.Reason.BOUNCED)


class Suppression(models.Model):
    """An address that gets no mail: it bounced, or its owner wants none."""

    class Reason(models.TextChoices):
        BOUNCED = "bounced", _("Mail to it comes back")
        UNWANTED = "unwanted", _("Its owner wants none")
        COMPLAINT = "complaint", _("Its owner complained")

    address = models.CharField(_("address"), max_length=254, primary_key=True)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    since = models.DateTimeField(_("since"))
    status = models.CharField(max_length=11, blank=True)  # of one that bounced, as its mail has it

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        ordering = ["-since"]
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")

    def __str__(self) -> str:
        return self.address

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.address = normal(self.address)
        super().save(*args, **kwargs)


class WordingQuerySet(models.QuerySet):
    def of(self, kind: str, language: str) -> "WordingQuerySet":
        """Every version, the newest first."""
        return self.filter(kind=kind, language=language).order_by("-number")

    def newest(self) -> "WordingQuerySet":
        """The version of each kind and language that counts."""
        later = Wording.objects.filter(kind=OuterRef("kind"), language=OuterRef("language"))
        return self.filter(~Exists(later.filter(number__gt=OuterRef("number"))))


class Wording(models.Model):
    """One version of the words of a kind of mail in one language; rows are added, never changed.

    The newest counts. One without words says that the built-in words count again from then on.
    """

    kind = models.CharField(max_length=80)
    language = models.CharField(max_length=5)
    number = models.PositiveIntegerField()  # 1, 2, 3 …: whoever saves second finds theirs taken
    subject = models.CharField(_("subject"), max_length=120, blank=True)
    text = models.TextField(_("text"), max_length=5000, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "language", "-number"]
        verbose_name = _("words of a mail")
        verbose_name_plural = _("words of mails")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language", "number"],
                name="wording_saved_once",
                violation_error_message=_("Somebody saved this mail meanwhile."),
            ),
            models.CheckConstraint(
                condition=Q(subject="", text="") | (~Q(subject="") & ~Q(text="")), name="wording_is_whole_or_none"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.number}"

    @property
    def is_built_in(self) -> bool:
        """Whether it gave the built-in words back."""
        return not self.text


class MailboxQuerySet(models.QuerySet):
    def of(self, address: str) -> "MailboxQuerySet":
        return self.filter(address=normal(address))

    def declining(self, group: str) -> "MailboxQuerySet":
        """Those that want none of this group; on both databases the list is read as its text."""
        return self.annotate(said=Cast("unwanted", models.TextField())).filter(said__contains=f'"{group}"')

    def silent_by(self, moment: datetime) -> "MailboxQuerySet":
        """Those nobody has chosen anything for, whose links have ended."""
        return self.filter(chosen_at=None, links_until__lte=moment)


class Mailbox(models.Model):
    """An address we write to: which groups of mails its owner wants none of, and the two links that say so.

    An address is not a person (product.md, rule 14): what one of a board chooses holds for all who share the address.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.CharField(_("address"), max_length=254, unique=True)  # see normal()
    unwanted = models.JSONField(default=list)  # names of groups (kinds.py)
    chosen_at = models.DateTimeField(_("chosen"), null=True)  # NULL: never
    nonce = models.CharField(max_length=32, blank=True)  # "": no link was made yet, and the next three say nothing
    choose_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 unique, and missing at first
    stop_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 unique, and missing at first
    links_until = models.DateTimeField(null=True)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")

    def __str__(self) -> str:
        return self.address

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.address = normal(self.address)
        super().save(*args, **kwargs)
