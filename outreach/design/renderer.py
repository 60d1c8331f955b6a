"""Form fields drawn by Django's own templates; a list of choices without a template for each of its options."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SELECT = "django/forms/widgets/select.html"


class QuickRenderer(DjangoTemplates):
    """A page that offers all municipalities and colleagues spends more on two lists than on all the rest."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name == SELECT:
            return _select(context["widget"])
        return super().render(template_name, context, request)


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
