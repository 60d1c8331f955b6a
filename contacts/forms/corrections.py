"""Correcting a dialogue that is logged: its form, and what was typed in it held against what was saved meanwhile."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.forms.base import colleagues
from contacts.forms.dialogues import ConversationForm, usual_first
from contacts.models import Attachment, Dialogue, Initiative, Topic
from contacts.services.correcting import Correction, may_choose_readers
from contacts.services.logging import Present
from contacts.services.merging import UNITS
from contacts.services.revisions import NOTE, Values, keys, plain
from outreach.sealing.fields import Unreadable


class CorrectForm(ConversationForm):
    """A logged dialogue once more, with everybody the reader may see among its participants.

    ``dialogue`` is from ``as_read_by`` and ``saying_if_note_is_open``; ``values`` is what it says, or once said.
    """

    participants = forms.MultipleChoiceField(
        label=_("Who was there?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Choose among the people and organisations shown.")},
    )

    field_order = ["participants", "find", "kind", "summary", "topics", "note_readers", "note"]

    def __init__(self, *args, dialogue, values, **kwargs):
        super().__init__(*args, initial=values_shown(values), **kwargs)
        self.dialogue, self.hidden = dialogue, dialogue.hidden
        self.fields["participants"].choices = [(value, who) for value, who in self.options.items()]
        self.offer_what_was_chosen(values)
        self.unread_note = dialogue.note_to_read if isinstance(dialogue.note_to_read, Unreadable) else ""
        if not dialogue.note_is_open or self.unread_note:
            for name in (*NOTE, "part"):
                del self.fields[name]
        elif not may_choose_readers(dialogue, self.user):
            self.keep_readers()
        if (
            dialogue.event_id
            and not values["event"]
            and not self.fields["event"].queryset.filter(pk=dialogue.event_id)
        ):
            del self.fields["event"]  # one they may not know of stays

    def keep_readers(self):
        """Somebody else wrote the note: who reads it is shown, and stays whatever is sent."""
        dialogue, named = self.dialogue, self.dialogue.note_named.all()
        readers = dict(readers_of(dialogue.note_writer, dialogue.note_team))
        self.fields["note_readers"].choices = [(dialogue.note_readers, readers[dialogue.note_readers])]
        self.fields["note_readers"].help_text = _("%(name)s wrote the note and chooses.") % {
            "name": dialogue.note_writer
        }
        self.fields["note_named"].offer(lambda: named, among=named)
        self.fields["note_named"].label = _("Who is named?")
        self.fields["note_named"].help_text = _("A colleague who may not see the contact reads nothing.")
        self.fields["note"].help_text = _(
            "Read by those shown above. It is kept encrypted, and never found by a search."
        )
        self.initial |= {"note_readers": dialogue.note_readers, "note_named": keys(named)}
        for name in ("note_readers", "note_named"):
            self.fields[name].disabled = True

    def offer_what_was_chosen(self, values):
        """Whatever is on offer no longer, and a colleague who has left, stay chosen."""
        dialogue, fields = self.dialogue, self.fields
        topics = Topic.objects.filter(Q(on_offer=True) | Q(pk__in=values["topics"]))
        fields["topics"].offer(lambda: usual_first(topics, self.user), among=topics)
        fields["initiative"].offer(Initiative.objects.filter(Q(on_offer=True) | Q(pk__in=values["initiative"])))
        present = colleagues(also=values["officers"]).exclude(pk=dialogue.author_id)
        fields["officers"].offer(lambda: present, among=present)
        writer = dialogue.note_writer if dialogue.note_to_read else self.user
        named = colleagues(also=values.get("note_named", ())).exclude(pk=writer.pk)
        fields["note_named"].offer(lambda: named, among=named)

    def clean_participants(self):
        chosen = self.cleaned_data["participants"]
        if not chosen and not self.hidden:
            raise forms.ValidationError(_("Choose whom you talked with."))
        return chosen

    def values(self) -> Values:
        """What was typed, as ``services.revisions`` keeps it; only of fields this reader has."""
        typed = self.cleaned_data
        simple = ("kind", "minutes", "place", "summary", "note_readers", "note")
        values = {name: plain(typed[name]) for name in simple if name in typed}
        values |= {name: keys(typed[name]) for name in ("officers", "topics", "note_named") if name in typed}
        values |= {
            name: keys([typed[name]] if typed[name] else []) for name in ("initiative", "event") if name in typed
        }
        values["counts"] = {True: ["yes"], False: ["no"], None: []}[typed["counts"]]
        values["participants"] = sorted(typed["participants"])
        values["date"] = [typed["date"].isoformat()]
        values["starts_at"] = [f"{typed['starts_at']:%H:%M}"] if typed["starts_at"] else []
        if typed.get("note_readers") != Dialogue.NoteReaders.NAMED and "note_named" in values:
            values["note_named"] = []
        return values

    def present(self):
        chosen = [self.options[value] for value in self.cleaned_data["participants"]]
        people = [person for who in chosen for person in who.people]
        organisations = [organisation for who in chosen for organisation in who.organisations]
        return Present(people, organisations, self.cleaned_data["officers"])

    def correction(self):
        return Correction(
            self.present(),
            topics=self.cleaned_data["topics"],
            note_named=self.cleaned_data.get("note_named"),
            files=self.attachments,
            part=self.cleaned_data.get("part", Attachment.Part.SUMMARY),
        )


def values_shown(values: Values) -> dict:
    """``values`` as the initial ones of the form."""
    many = ("participants", "officers", "topics", "note_named")
    shown = {name: value if name in many else "".join(value) for name, value in values.items()}
    return {"part": Attachment.Part.SUMMARY, **shown}


def readers_of(writer, team):
    """Who may read a note that somebody else wrote."""
    named = {
        Dialogue.NoteReaders.ME: _("Only %(name)s") % {"name": writer},
        Dialogue.NoteReaders.TEAM: str(team) if team else _("The team of %(name)s") % {"name": writer},
        Dialogue.NoteReaders.NAMED: _("Colleagues whom %(name)s names") % {"name": writer},
    }
    return [(value, named.get(value, label)) for value, label in Dialogue.NoteReaders.choices]


def settled(sent, theirs: Values | None):
    """What was sent, with their value wherever somebody chose theirs (``take-<unit>``)."""
    data = sent.copy()
    for unit, names in UNITS.items():
        if theirs and data.pop(f"take-{unit}", [""])[-1] == "theirs":
            for name in names:
                data.setlist(name, theirs.get(name, []))
    return data


def put(data, values: Values):
    """``data`` with these values in the place of what was typed."""
    changed = data.copy()
    for name, value in values.items():
        changed.setlist(name, value)
    return changed
