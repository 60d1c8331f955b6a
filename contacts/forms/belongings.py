"""The rows of a contact in its form: from what is kept to what is shown, and from what was typed to what is kept."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from contacts.forms.rows import ADD, ADDRESSES, EMAILS, EVERY, NAMES, PHONES, Rows
from contacts.reaching import key_of
from contacts.services.belongings import Belongings, Name, Place, Point

CHANNELS = ((EMAILS, "email"), (PHONES, "phone"))


class BelongingsMixin(forms.BaseModelForm):
    """Stands before the form: adds the rows, and the choice of the e-mail or phone that is preferred."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial |= rows_of(self.instance)
        sent = self.data if self.is_bound else None
        self.counts = {rows: rows.count(sent, self.initial) for rows in EVERY}
        for rows, count in self.counts.items():
            for number in range(1, count + 1):
                self.fields |= rows.fields(number)
        self.names = self.names | self._called()
        self.fields["preferred"] = forms.ChoiceField(
            label=_("Which do they prefer?"), required=False, choices=[("", _("Not noted")), *self._channels()]
        )
        self.fields["main_address"] = forms.ChoiceField(
            label=_("Which is the main address?"),
            required=False,
            choices=[(name, self.fields[name].label) for name in self._all(ADDRESSES)],
            help_text=_("Police district and region follow from its municipality."),
        )
        if self.counts[ADDRESSES] < 2:
            del self.fields["main_address"]
        if sent is not None and ADD in sent:
            self._errors = ErrorDict()  # one more row is asked for: nothing is checked yet, nothing saved

    @property
    def asks_for_more(self) -> bool:
        """Whether the form was sent for one more row, and is to be shown again."""
        return self.is_bound and ADD in self.data

    def lines(self, rows: Rows) -> list[Any]:
        return rows.lines(self.counts[rows])

    def _all(self, rows: Rows) -> list[str]:
        return [rows.names(number)[0] for number in range(1, self.counts[rows] + 1)]

    def _called(self) -> frozenset[str]:
        """Fields that hold names and numbers, which the guard reads as such."""
        return frozenset(name for rows in EVERY for name in self._all(rows))

    def _channels(self) -> Iterator[tuple[str, Any]]:
        for rows, _channel in CHANNELS:
            for name in self._all(rows):
                value = self.data.get(name) if self.is_bound else self.initial.get(name)
                yield name, f"{self.fields[name].label}: {value}" if value else self.fields[name].label

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for rows, channel in (*CHANNELS, (NAMES, "name")):
            seen: set[str] = set()
            for names, values in rows.values(cleaned, self.counts[rows]):
                key = key_of(channel, values[0]) if rows is not NAMES else values[0]
                if key in seen:
                    self.add_error(names[0], _("It stands here twice."))
                seen.add(key)
        chosen = cleaned.get("preferred")
        if chosen and not cleaned.get(chosen) and chosen not in self.errors:
            self.add_error("preferred", _("Nothing is written there. Write it, or choose another."))
        return cleaned

    def belongings(self) -> Belongings:
        """What was typed, as rows to keep."""
        cleaned = self.cleaned_data
        points = [
            Point(channel, values[0], use=values[1], preferred=names[0] == cleaned.get("preferred"))
            for rows, channel in CHANNELS
            for names, values in rows.values(cleaned, self.counts[rows])
        ]
        called = [Name(*values) for _names, values in NAMES.values(cleaned, self.counts[NAMES])]
        return Belongings(points, list(self._places()), called)

    def _places(self) -> Iterator[Place]:
        """Those with more than a municipality: a place one works in is no address."""
        main = self.cleaned_data.get("main_address") or ADDRESSES.first
        for number in range(1, self.counts[ADDRESSES] + 1):
            names = ADDRESSES.names(number)
            street, use, postal_code, town, municipality = (self.cleaned_data.get(name) for name in names)
            if street or postal_code or town:
                yield Place(street or "", postal_code or "", town or "", municipality, use or "", names[0] == main)

    def main_municipality(self):
        """Where the contact is: in the main address's municipality, or in the one that stands alone."""
        main = self.cleaned_data.get("main_address") or ADDRESSES.first
        return self.cleaned_data.get(main.replace("street", "municipality"))


def rows_of(contact: Any) -> dict[str, Any]:
    """What the fields of a contact's rows hold to begin with."""
    initial: dict[str, Any] = {}

    def put(rows: Rows, number: int, *values: Any) -> None:
        initial.update(zip(rows.names(number), values, strict=True))

    points = list(contact.points.all())
    for rows, channel in CHANNELS:
        for number, point in enumerate((one for one in points if one.channel == channel), start=1):
            put(rows, number, point.value, point.use)
            if point.preferred:
                initial["preferred"] = rows.names(number)[0]
    for number, one in enumerate(contact.addresses.all(), start=1):
        put(ADDRESSES, number, one.street, one.use, one.postal_code, one.town, one.municipality_id)
    initial.setdefault("municipality", contact.municipality_id)
    for number, other in enumerate(contact.other_names.all(), start=1):
        put(NAMES, number, other.name, other.kind, other.language_id)
    return initial
