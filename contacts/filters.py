"""What the two long lists can be narrowed by: an allow-list, never the query string itself (security.md, 18)."""

from datetime import timedelta

import django_filters
from django.utils.translation import gettext_lazy as _

from contacts.forms.base import colleagues
from contacts.forms.words import kinds_to_filter_by
from contacts.models import Affiliation, Organisation, Person
from outreach.places.models import Municipality

RHYTHMS = [
    ("quiet", _("Gone quiet")),
    ("soon", _("Due within two weeks")),
    ("never", _("Never talked")),
    ("none", _("No rhythm agreed")),
]


class ContactFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Name or place"), method="named")
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=kinds_to_filter_by, empty_label=_("All"), method="of_kind"
    )
    municipality = django_filters.ModelChoiceFilter(
        label=_("Municipality"), queryset=Municipality.objects.order_by("name"), empty_label=_("All")
    )
    owner = django_filters.ModelChoiceFilter(
        label=_("Owner"), queryset=lambda request: colleagues(), empty_label=_("All")
    )
    team = django_filters.ChoiceFilter(
        label=_("Team"), choices=[("mine", _("My teams"))], empty_label=_("All"), method="of_team"
    )
    rhythm = django_filters.ChoiceFilter(label=_("Rhythm"), choices=RHYTHMS, empty_label=_("All"), method="in_rhythm")

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def named(self, contacts, name, text):
        return contacts.found_by(text)

    def of_team(self, contacts, name, whose):
        return contacts.of_teams_of(self.request.user)

    def in_rhythm(self, contacts, name, choice):
        match choice:
            case "quiet":
                return contacts.quiet(self.today)
            case "soon":
                return contacts.due_within(self.today, self.today + timedelta(weeks=2))
            case "never":
                return contacts.never_talked()
        return contacts.without_rhythm()


class PeopleFilter(ContactFilter):
    """``kind`` is that of an organisation where the person holds a role the reader may see."""

    informed = django_filters.ChoiceFilter(
        label=_("Told that we keep them"), choices=[("no", _("Not yet"))], empty_label=_("All"), method="not_informed"
    )

    class Meta:
        model = Person
        fields = ("q", "kind", "municipality", "owner", "team", "rhythm")

    def of_kind(self, people, name, kind):
        roles = (
            Affiliation.objects.current()
            .visible_to(self.request.user)
            .filter(organisation__in=Organisation.objects.of_kind(kind))
        )
        return people.filter(pk__in=roles.values("person"))

    def not_informed(self, people, name, choice):
        return people.filter(informed_on=None)


class OrganisationFilter(ContactFilter):
    class Meta:
        model = Organisation
        fields = ("q", "kind", "municipality", "owner", "team", "rhythm")

    def of_kind(self, organisations, name, kind):
        return organisations.of_kind(kind)
