"""Planning an event: the facts, and the plain texts that make its public page."""

from datetime import timedelta

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Hidden, Layout, Row, Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.models import Event, Mode, PartnerKind
from events.seams import planning_fields
from events.services import capacity, planning
from events.services.capacity import SeatPlan
from outreach.design.forms import DateTimeInput, WallClockField
from outreach.once import OnceMixin
from outreach.privacy.workspace import WorkspaceGuard

LONG = forms.Textarea({"rows": 5})
A_YEAR = timedelta(days=366)  # earlier than that, a digit of the year was forgotten
FARTHEST = timedelta(days=3 * 366)  # and farther than that, one was mistyped
LONGEST = timedelta(days=31)


def seats_field(label, *, required=False, **options):
    return forms.IntegerField(label=label, required=required, min_value=0, max_value=100_000, **options)


class EventForm(OnceMixin, WorkspaceGuard, forms.ModelForm):
    """The facts of one event. Times are Danish wall-clock times; ``capacity`` is the number of seats."""

    asks_about_words = False  # the public reads it, and an evening about worry says so
    capacity = seats_field(_("Number of seats"), required=True)
    in_person = seats_field(_("Of them at the venue"), help_text=_("Only if fewer than all."))
    online = seats_field(_("Of them online"), help_text=_("Only if fewer than all."))
    release_at = WallClockField(
        label=_("Held until"), required=False, widget=DateTimeInput, help_text=_("Then what is left is for everybody.")
    )

    class Meta:
        model = Event
        fields = [
            "title",
            "public_title",
            "internal_title",
            "kind",
            "audience",
            "audiences",
            "summary",
            "language",
            "interpreter",
            "starts_at",
            "ends_at",
            "whole_days",
            "registration_closes_at",
            "venue_name",
            "venue_address",
            "municipality",
            "accessibility",
            "attendance",
            "needs_approval",
            "asks_days_before",
            "releases_days_before",
            "visibility",
            "team",
            "text_before",
            "text_during",
            "text_after",
        ]
        widgets = {
            "starts_at": DateTimeInput,
            "ends_at": DateTimeInput,
            "registration_closes_at": DateTimeInput,
            "text_before": LONG,
            "text_during": LONG,
            "text_after": LONG,
        }
        field_classes = dict.fromkeys(["starts_at", "ends_at", "registration_closes_at"], WallClockField)
        help_texts = {
            "title": _("Everybody reads it on the public page."),
            "public_title": _(
                "Everybody reads it in mails and calendars. Do not name the topic: “Network meeting 2 December”."
            ),
            "internal_title": _("Only the workspace shows it. If left out, the title."),
            "audience": _("Everybody reads it, for example “for housing workers”."),
            "audiences": _("One can filter the calendar by them."),
            "interpreter": _("Everybody reads it, for example “Arabic and Somali”. If left out, one can ask for it."),
            "summary": _("Everybody reads it: one or two sentences."),
            "registration_closes_at": _("If left out, at the start."),
            "whole_days": _("Whatever hours you write: pages, mails and calendars show the days only."),
            "accessibility": _("For example “step-free, hearing loop”."),
            "attendance": _("Online only: then nobody is shown the venue, its address and how one gets in."),
            "asks_days_before": _(
                "Everybody with a seat gets one mail with a yes and a no. If left out, nobody is asked."
            ),
            "releases_days_before": _("They get a mail, and the seat is offered to the next on the waiting list."),
            "team": _("Everybody in the team sees the registrations."),
            "text_during": _("Everybody reads it: how to find the way, when the doors open."),
            "text_after": _("Everybody reads it when the event is over."),
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        teams = list(user.teams.all())
        self.fields["team"].queryset = user.teams.all()
        if self.instance._state.adding and len(teams) == 1:
            self.fields["team"].initial = teams[0]
        further = planning_fields(None if self.instance._state.adding else self.instance)
        self.fields |= further
        self.fields |= {held(kind): seats_field(kind.label) for kind in PartnerKind}
        if not self.instance._state.adding:
            self.initial |= seats_told(capacity.current(self.instance))
        self.helper = FormHelper()
        self.helper.render_hidden_fields = True
        self.helper.layout = Layout(
            Fieldset(
                _("What"), "title", "public_title", "internal_title", Row("kind", "language"), "interpreter", "summary"
            ),
            Fieldset(_("For whom"), "audience", "audiences"),
            *([Fieldset(_("What it is about"), *further)] if further else []),
            Fieldset(_("When"), Row("starts_at", "ends_at"), "whole_days", "registration_closes_at"),
            Fieldset(_("Where"), "venue_name", Row("venue_address", "municipality"), "accessibility"),
            Fieldset(_("Seats"), Row("attendance", "capacity"), Row("in_person", "online"), "needs_approval"),
            Fieldset(_("Seats held for some"), *in_pairs([*map(held, PartnerKind), "release_at"])),
            Fieldset(_("Who still comes?"), Row("asks_days_before", "releases_days_before")),
            Fieldset(_("Who"), Row("visibility", "team")),
            Fieldset(_("Texts"), "text_before", "text_during", "text_after"),
            Submit("save", _("Save")),
        )

    @property
    def facts(self):
        """The fields of Event, without the seats: these have a counter of their own."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    @property
    def seats(self):
        """The seats as planned; a mode has a number of its own only where one can choose."""
        data = self.cleaned_data
        both = data["attendance"] == Event.Attendance.BOTH
        kept = {kind.value: data[held(kind)] for kind in PartnerKind if data[held(kind)]}
        in_person, online = (data["in_person"], data["online"]) if both else (None, None)
        return SeatPlan(data["capacity"], in_person, online, kept, data["release_at"] if kept else None)

    def ask_first(self, agreed, count):
        """Have the button say how many mails it sends, and send along what it is pressed for."""
        words = ngettext("Save and send %(count)d mail", "Save and send %(count)d mails", count)
        self.helper.layout[-1] = Submit("save", words % {"count": count})
        self.helper.layout.append(Hidden("agreed", agreed))

    def refuse_seats(self, refused):
        """Say at the number that is too low what it takes."""
        fields = {"capacity": "capacity", Mode.IN_PERSON: "in_person", Mode.ONLINE: "online"}
        words = _("%(least)d seats are taken or held. Cancel some of them first, or keep at least %(least)d.")
        self.add_error(fields.get(refused.where) or held(refused.where), words % {"least": refused.least})

    def clean(self):
        data = super().clean()
        data.update(planning.in_keeping(data, data.get("attendance", "")))
        starts, ends, closes = (data.get(name) for name in ("starts_at", "ends_at", "registration_closes_at"))
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("The event ends before it starts."))
        if starts and ends and ends - starts > LONGEST:
            self.add_error("ends_at", _("The event lasts more than 31 days."))
        if starts and starts > timezone.now() + FARTHEST:
            self.add_error("starts_at", _("The event is more than three years ahead."))
        if starts and closes and closes > starts:
            self.add_error("registration_closes_at", _("Registration closes after the event has started."))
        if starts and closes and closes < starts - A_YEAR:
            self.add_error("registration_closes_at", _("Registration closes more than a year before the event."))
        if starts and "starts_at" in self.changed_data and starts < timezone.now():
            self.add_error("starts_at", _("The event starts in the past."))
        if not data.get("venue_name") and data.get("attendance") != Event.Attendance.ONLINE:
            self.add_error("venue_name", _("Write where, or choose that it is online."))
        asks, releases = data.get("asks_days_before"), data.get("releases_days_before")
        if (asks is None) != (releases is None):
            missing = "asks_days_before" if asks is None else "releases_days_before"
            self.add_error(missing, _("Write both numbers, or neither."))
        elif asks is not None and asks <= releases:
            self.add_error("asks_days_before", _("Ask at least a day before the seats are free."))
        elif asks is not None and asks > 60:
            self.add_error("asks_days_before", _("Ask at most 60 days before."))
        kept = sum(data.get(held(kind)) or 0 for kind in PartnerKind)
        if kept > (data.get("capacity") or 0):
            self.add_error("capacity", _("More seats are held than there are."))
        if kept and not data.get("release_at"):
            self.add_error("release_at", _("Write until when the seats are held."))
        if kept and starts and (data.get("release_at") or starts) > starts:
            self.add_error("release_at", _("The seats are held until after the start."))
        return data


def in_pairs(names):
    """Two fields beside each other, row by row."""
    return [Row(*names[first : first + 2]) for first in range(0, len(names), 2)]


def held(kind):
    """The field that says how many seats are held for this kind."""
    return f"held_{kind}"


def seats_told(plan):
    """What the form shows of the seats as they are."""
    kept = {held(kind): seats for kind, seats in plan.held.items()}
    told = {"capacity": plan.capacity, "in_person": plan.in_person, "online": plan.online}
    return told | kept | {"release_at": plan.release_at}
