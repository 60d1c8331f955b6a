"""What a button that removes something sends along."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from contacts.views.gone import SHOWN, seal

register = template.Library()


@register.simple_tag(takes_context=True)
def shown(context: template.Context, row) -> SafeString:
    """That whoever reads the page was shown ``row``, and where they were (``views.gone``)."""
    request = context["request"]
    hidden = '<input type="hidden" name="{}" value="{}"><input type="hidden" name="next" value="{}">'
    return format_html(hidden, SHOWN, seal(request.user, row), request.get_full_path())
