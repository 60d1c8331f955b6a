"""Form fields the look adds to Django's."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Consequence(NamedTuple):
    """What follows from a choice: a sentence, and a state with the kind of its badge ("ok", "waiting")."""

    text: Text = ""
    state: Text = ""
    kind: str = ""


class PickSelect(forms.RadioSelect):
    """Bordered rows for a choice that changes the outcome; ``consequences`` says by value what follows."""

    def __init__(self, *args: Any, consequences: Mapping[Any, Consequence] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consequences = dict(consequences or {})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["consequence"] = self.consequences.get(getattr(value, "value", value))
        return option


class DateInput(forms.DateInput):
    """The browser's own date field; it speaks ISO whatever the language of the page."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own time field, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own field for a day and a time, to the minute."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class WallClockField(forms.DateTimeField):
    """A time on the Danish clock. The hour left out in spring, or repeated in autumn, is refused in words."""

    default_error_messages = {
        "ambiguous_timezone": _(
            "The clocks change that night: this time does not exist, or comes twice. Choose another."
        )
    }

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            code = getattr(error, "code", "")
            if code != "ambiguous_timezone":
                raise
            raise forms.ValidationError(self.error_messages[code], code=code) from error
