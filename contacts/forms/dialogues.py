"""Logging a dialogue: who, how, one line. Everything else is folded and may be left out."""

from django import forms
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from contacts.forms.base import WorkspaceForm, colleagues
from contacts.models import Dialogue, Topic
from contacts.services.followups import usual_due
from contacts.services.logging import Present, Promise
from outreach.design.forms import DateInput, TimeInput
from outreach.once import OnceMixin

QUICK = [Dialogue.Kind.MEETING, Dialogue.Kind.VISIT, Dialogue.Kind.CALL, Dialogue.Kind.EMAIL]
TOPICS_IN_SIGHT = 4
REMEMBERED = 50  # of the latest dialogues one wrote


class TopicsField(forms.ModelMultipleChoiceField):
    default_error_messages = dict.fromkeys(["invalid_choice", "invalid_pk_value"], _("Choose among the topics."))

    def clean(self, value):
        """A number too large for any key is no choice; the database would not even look for it."""
        try:
            return super().clean(value)
        except OverflowError as error:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from error


class ConversationForm(WorkspaceForm):
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
    note = forms.CharField(
        label=_("Internal note"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read by those you chose above. It is never found by a search."),
    )
    date = forms.DateField(label=_("Date"), widget=DateInput)
    starts_at = forms.TimeField(label=_("Time"), required=False, widget=TimeInput)
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=1440)
    place = forms.CharField(label=_("Place"), required=False, max_length=140)
    officers = forms.ModelMultipleChoiceField(
        label=_("Colleagues who were there"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    find = forms.CharField(label=_("Another person or organisation"), required=False, max_length=140)

    def __init__(self, *args, user, today, options, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.user, self.today = user, today
        self.options = {who.value: who for who in options}
        self.fields["topics"].queryset = topics_of(user)
        self.fields["officers"].queryset = colleagues().exclude(pk=user.pk)

    def clean_date(self):
        day = self.cleaned_data["date"]
        if day > self.today:
            raise forms.ValidationError(_("The dialogue lies in the future. Plan it as a follow-up instead."))
        return day

    def fill(self, dialogue):
        """Write what was typed into ``dialogue``; participants and topics follow when it is saved."""
        for name in ("kind", "summary", "note_readers", "note", "date", "starts_at", "minutes", "place"):
            if name in self.cleaned_data:
                setattr(dialogue, name, self.cleaned_data[name])
        return dialogue

    def unfolded(self, *names):
        """Whether a folded part must stand open: something stands in it, or must be mended."""
        return any(name in self.errors or self[name].value() for name in names)

    @property
    def topics_open(self):
        chosen = {str(getattr(value, "pk", value)) for value in self["topics"].value() or []}
        out_of_sight = [str(topic.pk) for topic in self.fields["topics"].queryset[TOPICS_IN_SIGHT:]]
        return "topics" in self.errors or not chosen.isdisjoint(out_of_sight)

    @property
    def note_open(self):
        return "note" in self.fields and self.unfolded("note")

    @property
    def more_open(self):
        moved = str(self["date"].value()) != self.today.isoformat()
        return moved or "date" in self.errors or self.unfolded("starts_at", "minutes", "place", "officers")


class LogForm(OnceMixin, ConversationForm):
    """The quick form: one choice of whom, and perhaps a promise."""

    who = forms.ChoiceField(
        label=_("Whom did you talk with?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose whom you talked with."),
            "invalid_choice": _("Choose whom you talked with."),
        },
    )
    with_organisation = forms.BooleanField(
        label=_("Show the dialogue with the person's organisation too"), required=False
    )
    promise = forms.CharField(
        label=_("What did you promise?"),
        required=False,
        max_length=200,
        help_text=_("Read by every colleague who may see the contact."),
    )
    promise_due = forms.DateField(label=_("By when?"), required=False, widget=DateInput)

    field_order = ["who", "find", "kind", "summary", "topics", "promise", "promise_due", "note_readers", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in QUICK]
        self.fields["who"].choices = [(value, who) for value, who in self.options.items()]
        first = self.options.get(self.initial.get("who")) or next(iter(self.options.values()), None)
        self.initial = {
            "date": self.today,
            "note_readers": Dialogue.NoteReaders.TEAM,
            "promise_due": usual_due(self.today),
            "with_organisation": True,
            "kind": first.kind if first else Dialogue.Kind.MEETING,
            "who": first.value if first and (first.meeting or len(self.options) == 1) else None,
            **self.initial,
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("promise") and not cleaned.get("promise_due") and "promise_due" not in self.errors:
            self.add_error("promise_due", forms.ValidationError(_("Write by when you promised it.")))
        return cleaned

    @property
    def promise_open(self):
        return self.unfolded("promise") or "promise_due" in self.errors

    @property
    def chosen(self):
        return self.options[self.cleaned_data["who"]]

    def present(self):
        """Who was there: what was chosen, and the organisation of the person if the officer wants that."""
        who, organisations = self.chosen, list(self.chosen.organisations)
        if who.also and self.cleaned_data["with_organisation"]:
            organisations.append(who.also)
        return Present(who.people, organisations, self.cleaned_data["officers"])

    def promised(self):
        title = self.cleaned_data["promise"]
        return Promise(title, self.cleaned_data["promise_due"]) if title else None


class CorrectForm(ConversationForm):
    """A logged dialogue once more, with everybody the reader may see among its participants."""

    participants = forms.MultipleChoiceField(
        label=_("Who was there?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    field_order = ["participants", "find", "kind", "summary", "topics", "note_readers", "note"]

    def __init__(self, *args, reads_note, hidden, **kwargs):
        super().__init__(*args, **kwargs)
        self.hidden = hidden
        self.fields["participants"].choices = [(value, who) for value, who in self.options.items()]
        if not reads_note:
            del self.fields["note"], self.fields["note_readers"]

    def clean_participants(self):
        chosen = self.cleaned_data["participants"]
        if not chosen and not self.hidden:
            raise forms.ValidationError(_("Choose whom you talked with."))
        return chosen

    def present(self):
        chosen = [self.options[value] for value in self.cleaned_data["participants"]]
        people = [person for who in chosen for person in who.people]
        organisations = [organisation for who in chosen for organisation in who.organisations]
        return Present(people, organisations, self.cleaned_data["officers"])


def topics_of(user):
    """Every topic, those ``user`` has written about most of late before the rest."""
    latest = Dialogue.objects.written_by(user).newest_first().values("pk")[:REMEMBERED]
    mine = Dialogue.topics.through.objects.filter(dialogue__in=latest, topic=OuterRef("pk"))
    used = mine.order_by().values("topic").annotate(n=Count("pk")).values("n")
    return Topic.objects.annotate(used=Coalesce(Subquery(used), 0)).order_by("-used", "name_da")
