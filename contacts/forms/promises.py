"""What was promised in a dialogue that is being logged: a line, a day and who keeps it, as many as one adds."""

from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts import vocabulary
from contacts.forms.base import due
from contacts.forms.followups import NOT_THEIRS_TO_SEE
from contacts.forms.rows import ADD, MOST, Rows
from contacts.models import Contact, FollowUp
from contacts.services.followups import keepers, usual_due
from contacts.services.logging import Promise
from outreach.design.forms import DateInput

TITLE, DUE, OWNER = "promise", "promise_due", "promise_owner"
PROMISES = Rows(
    {
        TITLE: lambda: forms.CharField(
            label=_("What did you promise?"),
            required=False,
            max_length=200,
            help_text=_("Read by every colleague who may see the contact."),
        ),
        DUE: lambda: forms.DateField(label=_("By when?"), required=False, widget=DateInput),
        OWNER: lambda: forms.ChoiceField(
            label=_("Who keeps it?"),
            required=False,
            error_messages={"invalid_choice": NOT_THEIRS_TO_SEE},
        ),
    },
    add=_("Add another promise"),
    layout=list,
)


class PromisesMixin(forms.Form):
    """Stands before the form, which has a ``user``, ``today``, and ``promised_to``: whom it was promised."""

    promise, promise_due, promise_owner = (make() for make in PROMISES.parts.values())

    def add_promises(self) -> None:
        """A row for each that was sent, or begun in a draft, and one more where that is asked for."""
        self.promises = PROMISES.count(self.data if self.is_bound else None, self.initial)
        if self.data.get(ADD) == TITLE:
            self._begin_row()
        for number in range(1, self.promises + 1):
            self.fields |= PROMISES.fields(number)
            _title, day, owner = PROMISES.names(number)
            self.fields[owner].choices = cache(self._owners)
            self.initial.setdefault(day, usual_due(self.today))

    def _begin_row(self) -> None:
        """The new row has its usual day, as the first has."""
        self.data = self.data.copy()
        self.data.setdefault(PROMISES.names(self.promises)[1], usual_due(self.today).isoformat())

    def _owners(self) -> list[tuple[str, str]]:
        others = [one for one in vocabulary.at_work() if one != self.user]
        return [("", str(_("I do"))), *((str(one.pk), one.name) for one in others)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for names, (_title, day, _owner) in PROMISES.values(cleaned, self.promises):
            if day:
                self._look_at_day(names[1], day)
            elif names[1] not in self.errors:
                self.add_error(names[1], forms.ValidationError(_("Write by when you promised it.")))
        self._look_at_owners(cleaned)
        return cleaned

    def _look_at_day(self, name: str, day: Any) -> None:
        try:
            due(day, self.today)
        except forms.ValidationError as error:
            self.add_error(name, error)

    def _look_at_owners(self, cleaned: dict[str, Any]) -> None:
        """Whoever keeps it may see whom it was promised; one query, and none where the one who writes keeps it."""
        chosen = {names[2]: row[2] for names, row in PROMISES.values(cleaned, self.promises) if row[2]}
        contact, self.keepers = self.promised_to, {}
        if not chosen or contact is None:
            return
        about = FollowUp(owner=self.user, **{str(contact._meta.model_name): contact})
        able = keepers(about, today=self.today).filter(pk__in=chosen.values())
        self.keepers = {str(one.pk): one for one in able}
        for name, key in chosen.items():
            if key not in self.keepers:
                self.add_error(name, forms.ValidationError(NOT_THEIRS_TO_SEE))

    @property
    def promised_to(self) -> Contact | None:
        raise NotImplementedError

    def promised(self) -> list[Promise]:
        rows = PROMISES.values(self.cleaned_data, self.promises)
        return [Promise(title, day, self.promised_to, self.keepers.get(owner)) for _names, (title, day, owner) in rows]

    @property
    def promise_rows(self) -> list[list[forms.BoundField]]:
        return [[self[name] for name in PROMISES.names(number)] for number in range(1, self.promises + 1)]

    @property
    def add_promise(self) -> dict[str, Any] | None:
        """The button for one more; None where there are as many as a form takes."""
        return PROMISES.lines(self.promises)[-1].context if self.promises < MOST else None

    @property
    def promise_open(self) -> bool:
        """Whether the part stands open: something was promised, is to be mended, or is to be written next."""
        titles = any(self[title].value() for title, _due, _owner in map(PROMISES.names, range(1, self.promises + 1)))
        return titles or self.promises > 1 or any(PROMISES.numbered(name) for name in self.errors)
