"""What the two long lists can be narrowed by: an allow-list, never the query string itself (security.md, 18)."""

from datetime import timedelta

import django_filters
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from contacts import vocabulary
from contacts.models import Affiliation, Contact, Dialogue, Organisation, Person
from outreach.places.models import RegionMembership

RHYTHMS = [
    ("quiet", _("Gone quiet")),
    ("soon", _("Due within two weeks")),
    ("never", _("Never talked")),
    ("none", _("No rhythm agreed")),
]
LAST = [
    ("within-30", _("Within a month")),
    ("within-90", _("Within three months")),
    ("within-365", _("Within a year")),
    ("before-180", _("Not for half a year")),
    ("before-365", _("Not for a year")),
    ("never", _("Never talked")),
]


def choice(label, choices, method):
    return django_filters.ChoiceFilter(label=label, choices=choices, empty_label=_("All"), method=method)


class ContactFilter(django_filters.FilterSet):
    """``first`` are the fields in sight at once; the rest stand under "More"."""

    q = django_filters.CharFilter(label=_("Name or place"), method="named")
    place = choice(_("Place"), vocabulary.places, "at_place")
    kind = choice(_("Kind"), vocabulary.kinds, "of_kind")
    owner = choice(_("Owner"), vocabulary.owners, "kept_by")
    team = choice(_("Team"), [("mine", _("My teams"))], "of_team")
    rhythm = choice(_("Rhythm"), RHYTHMS, "in_rhythm")
    last = choice(_("Last talked"), LAST, "last_talked")
    topic = choice(_("Topic"), vocabulary.topics, "talked_about")
    initiative = choice(_("Initiative"), vocabulary.initiatives, "under_initiative")
    language = choice(_("Language"), vocabulary.languages, "speaking")
    informed = choice(_("Told that we keep them"), [("no", _("Not yet"))], "not_informed")

    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=Contact.Status.choices, empty_label=_("Not ended"), method="with_status"
    )

    first = ("q", "place", "kind", "owner", "rhythm")

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def filter_queryset(self, queryset):
        """Those that have ended stand on no list, but are found by name and by their status."""
        found, asked = super().filter_queryset(queryset), self.form.cleaned_data
        return found if asked.get("q") or asked.get("status") else found.lasting()

    def with_status(self, contacts, name, value):
        return contacts.filter(status=value)

    def named(self, contacts, name, text):
        return contacts.found_by(text)

    def of_team(self, contacts, name, whose):
        return contacts.of_teams_of(self.request.user)

    def at_place(self, contacts, name, value):
        level, _dash, key = value.partition("-")
        match level:
            case "district":
                return contacts.filter(municipality__police_district=key)
            case "region":
                there = RegionMembership.objects.on(self.today).filter(region=key)
                return contacts.filter(municipality__in=there.values("municipality"))
        return contacts.filter(municipality=key)

    def kept_by(self, contacts, name, value):
        if value.startswith("team-"):
            return contacts.filter(team=value.removeprefix("team-"))
        return contacts.filter(owner=value)

    def in_rhythm(self, contacts, name, value):
        match value:
            case "quiet":
                return contacts.quiet(self.today)
            case "soon":
                return contacts.due_within(self.today, self.today + timedelta(weeks=2))
            case "never":
                return contacts.never_talked()
        return contacts.without_rhythm()

    def last_talked(self, contacts, name, value):
        if value == "never":
            return contacts.filter(last_dialogue_on=None)
        when, _dash, days = value.partition("-")
        day = self.today - timedelta(days=int(days))
        if when == "within":
            return contacts.filter(last_dialogue_on__gte=day)
        return contacts.filter(last_dialogue_on__lt=day)

    def talked_about(self, contacts, name, value):
        return contacts.filter(self._talked(topics=value))

    def under_initiative(self, contacts, name, value):
        return contacts.filter(self._talked(initiative=value))

    def _talked(self, **about):
        """Whether the outer contact took part in such a dialogue; whoever sees the contact may see that one."""
        through = getattr(Dialogue, self.Meta.participants).through.objects
        here = {self.Meta.model._meta.model_name: OuterRef("pk")}
        return Exists(through.filter(**here, **{f"dialogue__{name}": value for name, value in about.items()}))

    def speaking(self, contacts, name, value):
        return contacts.filter(languages=value)

    def not_informed(self, contacts, name, value):
        return contacts.filter(informed_on=None)

    def asked(self):
        """The filters in use, by name, as the query string has them."""
        if not self.form.is_valid():
            return {}
        return {name: self.data[name] for name, value in self.form.cleaned_data.items() if value}

    def more_in_use(self):
        """Whether one of those under "More" is in use."""
        return not self.asked().keys() <= set(self.first)

    def words(self):
        """What each filter in use says, by name."""
        return {name: self._said(name, value) for name, value in self.asked().items()}

    def _said(self, name, value):
        for key, label in getattr(self.form.fields[name], "choices", ()):
            if isinstance(label, list | tuple):
                label = dict(label).get(value)
                key = value if label else None
            if str(key) == value:
                return str(label).strip()
        return value


class PeopleFilter(ContactFilter):
    """``kind`` is that of an organisation where the person holds a role the reader may see."""

    class Meta:
        model = Person
        fields = ()
        participants = "people"

    def of_kind(self, people, name, kind):
        roles = Affiliation.objects.current().visible_to(self.request.user)
        roles = roles.filter(organisation__in=Organisation.objects.of_kind(kind))
        return people.filter(pk__in=roles.values("person"))


class OrganisationFilter(ContactFilter):
    class Meta:
        model = Organisation
        fields = ()
        participants = "organisations"

    def of_kind(self, organisations, name, kind):
        return organisations.of_kind(kind)
