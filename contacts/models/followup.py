"""Something promised, with an owner and a due date; with a time of day it is a planned conversation."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .dialogue import Dialogue
from .organisation import Organisation
from .person import Person
from .versioned import Versioned
from .visibility import may_read


class FollowUpQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those ``user`` owns, or that are about contacts ``user`` may see; none about a contact hidden from them."""
        if not may_read(user):
            return self.none()
        return self.keepable_by(user).filter(Q(owner=user) | ~Q(person=None, organisation=None))

    def keepable_by(self, user):
        """Those ``user`` may see once they own them: about nobody, or only about contacts ``user`` may see."""
        person = Q(person=None) | Person.objects.seen_at("person", user)
        organisation = Q(organisation=None) | Organisation.objects.seen_at("organisation", user)
        return self.filter(person, organisation)

    def owned_by(self, user):
        return self.filter(owner=user)

    def open(self):
        return self.filter(done_at=None)

    def done(self):
        return self.exclude(done_at=None).order_by("-done_at")

    def overdue(self, today):
        return self.open().filter(due_on__lt=today)

    def today(self, today):
        return self.open().filter(due_on=today)

    def this_week(self, today):
        """Due within seven days, today apart."""
        return self.open().filter(due_on__gt=today, due_on__lte=today + timedelta(days=7))

    def later(self, today):
        return self.open().filter(due_on__gt=today + timedelta(days=7))

    def due_by(self, day):
        """Overdue, or due on ``day`` at the latest."""
        return self.open().filter(due_on__lte=day)

    def by_colleague(self):
        """Under each owner those that are most urgent first."""
        return self.order_by("owner__name", "owner", "due_on", "-priority", "pk")

    def with_priority(self, priority):
        return self.filter(priority=priority)

    def waiting(self):
        """Those that wait for somebody or something."""
        return self.exclude(waiting_for="")

    def of_colleagues_of(self, user):
        """Those owned by ``user`` and the members of ``user``'s teams."""
        members = user._meta.model.teams.through.objects.filter(team__in=user.teams.values("pk")).values("user")
        return self.filter(Q(owner=user) | Q(owner__in=members))

    def urgent_first(self):
        """Overdue before what is due, and on one day what matters most."""
        return self.order_by("due_on", "-priority", "pk")

    def promises(self):
        return self.filter(starts_at=None)

    def meetings(self):
        """Planned conversations, in the order of the day."""
        return self.filter(starts_at__isnull=False).order_by("due_on", "starts_at", "pk")

    def with_contacts(self):
        return self.select_related("person", "organisation", "owner")


class FollowUp(Versioned):
    class Priority(models.IntegerChoices):
        LOW = 1, _("Low")
        NORMAL = 2, _("Normal")
        HIGH = 3, _("High")

    class Outcome(models.TextChoices):
        KEPT = "kept", _("We kept it")
        NOT_NEEDED = "not_needed", _("It was not needed any more")
        COULD_NOT = "could_not", _("We could not")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("what we promised"), max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("owner"), related_name="follow_ups"
    )
    due_on = models.DateField(_("due"))
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.NORMAL)
    waiting_for = models.CharField(_("waiting for"), max_length=80, blank=True)
    starts_at = models.TimeField(_("time"), null=True, blank=True)  # NULL: no conversation, something to do that day
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)  # NULL: not agreed
    kind = models.CharField(_("how"), max_length=10, choices=Dialogue.Kind, blank=True)
    place = models.CharField(_("place"), max_length=140, blank=True)
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
        Dialogue, models.SET_NULL, null=True, blank=True, related_name="follow_ups"
    )  # where it was promised; NULL: not in a logged dialogue
    held_as = models.ForeignKey(
        Dialogue, models.SET_NULL, null=True, blank=True, related_name="planned_as"
    )  # the dialogue a planned conversation became; NULL: not logged
    invitation = models.OneToOneField(
        "events.DialogueRequest", models.SET_NULL, null=True, blank=True, related_name="follow_up"
    )  # the association's invitation it answers; NULL: none, or erased by now
    promised_on = models.DateField(_("promised"))
    done_at = models.DateTimeField(null=True, blank=True)  # NULL: still open
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    outcome_text = models.CharField(_("what came of it"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        indexes = [models.Index(fields=["owner", "done_at", "due_on"], name="followup_my_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=False) | Q(outcome="", outcome_text=""),
                name="followup_outcome_once_done",
                violation_error_message=_("Only what is done has an outcome."),
            ),
            models.CheckConstraint(
                condition=Q(priority__in=[1, 2, 3]),
                name="followup_known_priority",
                violation_error_message=_("Choose low, normal or high."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_meeting(self) -> bool:
        return self.starts_at is not None

    @property
    def contact(self) -> Person | Organisation | None:
        """Whom it is about: the person, else the organisation."""
        return self.person or self.organisation

    @property
    def about(self) -> list[Person | Organisation]:
        """Whom it was promised: the person and the organisation, where there are such."""
        return [one for one in (self.person, self.organisation) if one]

    def days_over(self, today) -> int:
        """Days past the due day; zero or less while there is time."""
        return (today - self.due_on).days
