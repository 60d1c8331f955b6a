"""Form fields as Django's own templates draw them, the usual ones without a template for each box and option."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

INPUTS = ("checkbox", "date", "email", "hidden", "number", "search", "tel", "text", "time")
OPTIONS = ("checkbox_option", "radio_option")


class QuickRenderer(DjangoTemplates):
    """A page that offers all municipalities and colleagues spends more on two lists than on all the rest."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        draw = DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


def _input(widget: dict[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else format_html(' value="{}"', widget["value"])
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, _attributes(widget["attrs"])
    )


def _box(widget: dict[str, Any]) -> SafeString:
    """One of several to choose from; by itself within its label."""
    box = _input(widget)
    if not widget.get("wrap_label"):
        return box
    key = widget["attrs"].get("id")
    return format_html("<label{}>{} {}</label>", _attribute("for", key) if key else "", box, widget["label"])


def _textarea(widget: dict[str, Any]) -> SafeString:
    text = widget["value"] or ""
    return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], _attributes(widget["attrs"]), text)


def _select(widget: dict[str, Any]) -> SafeString:
    groups = format_html_join("", "{}", ((_group(name, options),) for name, options, _index in widget["optgroups"]))
    return format_html('<select name="{}"{}>{}</select>', widget["name"], _attributes(widget["attrs"]), groups)


def _group(name: str | None, options: list[dict[str, Any]]) -> SafeString:
    listed = format_html_join("\n", '<option value="{}"{}>{}</option>', map(_option, options))
    return format_html('<optgroup label="{}">{}</optgroup>', name, listed) if name else listed


def _option(option: dict[str, Any]) -> tuple[Any, SafeString, Any]:
    return option["value"], _attributes(option["attrs"]), option["label"]


def _attributes(attributes: dict[str, Any]) -> SafeString:
    """As django/forms/widgets/attrs.html: False is left out, True has no value."""
    shown = [(name, value) for name, value in attributes.items() if value is not False]
    return format_html_join("", "{}", ((_attribute(name, value),) for name, value in shown))


def _attribute(name: str, value: Any) -> SafeString:
    return format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)


DRAWN = {
    f"django/forms/widgets/{name}.html": draw
    for draw, names in ((_select, ["select"]), (_textarea, ["textarea"]), (_input, INPUTS), (_box, OPTIONS))
    for name in names
}
