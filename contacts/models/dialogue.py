"""One conversation that took place, and what it was about."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, ExpressionWrapper, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from outreach.accounts.models import Team, User
from outreach.gathering import Gathered
from outreach.places.folding import fold
from outreach.sealing.fields import OpenedAs, SealedTextField
from outreach.sealing.key_files import RESTRICTED_NOTES

from .note import NOTE, NoteReaders, note_read_by
from .organisation import Organisation
from .person import Person
from .topics import Initiative, Topic
from .visibility import ReadQuerySet, may_read


class DialogueQuerySet(ReadQuerySet):
    def visible_to(self, user):
        """Those ``user`` wrote or took part in, or with at least one participant ``user`` may see."""
        if not may_read(user):
            return self.none()
        return self.filter(
            _was_there(user)
            | Exists(_participants("people").filter(Person.objects.seen_at("person", user)))
            | Exists(_participants("organisations").filter(Organisation.objects.seen_at("organisation", user)))
        ).read_by(user)

    def with_contact(self, contact, user):
        """Those of ``visible_to`` with ``contact``: with one whom every reader may see, all of them."""
        those = self.filter(**{"people" if isinstance(contact, Person) else "organisations": contact})
        if contact.restricted or not may_read(user):
            return those.visible_to(user)
        return those.read_by(user)

    def changeable_by(self, user):
        """Those ``user`` wrote or was in: they may correct them (``can_be_changed_by``)."""
        return self.filter(_was_there(user))

    def written_by(self, user):
        return self.filter(author=user)

    def with_officer(self, user):
        """Those ``user`` took part in; whoever writes a dialogue down was in it."""
        return self.filter(officers=user)

    def talks(self):
        """Those that count as having talked: the rhythm goes by them."""
        return self.filter(Q(counts=True) | Q(counts=None, kind__in=Dialogue.Kind.talks()))

    def newest_first(self):
        return self.order_by("-date", "-id")

    def with_note_read_by(self, user):
        """Those whose note ``user`` reads, or would, if there were one; among those ``user`` may know of."""
        return self.filter(_note_read_by(user))

    def as_read_by(self, user):
        """With ``note_to_read`` (empty unless ``user`` is a reader of the note) and its participants."""
        return self.with_note_to_read(user).with_participants(user).select_related("author", "note_by", "note_team")

    def with_note_to_read(self, user):
        note = Case(When(_note_read_by(user), then=F("note")), default=Value("", models.TextField()))
        return self.defer("note").annotate(note_to_read=note)

    def with_participants(self, user):
        """With the participants ``user`` may see (``seen_people``, ``seen_organisations``) and, for one who was
        there, how many more in ``hidden``."""
        people = Person.objects.visible_to(user)
        organisations = Organisation.objects.visible_to(user).only("name", "restricted", "kind")
        return self._with_number_of_participants(user).prefetch_related(
            Prefetch("people", people.only("name", "restricted"), to_attr="seen_people"),
            Prefetch("organisations", organisations, to_attr="seen_organisations"),
            Prefetch("officers", User.objects.only("name")),
        )

    def gathering_participants(self, user):
        """The same in one query: rows of ``told_people`` and ``told_organisations``, for gathering.made, and the keys
        of colleagues who were there (``told_officers``) or are named as readers of the note (``told_named``)."""
        return self._with_number_of_participants(user).annotate(
            told_people=_gathered("people", "person", Person.objects.seen_at("person", user)),
            told_organisations=_gathered(
                "organisations", "organisation", Organisation.objects.seen_at("organisation", user)
            ),
            told_officers=Gathered(_participants("officers").order_by("user__name").values("user_id")),
            told_named=Gathered(_participants("note_named").order_by("user__name").values("user_id")),
        )

    def _with_number_of_participants(self, user):
        return self.annotate(
            participant_count=_count("people") + _count("organisations"),
            was_there=ExpressionWrapper(_was_there(user), models.BooleanField()),
        )

    def saying_if_note_is_open(self, user):
        """With ``note_is_open``: there is neither a note nor a file of the note that ``user`` may not read."""
        attachment = self.model._meta.get_field("attachments").related_model
        filed = Exists(attachment.objects.filter(dialogue=OuterRef("pk"), part="note"))
        is_open = _note_read_by(user) | (Q(note="") & ~Q(filed))
        return self.annotate(note_is_open=Case(When(is_open, then=Value(True)), default=Value(False)))


def _note_read_by(user):
    return note_read_by(user, Dialogue, writer="note_by", else_by="author")


def _was_there(user):
    """Whether ``user`` wrote the outer dialogue or took part in it."""
    return Q(author=user) | Exists(_participants("officers").filter(user=user))


def _participants(field):
    """The rows that join the outer dialogue to its people, organisations, officers or readers of its note.

    Said twice, so that PostgreSQL looks them up for each dialogue: by the first alone it would collect those of all
    300,000 dialogues to show 25, and under the second lock put its rules to each.
    """
    return getattr(Dialogue, field).through.objects.filter(dialogue=OuterRef("pk"), dialogue__gte=OuterRef("pk"))


def _gathered(field, end, seen):
    rows = _participants(field).filter(seen).order_by(f"{end}__name", end)
    return Gathered(rows.values(f"{end}_id", f"{end}__name", f"{end}__restricted"))


def _count(field):
    rows = _participants(field).order_by().values("dialogue").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(rows), 0)


class Dialogue(models.Model):
    """A conversation. The summary is fit for the counterpart's eyes; the note is ours and has its own readers."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("Meeting")
        VISIT = "visit", _("Visit")
        CALL = "call", _("Call")
        EMAIL = "email", _("E-mail")
        EVENT = "event", _("Event")

        @classmethod
        def talks(cls):
            """Those that usually count for the rhythm; a mail, or being at the same event, is not yet a talk."""
            return [cls.MEETING, cls.VISIT, cls.CALL]

    NoteReaders = NoteReaders

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.MEETING)
    date = models.DateField(_("date"))
    starts_at = models.TimeField(_("time"), null=True, blank=True)  # NULL: not noted
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)  # NULL: not noted
    place = models.CharField(_("place"), max_length=140, blank=True)
    people = models.ManyToManyField(Person, verbose_name=_("people"), related_name="dialogues", blank=True)
    organisations = models.ManyToManyField(
        Organisation, verbose_name=_("organisations"), related_name="dialogues", blank=True
    )
    officers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("colleagues"), related_name="dialogues", blank=True
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), related_name="dialogues", blank=True)
    initiative = models.ForeignKey(
        Initiative, models.PROTECT, verbose_name=_("initiative"), null=True, blank=True, related_name="dialogues"
    )  # NULL: none of the action plan's
    event = models.ForeignKey(
        "events.Event", models.SET_NULL, verbose_name=_("event"), null=True, blank=True, related_name="dialogues"
    )  # NULL: no event of ours
    summary = models.TextField(_("shareable summary"), max_length=4000)
    note = SealedTextField(_("internal note"), register=RESTRICTED_NOTES, kind=NOTE, max_length=4000, blank=True)
    note_readers = models.CharField(
        _("who may read the note"), max_length=10, choices=NoteReaders, default=NoteReaders.TEAM
    )
    note_named = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("colleagues who may read the note"), related_name="+", blank=True
    )
    note_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )  # who wrote the note; NULL: the author
    note_team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )  # whom "my team" meant when the note was written; NULL: the writer had none, or it is for others
    counts = models.BooleanField(_("counts for the rhythm"), null=True, blank=True)  # NULL: as its kind usually does
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)  # grows with each correction
    search_key = models.TextField(editable=False, default="")  # what others may read of it, folded; never the note
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    note_to_read = OpenedAs("note")  # put there by as_read_by
    note_is_open: bool  # put there by saying_if_note_is_open

    objects = DialogueQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-id"]
        verbose_name = _("dialogue")
        verbose_name_plural = _("dialogues")
        indexes = [
            models.Index(fields=["author", "-date", "-id"], name="dialogue_of_author"),
            models.Index(fields=["-date", "-id"], name="dialogue_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__range=(1, 1440)),
                name="dialogue_lasts_a_day_at_most",
                violation_error_message=_("A dialogue lasts a minute at least and a day at most."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.date}"

    def save(self, *args, **kwargs):
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Set the field that follows from the others. Whoever writes dialogues in bulk calls it on each before."""
        self.search_key = fold(f"{self.summary} {self.place}")

    @property
    def is_talk(self) -> bool:
        """Whether it counts as having talked, as ``talks`` says of rows."""
        return self.kind in self.Kind.talks() if self.counts is None else self.counts

    @property
    def note_writer(self) -> User:
        return self.note_by or self.author

    @property
    def hidden(self) -> int:
        """How many participants the reader may not see; asks for a dialogue from ``as_read_by``.

        0 for a reader who was not there: that somebody is hidden shows in no count.
        """
        if not self.was_there:
            return 0
        return self.participant_count - len(self.seen)

    @property
    def seen(self) -> list[Person | Organisation]:
        """The participants the reader may see; asks for a dialogue from ``as_read_by``."""
        return [*self.seen_people, *self.seen_organisations]

    def can_be_changed_by(self, user) -> bool:
        """Whoever wrote it, or was in it, may correct it."""
        return user.pk == self.author_id or user in self.officers.all()
