"""What an association fills in to invite us, and what an officer writes when the answer is no."""

from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Fieldset, Layout, Row, Submit
from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from content.models import Theme
from events.forms.by_mail import for_address
from outreach.design.forms import Consequence, PickSelect
from outreach.places.finding import find
from outreach.places.models import Municipality
from outreach.privacy.forms import FormTokenMixin, PublicFormHelper
from outreach.privacy.guard import GuardedFormMixin
from outreach.privacy.workspace import WorkspaceGuard

HERE, ONLINE = "here", "online"
SHOWN = 5  # municipalities in an error: more than that is no help
READ_BY_OFFICERS = _("Read by the officers of the centre.")
UNKNOWN_PLACE = _("We know no municipality of that name. Write it as it stands on your letters from the municipality.")


class DialogueRequestForm(FormTokenMixin, GuardedFormMixin, forms.Form):
    """An invitation: who, about what, where and when. Only what an officer needs to answer is asked for."""

    organisation = forms.CharField(
        label=_("Association, congregation or network"),
        max_length=140,
        widget=forms.TextInput({"autocomplete": "organization"}),
        error_messages={"required": _("Write what your association is called.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("You confirm in a mail from us."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail."),
            "invalid": _("Write your e-mail like this: name@example.org"),
        },
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        help_text=_("If we may call you."),
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )
    themes = forms.MultipleChoiceField(
        label=_("What would you like to talk about?"),
        required=False,
        help_text=_("Tick one or more, or write the subject below."),
        widget=forms.CheckboxSelectMultiple,
    )
    topic = forms.CharField(
        label=_("In your own words"),
        max_length=500,
        required=False,
        help_text=_("Read by the officers of the centre. Write about the subject, not about individuals."),
        widget=forms.Textarea({"rows": 3}),
    )
    place = forms.ChoiceField(
        label=_("Where?"),
        choices=[(HERE, _("Where we are")), (ONLINE, _("Online"))],
        widget=PickSelect(
            consequences={
                HERE: Consequence(_("An officer comes to you. Write your municipality below.")),
                ONLINE: Consequence(_("We meet on a screen.")),
            }
        ),
        error_messages={"required": _("Choose whether we meet where you are or online.")},
    )
    municipality = forms.CharField(
        label=_("Municipality"),
        max_length=100,
        required=False,
        help_text=_("If we meet where you are. Any spelling will do: Aarhus, Arhus."),
    )
    wishes = forms.CharField(
        label=_("When, and other wishes"),
        max_length=1000,
        required=False,
        help_text=_("For example: a weekday evening in March. Read by the officers of the centre."),
        widget=forms.Textarea({"rows": 3}),
    )
    people = forms.IntegerField(
        label=_("How many are you?"),
        min_value=1,
        max_value=5000,
        required=False,
        help_text=_("About how many."),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Write a number between 1 and 5000.")),
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    languages = forms.CharField(
        label=_("Languages"),
        max_length=120,
        required=False,
        help_text=_("If you need an interpreter."),
    )

    def __init__(self, *args, today: date, kept: str, address: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        if address:
            for_address(self, address)
        self.today, self.found = today, None
        self.fields["themes"].choices = [(theme.key, theme.name) for theme in Theme.objects.all()]
        privacy = HTML(render_to_string("events/dialogue/_kept.html", {"kept": kept}))
        self.helper = PublicFormHelper()
        self.helper.layout = Layout(
            Fieldset(_("Who invites?"), _lead(READ_BY_OFFICERS), "organisation", "name", Row("email", "phone")),
            Fieldset(_("About what?"), "themes", "topic"),
            Fieldset(_("Where and when?"), "place", "municipality", "wishes", Row("people", "languages")),
            privacy,
            Submit("send", _("Send me a mail so that I can confirm")),
        )

    def clean(self):
        data = super().clean() or self.cleaned_data
        for name in ("organisation", "name", "phone", "languages"):
            if isinstance(data.get(name), str):
                data[name] = " ".join(data[name].split())
        if not data.get("themes") and not data.get("topic") and not {"themes", "topic"} & self.errors.keys():
            self.add_error("themes", _("Choose a topic, or write one in your own words."))
        if data.get("place") == HERE and "municipality" not in self.errors:
            self._find_municipality(data.get("municipality", ""))
        return data

    def _find_municipality(self, text: str) -> None:
        """The one that is meant, or an error that says which it could be."""
        if not text.strip():
            return self.add_error("municipality", _("Write your municipality."))
        places, suggestions = find(text, self.today)
        meant = [place for place in places if isinstance(place, Municipality)]
        if len(meant) == 1:
            self.found = meant[0]
            return None
        likely = [place.name for place in meant or suggestions][:SHOWN]
        words = _("Which municipality do you mean? It could be: %(names)s.") % {"names": ", ".join(likely)}
        return self.add_error("municipality", words if likely else UNKNOWN_PLACE)

    @property
    def told(self):
        """What the invitation keeps."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("place", "municipality")}
        return {**data, "online": self.cleaned_data["place"] == ONLINE, "municipality": self.found}


def _lead(text):
    return HTML(render_to_string("events/dialogue/_lead.html", {"text": text}))


class DeclineForm(WorkspaceGuard, forms.Form):
    """The officer's own words in the mail that says no."""

    answer = forms.CharField(
        label=_("Your words in the mail"),
        max_length=2000,
        help_text=_("Read by the one who invited us."),
        widget=forms.Textarea({"rows": 7}),
        error_messages={"required": _("Write what the mail is to say.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
