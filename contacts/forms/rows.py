"""Fields that come in rows, as many as one needs: ``email`` and ``email_use``, then ``email_2`` and ``email_use_2``.

They are fields of the form itself, so that the guard, the summary of mistakes and a draft know them as any other.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from crispy_forms.layout import Row
from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from contacts.models import Address, ContactPoint, Language, OtherName
from contacts.reaching import is_phone
from outreach.design.forms import Text
from outreach.places.models import Municipality
from outreach.privacy.guard import number_in

MOST = 20
ADD = "add"  # the button "add another" sends this, with the first part of the row


class PhoneField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, widget=forms.TextInput(attrs={"type": "tel"}), **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not is_phone(value):
            raise number_in(value) or forms.ValidationError(
                _("This is no phone number. A number from abroad begins with + and the country's code.")
            )


class Rows:
    """One kind of row. ``parts`` makes its fields by name; the first is the one that must be there."""

    def __init__(
        self,
        parts: Mapping[str, Callable[[], forms.Field]],
        *,
        add: Text,
        layout: Callable[[Sequence[str]], Sequence[Any]],
        least: int = 1,
    ) -> None:
        self.parts, self.add, self.layout, self.least = parts, add, layout, least

    @property
    def first(self) -> str:
        return next(iter(self.parts))

    def names(self, number: int) -> list[str]:
        return [f"{part}_{number}" if number > 1 else part for part in self.parts]

    def numbered(self, name: str) -> tuple[str, int] | None:
        """The part and the number of the row that a field of this name belongs to; None: it is in no row."""
        match = re.fullmatch(rf"({'|'.join(self.parts)})(?:_(\d{{1,2}}))?", name)
        return (match[1], int(match[2] or 1)) if match else None

    def count(self, data: Mapping[str, Any] | None, initial: Mapping[str, Any]) -> int:
        """As many as were sent, or are there; one more when another is asked for."""
        sought = initial if data is None else data
        numbers = [found[1] for name in sought if (found := self.numbered(name))]
        one_more = data is not None and data.get(ADD) == self.first
        return min(max([self.least, *numbers]) + one_more, MOST)

    def fields(self, number: int) -> dict[str, forms.Field]:
        made = {name: make() for name, make in zip(self.names(number), self.parts.values(), strict=True)}
        for field in list(made.values())[1:]:
            field.mark_optional = False  # type: ignore[attr-defined]  # the first says it for the row
        if number > 1:
            for field in made.values():
                field.label = _("%(label)s, number %(n)s") % {"label": field.label, "n": number}
        return made

    def lines(self, count: int) -> list[Any]:
        """What a crispy layout shows: every row, then the button for one more."""
        rows = [line for number in range(1, count + 1) for line in self.layout(self.names(number))]
        next_one = self.names(count + 1)[0]
        return [*rows, *([AddButton(self.first, next_one, self.add)] if count < MOST else [])]

    def values(self, cleaned: Mapping[str, Any], count: int) -> Iterable[tuple[list[str], list[Any]]]:
        """The names and values of each row that has its first part."""
        for number in range(1, count + 1):
            names = self.names(number)
            if cleaned.get(names[0]):
                yield names, [cleaned.get(name) for name in names]


class AddButton:
    """Brings the form back with one more row, and leads to it; nothing typed is lost, nothing is saved."""

    def __init__(self, row: str, leads_to: str, label: Text) -> None:
        self.context = {"name": ADD, "row": row, "leads_to": leads_to, "label": label}

    def render(self, form: forms.BaseForm, context: Any, **kwargs: Any) -> str:
        return render_to_string("contacts/_add_row.html", self.context)


def _choice(label: Text, choices: Any, blank: Text = "") -> Callable[[], forms.Field]:
    empty = [("", blank)] if blank else []
    return lambda: forms.ChoiceField(label=label, required=False, choices=[*empty, *choices])


def _beside(names: Sequence[str]) -> list[Any]:
    return [Row(*names, css_class="wider-first")]


NOT_NOTED = _("Not noted")
EMAILS = Rows(
    {
        "email": lambda: forms.EmailField(label=_("E-mail"), required=False, max_length=254),
        "email_use": _choice(_("What the e-mail is for"), ContactPoint.Use.choices, NOT_NOTED),
    },
    add=_("Add another e-mail"),
    layout=_beside,
)
PHONES = Rows(
    {
        "phone": lambda: PhoneField(label=_("Phone"), required=False),
        "phone_use": _choice(_("What the phone is for"), ContactPoint.Use.choices, NOT_NOTED),
    },
    add=_("Add another phone"),
    layout=_beside,
)
ADDRESSES = Rows(
    {
        "street": lambda: forms.CharField(label=_("Street and number"), required=False, max_length=140),
        "address_use": _choice(_("What the address is for"), Address.Use.choices, NOT_NOTED),
        "postal_code": lambda: forms.CharField(label=_("Postal code"), required=False, max_length=12),
        "town": lambda: forms.CharField(label=_("Town"), required=False, max_length=80),
        "municipality": lambda: forms.ModelChoiceField(
            Municipality.objects.order_by("name"),
            label=_("Municipality"),
            required=False,
            empty_label=_("None, or several"),
        ),
    },
    add=_("Add another address"),
    layout=lambda names: [
        Row(*names[:2], css_class="wider-first"),
        Row(*names[2:4], css_class="wider-last"),
        names[4],
    ],
)
NAMES = Rows(
    {
        "other_name": lambda: forms.CharField(
            label=_("Other name"), required=False, max_length=140, widget=forms.TextInput(attrs={"dir": "auto"})
        ),
        "other_name_kind": _choice(_("What kind of name it is"), OtherName.Kind.choices),
        "other_name_language": lambda: forms.ModelChoiceField(
            Language.objects.all(), label=_("Its language"), required=False, empty_label=NOT_NOTED
        ),
    },
    add=_("Add another name"),
    layout=lambda names: [names[0], Row(*names[1:])],
    least=0,
)
EVERY = (NAMES, EMAILS, PHONES, ADDRESSES)
