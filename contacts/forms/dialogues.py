"""Logging a dialogue: who, how, one line. Everything else is folded and may be left out."""

from collections import Counter
from functools import cache

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts import vocabulary
from contacts.forms.base import TOO_FAR_BACK, WorkspaceForm, colleagues
from contacts.forms.files import FilesMixin
from contacts.forms.offers import EventField, InitiativeField, ManyField, TopicsField
from contacts.forms.promises import PromisesMixin
from contacts.models import Attachment, Dialogue, Topic
from contacts.services.choosing import known_events, latest_events
from contacts.services.logging import Present
from outreach.design.forms import DateInput, TimeInput
from outreach.once import OnceMixin
from outreach.prepared import prepared

QUICK = [Dialogue.Kind.MEETING, Dialogue.Kind.VISIT, Dialogue.Kind.CALL, Dialogue.Kind.EMAIL]
TOPICS_IN_SIGHT = 4
REMEMBERED = 50  # of the latest dialogues one wrote
FIRST_YEAR = 2000
FILLED = ("kind", "summary", "note_readers", "note", "date", "starts_at", "minutes", "place", "initiative", "event")
FILLED += ("counts",)


class ConversationForm(FilesMixin, WorkspaceForm):
    """What a new dialogue and a corrected one have in common. ``options`` are the participants on offer."""

    kind = forms.ChoiceField(label=_("How?"), choices=Dialogue.Kind.choices, widget=forms.RadioSelect)
    summary = forms.CharField(
        label=_("What did you talk about?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One line that the counterpart may read. Every colleague who may see the contact reads it."),
        error_messages={"required": _("Write one line about what you talked about.")},
    )
    topics = TopicsField(label=_("Topics"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple)
    note_readers = forms.ChoiceField(
        label=_("Who may read the note?"), choices=Dialogue.NoteReaders.choices, widget=forms.RadioSelect
    )
    note_named = ManyField(
        label=_("Whom do you name?"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only if you chose that above. A colleague who may not see the contact reads nothing."),
    )
    note = forms.CharField(
        label=_("Internal note"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read by those you chose above. It is kept encrypted, and never found by a search."),
    )
    date = forms.DateField(label=_("Date"), widget=DateInput)
    starts_at = forms.TimeField(label=_("Time"), required=False, widget=TimeInput)
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=1440)
    place = forms.CharField(label=_("Place"), required=False, max_length=140)
    officers = ManyField(
        label=_("Colleagues who were there"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    counts = forms.TypedChoiceField(
        label=_("Does it count for the rhythm?"),
        required=False,
        choices=[("", _("As usual: meetings, visits and calls do")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
    )
    initiative = InitiativeField(label=_("Action-plan initiative"), queryset=None, required=False)
    event = EventField(label=_("Event"), queryset=None, required=False)
    find = forms.CharField(label=_("Another person or organisation"), required=False, max_length=140)

    def __init__(self, *args, user, now, options, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.user, self.today, self.clock = user, now.date(), now.time()
        self.options = {who.value: who for who in options}
        self.offer_words()
        self.offer_events(user)

    def offer_words(self):
        """Topics, initiatives and colleagues there are to choose from."""
        others = [one for one in vocabulary.at_work() if one != self.user]
        for name in ("officers", "note_named"):
            self.fields[name].offer(lambda: others, among=colleagues().exclude(pk=self.user.pk))
        self.fields["topics"].offer(
            lambda: usual_first(vocabulary.topics_on_offer(), self.user), among=Topic.objects.on_offer()
        )
        self.fields["initiative"].offer(vocabulary.initiatives_on_offer())

    def offer_events(self, user, chosen=None):
        """The latest events, and the one chosen; any that ``user`` may know of is valid."""
        self.fields["event"].queryset = known_events(user)

        @cache
        def choices():
            latest = latest_events(user, today=self.today, chosen=chosen or self["event"].value())
            return [("", _("None")), *((event.pk, event.known_as) for event in latest)]

        self.fields["event"].choices = choices

    def clean_date(self):
        day = self.cleaned_data["date"]
        if day > self.today:
            raise forms.ValidationError(_("The dialogue lies in the future. Plan it as a follow-up instead."))
        if day.year < FIRST_YEAR:
            raise forms.ValidationError(TOO_FAR_BACK)
        return day

    def clean_event(self):
        event = self.cleaned_data["event"]
        if event and timezone.localdate(event.starts_at) > self.today:
            raise forms.ValidationError(_("The event has not been held yet."))
        return event

    def clean(self):
        cleaned = super().clean()
        begins = cleaned.get("starts_at")
        if begins and cleaned.get("date") == self.today and begins > self.clock:
            self.add_error("starts_at", forms.ValidationError(_("The dialogue begins later today.")))
        named = cleaned.get("note_readers") == Dialogue.NoteReaders.NAMED
        if named and not cleaned.get("note_named") and (cleaned.get("note") or self.is_of_note):
            self.add_error("note_named", forms.ValidationError(_("Choose the colleagues who may read the note.")))
        return cleaned

    @property
    def is_of_note(self):
        """Whether the files are for the readers of the note."""
        chosen = self.cleaned_data.get("part") == Attachment.Part.NOTE
        return chosen and bool(self.attachments or self.taken or self.doubtful)

    @property
    def offered(self):
        """Everybody this page names to choose from."""
        return [*self.options.values()]

    def fill(self, dialogue):
        """Write what was typed into ``dialogue``; participants and topics follow when it is saved."""
        for name in FILLED:
            if name in self.cleaned_data:
                setattr(dialogue, name, self.cleaned_data[name])
        return dialogue

    def unfolded(self, *names):
        """Whether a folded part must stand open: something stands in it, or must be mended."""
        return any(name in self.errors or self[name].value() for name in names)

    @property
    def topics_open(self):
        chosen = {str(getattr(value, "pk", value)) for value in self["topics"].value() or []}
        out_of_sight = [str(key) for key, _name in self.fields["topics"].choices[TOPICS_IN_SIGHT:]]
        return "topics" in self.errors or not chosen.isdisjoint(out_of_sight)

    @property
    def note_open(self):
        return "note" in self.fields and self.unfolded("note", "note_named")

    @property
    def belongs_open(self):
        return any(name in self.fields and self.unfolded(name) for name in ("initiative", "event"))

    @property
    def others_open(self):
        return self.unfolded("others", "find_other")

    @property
    def more_open(self):
        moved = str(self["date"].value()) != self.today.isoformat()
        folded = ("starts_at", "minutes", "place", "officers", "counts")
        return moved or "date" in self.errors or self.unfolded(*folded)


CHOOSE = _("Choose whom you talked with.")
HELD_ALREADY = _("This conversation is logged or done by now. Choose whom you talked with.")


class LogForm(PromisesMixin, OnceMixin, ConversationForm):
    """The quick form: one choice of whom, perhaps others who were there, and what was promised."""

    names = ConversationForm.names | {"find_other"}

    who = forms.ChoiceField(
        label=_("Whom did you talk with?"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE},
    )
    others = forms.MultipleChoiceField(
        label=_("Who else was there?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose among the people and organisations shown.")},
    )
    find_other = forms.CharField(label=_("Somebody else who was there"), required=False, max_length=140)
    with_organisation = forms.BooleanField(
        label=_("Show the dialogue with the person's organisation too"), required=False
    )

    field_order = ["who", "find", "others", "find_other", "kind", "summary", "topics"]
    field_order += ["promise", "promise_due", "promise_owner", "note_readers", "note"]

    def __init__(self, *args, others=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.add_promises()
        self.offer_others(others)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in self._kinds()]
        self.offer(self.options.values())
        first = self.options.get(self.initial.get("who")) or next(iter(self.options.values()), None)
        self.initial = {
            "date": self.today,
            "note_readers": Dialogue.NoteReaders.TEAM,
            "part": Attachment.Part.SUMMARY,
            "with_organisation": True,
            "kind": self._usual_kind(first),
            "who": first.value if first and (first.meeting or len(self.options) == 1) else None,
            **self.initial,
        }

    def full_clean(self):
        planned = str(self.data.get("who", "")).startswith("meeting:")
        self.fields["who"].error_messages["invalid_choice"] = HELD_ALREADY if planned else CHOOSE
        super().full_clean()

    def offer(self, options):
        """Whom one may have talked with."""
        self.options = {who.value: who for who in options}
        self.fields["who"].choices = list(self.options.items())

    def offer_others(self, others):
        """Who may have been there besides: people and organisations, no plans."""
        self.besides = {who.value: who for who in others if who.meeting is None}
        self.fields["others"].choices = list(self.besides.items())

    @property
    def offered(self):
        return [*super().offered, *self.besides.values()]

    def _usual_kind(self, first):
        if self.initial.get("event"):
            return Dialogue.Kind.EVENT
        return first.kind if first else Dialogue.Kind.MEETING

    def _kinds(self):
        """One kind more for what was said at an event."""
        at_event = self.initial.get("event") or self.data.get("kind") == Dialogue.Kind.EVENT
        return [*QUICK, Dialogue.Kind.EVENT] if at_event else QUICK

    @property
    def chosen(self):
        return self.options[self.cleaned_data["who"]]

    @property
    def promised_to(self):
        """Whom the dialogue was with first of all."""
        chosen = self.options.get(self.cleaned_data.get("who"))
        return next(iter((*chosen.people, *chosen.organisations)), None) if chosen else None

    def present(self):
        """Who was there: who was chosen, and the organisations of the people if the officer wants that."""
        there = [self.chosen, *(self.besides[value] for value in self.cleaned_data["others"])]
        organisations = [one for who in there for one in who.organisations]
        if self.cleaned_data["with_organisation"]:
            organisations += [who.also for who in there if who.also]
        people = dict.fromkeys(person for who in there for person in who.people)
        return Present(list(people), list(dict.fromkeys(organisations)), self.cleaned_data["officers"])


def usual_first(topics, user):
    """``topics`` with those ``user`` has written about most of late first."""
    used = Counter(link.topic_id for link in _latest_topics(user))
    return sorted(topics, key=lambda topic: (-used[topic.pk], topic.name_da))


@prepared
def _latest_topics(user):
    latest = Dialogue.objects.written_by(user).newest_first().values("pk")[:REMEMBERED]
    return Dialogue.topics.through.objects.filter(dialogue__in=latest)
