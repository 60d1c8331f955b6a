"""The guard of every form: no civil registration number (CPR) gets in (product.md, "The boundary").

Workspace forms stand on ``workspace.WorkspaceGuard``, where a false alarm is passed with a reason; a visitor rewords.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.base import File

from outreach.privacy.files import refuse_numbers
from outreach.privacy.numbers import LOOKS_LIKE_CPR, REFUSED, contains_cpr, plain

__all__ = ["LOOKS_LIKE_CPR", "GuardedFormMixin", "contains_cpr", "holds_text", "plain"]

CHOSEN = (forms.ChoiceField, forms.ModelChoiceField)  # nobody types these
TYPED = (forms.CharField, forms.MultiValueField, forms.ComboField, forms.FileField)


def holds_text(field: forms.Field) -> bool:
    """Whether somebody types what the field holds, or chooses a file for it."""
    lists = any(base.__name__ in ("SimpleArrayField", "SplitArrayField") for base in type(field).__mro__)
    return not isinstance(field, CHOSEN) and (lists or isinstance(field, TYPED))


class GuardedFormMixin(forms.BaseForm):
    """Refuses a CPR number in every text field and file of a Form or ModelForm, and nothing but invisible characters
    where something must be written; stands before it among the bases."""

    def full_clean(self) -> None:
        super().full_clean()
        for name, value in list(getattr(self, "cleaned_data", {}).items()):
            field = self.fields.get(name)
            if field is None or not holds_text(field):
                continue
            if error := number_in(value):
                self.refuse(name, error)
            elif field.required and isinstance(value, str) and not plain(value).strip():
                self.add_error(name, forms.ValidationError(field.error_messages["required"], code="required"))

    def refuse(self, name: str, error: forms.ValidationError) -> None:
        """A field holds what looks like a CPR number, or a file that cannot be searched for one."""
        self.add_error(name, error)


def number_in(value: Any) -> forms.ValidationError | None:
    """Why a value is refused, be it a text, a file, or a list or an object of them."""
    for part in _parts(value):
        if isinstance(part, File):
            try:
                refuse_numbers(part)
            except forms.ValidationError as error:
                return error
        elif contains_cpr(part):
            return forms.ValidationError(LOOKS_LIKE_CPR, code=REFUSED)
    return None


def _parts(value: Any) -> Iterator[str | File]:
    """Every text and file within ``value``. A number of ten digits in JSON is a text too."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            waiting += [*part, *part.values()]
        elif isinstance(part, list | tuple | set | frozenset):
            waiting += part
        elif isinstance(part, File):
            if part:
                yield part
        elif isinstance(part, str):
            yield part
        elif isinstance(part, int) and not isinstance(part, bool):
            yield str(part)
