"""The guard of the workspace's forms: a false alarm is passed with a reason, and a text that sounds like a case about
somebody is looked at once more before it is saved. Nothing typed is lost, and no script is needed.

``templates/fds/errors.html``, which stands first in every form, shows both. A view needs one line after it has saved:

    note_passing(request, form, saved)
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from outreach.audit.trail import reading
from outreach.design.templatetags.fds_tags import CALM
from outreach.places.folding import fold
from outreach.privacy import case_words
from outreach.privacy.guard import GuardedFormMixin
from outreach.privacy.numbers import REFUSED, plain

CONFIRMED = "words_seen"
SEPARATOR = "|"
WORD = re.compile(r"[^\W_]+")


class TrailReasonField(forms.CharField):
    """A reason that is kept in the trail: what looks like a CPR number there is refused, whatever else it is."""


class PassForm(GuardedFormMixin, forms.Form):
    """Why what looks like a CPR number is none. It is kept in the trail: without the number."""

    not_a_number = forms.CharField(
        label=_("This is not a civil registration number, because …"),
        required=False,
        min_length=10,
        max_length=150,
        help_text=_(
            "Only if it is something else. Kept in the trail with your name: write neither the number nor names."
        ),
        error_messages={"min_length": _("Write a little more about what it is.")},
    )

    def clean_not_a_number(self):
        reason = " ".join(self.cleaned_data["not_a_number"].split())
        if re.search(r"\d\D?\d\D?\d\D?\d", reason):
            raise forms.ValidationError(_("Write the reason without the number."))
        return reason


class Suspicion(NamedTuple):
    """Words that suggest a case, as somebody typed them, and the field they stand in."""

    field: forms.BoundField
    words: str
    stem: str


class WorkspaceGuard(GuardedFormMixin):
    """Stands before the form among the bases. ``names`` are fields that say what something is called, where an
    association may be named "Bekymrede forældre"; ``asks_about_words`` is False where everybody will read the text."""

    names = frozenset({"name", "organisation", "role", "place", "find", "email", "phone", "company_number"})
    asks_about_words = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suspicions: list[Suspicion] = []
        self._refused: dict[str, forms.ValidationError] = {}
        sent = self.data if self.is_bound else None
        self.pass_form = PassForm(sent, prefix=self.prefix, auto_id=self.auto_id)

    def full_clean(self) -> None:
        self._refused = {}
        super().full_clean()
        if not self.is_bound:
            return
        self.suspicions = list(self._suspicions()) if self.asks_about_words else []
        if not self.passed_because:
            for name, error in self._refused.items():
                self.add_error(name, error)
        if {one.stem for one in self.suspicions} - self.confirmed:
            words = _("Do not write about individuals who cause concern. Call 114.")
            self.add_error(None, forms.ValidationError(words, CALM))

    def refuse(self, name: str, error: forms.ValidationError) -> None:
        if error.code == REFUSED and not isinstance(self.fields[name], TrailReasonField):
            self._refused[name] = error
        else:
            super().refuse(name, error)

    @property
    def passed_because(self) -> str:
        """The reason given for what looks like a number; "" where nothing does, or no good reason was given."""
        refused = self._looked_at() and self._refused
        return self.pass_form.cleaned_data["not_a_number"] if refused and self.pass_form.is_valid() else ""

    @property
    def shown_besides(self) -> list[forms.BoundField]:
        """The one field for a reason, where something looked like a number and the form is shown again."""
        return list(self.pass_form) if self._refused and self.errors else []

    @property
    def confirmed(self) -> set[str]:
        """The words somebody has seen named and would save all the same."""
        name = self.add_prefix(CONFIRMED)
        sent = self.data.getlist(name) if hasattr(self.data, "getlist") else [self.data.get(name, "")]
        return {stem for part in sent for stem in part.split(SEPARATOR)}

    @property
    def asks_about(self) -> list[Suspicion]:
        """What the form must ask about before it is saved."""
        return self.suspicions if self.has_error("__all__", CALM) else []

    @property
    def to_confirm(self) -> dict[str, str]:
        """Name and value of the button that saves all the same."""
        seen = sorted({one.stem for one in self.suspicions}) if self._looked_at() else []
        return {"name": self.add_prefix(CONFIRMED), "value": SEPARATOR.join(seen)}

    def _looked_at(self) -> bool:
        """Look at what was sent, unless that was done."""
        return self.errors is not None

    def _suspicions(self) -> Iterator[Suspicion]:
        texts = {name: text for name, text in self.cleaned_data.items() if self._is_free_text(name) and text}
        if not texts:
            return
        stems = case_words.stems()
        for name, text in texts.items():
            for stem, words in found_in(text, stems):
                yield Suspicion(self[name], words, stem)

    def _is_free_text(self, name: str) -> bool:
        field, text = self.fields.get(name), self.cleaned_data[name]
        if name in self.names or not (isinstance(field, forms.CharField) and isinstance(text, str)):
            return False
        return isinstance(field.widget, forms.Textarea) or getattr(field.widget, "input_type", "") == "text"


def found_in(text: str, stems: list[str]) -> Iterator[tuple[str, str]]:
    """Each stem that begins a word of ``text``, and the words as they are read there: nothing invisible parts them."""
    text = plain(text)
    folded = f" {fold(text)}"
    for stem in stems:
        at = folded.find(f" {stem}")
        if at >= 0:
            yield stem, _as_typed(text, stem, folded.count(" ", 0, at))


def _as_typed(text: str, stem: str, word: int) -> str:
    """The words of ``text`` from this one on that fold to ``stem``; the stem where they cannot be told apart."""
    typed = " ".join(WORD.findall(text)[word : word + 1 + stem.count(" ")])
    return typed if fold(typed).startswith(stem) else stem


def note_passing(request: HttpRequest, form: WorkspaceGuard, saved: Model) -> None:
    """Note in the trail that the signed-in user saved something with what looked like a number, and why it is none."""
    if form.passed_because:
        note_reason(request, saved, form.passed_because)


def note_reason(request: HttpRequest, saved: Model, reason: str) -> None:
    """As above, where no form was saved."""
    reading(request, "change", saved, reason=f"not a number: {reason}")
