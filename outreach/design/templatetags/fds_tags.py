"""What the template pack "fds" asks of a form and its fields."""

from typing import NamedTuple

from django import forms, template
from django.forms import BoundField
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from outreach.design.forms import Consequence, PickSelect
from outreach.design.templatetags.design_tags import badge

register = template.Library()

CALM = "calm"  # the code of an error that is a question, said in a call-out of its own
CHOSEN_FROM = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class Mistake(NamedTuple):
    """A line of the error summary; ``target`` is the id to go to, or "" when no field that is seen can mend it."""

    text: str
    target: str = ""


@register.filter
def kind(field: BoundField) -> str:
    """How a field is laid out: "tick" one box with its label beside, "group" a fieldset, "line" all others."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return "group" if widget.use_fieldset else "line"


@register.filter
def has_options(field: BoundField) -> bool:
    """Whether each choice is a box of its own."""
    return isinstance(field.field.widget, CHOSEN_FROM)


@register.filter
def options_class(field: BoundField) -> str:
    """Bordered rows where the choice changes the outcome, plain lines elsewhere."""
    return "pick" if isinstance(field.field.widget, PickSelect) else "options"


@register.filter
def limit(field: BoundField) -> int | None:
    """How many characters a long text may have, said in words: a browser would cut off what is pasted."""
    return getattr(field.field, "max_length", None) if isinstance(field.field.widget, forms.Textarea) else None


@register.filter
def grouped(number: int) -> str:
    """60.000, or in English 60,000."""
    return number_format(number, use_l10n=True, force_grouping=True)


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of hint and error, for a group as for a single field."""
    hint = [f"{field.auto_id}_helptext"] if field.help_text or limit(field) else []
    error = [f"{field.auto_id}_error"] if field.errors else []
    return " ".join(hint + error)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The field itself, dressed as the design system wants it; no length is cut off in silence."""
    widget = field.field.widget
    attrs: dict[str, str | bool] = {"maxlength": False}
    if not isinstance(widget, (*CHOSEN_FROM, forms.CheckboxInput)):
        ours = "form-select" if isinstance(widget, forms.Select) else "form-input"
        attrs["class"] = f"{ours} {widget.attrs.get('class', '')}".strip()
    if described := described_by(field):
        attrs["aria-describedby"] = described
    return field.as_widget(attrs=attrs)


@register.simple_tag
def options(field: BoundField) -> SafeString:
    """Each choice as a box in its label, with what follows from it. A form may offer every colleague, twice."""
    box = '<label for="{}">{}<span>{}</span>{}</label>'
    drawn = ((one.id_for_label, one.tag(), one.choice_label, _follows(one.data.get("consequence"))) for one in field)
    return format_html_join("\n", box, drawn)


def _follows(consequence: Consequence | None) -> SafeString | str:
    if not consequence:
        return ""
    state = badge(consequence.kind, consequence.state) if consequence.state else ""
    return format_html("{}{}", state, format_html("<small>{}</small>", consequence.text) if consequence.text else "")


def _own_words(field: forms.Field) -> set[str]:
    """What the form says about this field of its own, where Django would say "This field is required."."""
    common = {
        str(text) for base in type(field).__mro__ for text in vars(base).get("default_error_messages", {}).values()
    }
    return {str(text) for text in field.error_messages.values()} - common


def _line(field: BoundField, error: str) -> Mistake:
    """The error alone where it names the field ("Write your e-mail") or is written for it, else after its label."""
    label = str(field.label or "")
    named = label.casefold() in error.casefold() or error in _own_words(field.field)
    text = error if named else f"{label} {error}" if label.endswith((".", "?")) else f"{label}: {error}"
    if field.is_hidden:
        return Mistake(error)
    return Mistake(text, f"{field.auto_id}_0" if field.field.widget.use_fieldset else field.id_for_label)


@register.simple_tag
def mistakes(form: forms.BaseForm) -> list[Mistake]:
    """What to mend in the order of the form, one line a field; hidden fields too, an expired token above all.

    A question is no mistake. Beside the field stands everything that is wrong with it.
    """
    known = form.non_field_errors().as_data()
    general = [Mistake(text) for error in known if error.code != CALM for text in error]
    fields = [*form, *getattr(form, "shown_besides", ())]
    return general + [_line(field, str(field.errors[0])) for field in fields if field.errors]


@register.simple_tag
def summary_title(found: list[Mistake]) -> str:
    """Correct 2 fields to go on."""
    fields = len({mistake.target for mistake in found if mistake.target})
    if not fields:
        return gettext("This cannot be sent yet")
    return ngettext("Correct %(count)d field to go on", "Correct %(count)d fields to go on", fields) % {
        "count": fields
    }


@register.filter
def own_classes(button: object) -> str:
    """The classes a form gave a button, without those crispy-forms writes for another design system."""
    given = getattr(button, "field_classes", "").split()
    return "".join(f" {name}" for name in given if name not in ("btn", "btn-primary", "btn-inverse"))
