"""Mails as colleagues read them on a screen."""

from django import template
from django.utils.translation import gettext as _

from outreach.mail.models import PLACEHOLDER

register = template.Library()


@register.filter
def linkless(text: str) -> str:
    """The text of a mail; where a personal link will go, the reader's language says so."""
    return text.replace(PLACEHOLDER, _("[personal link]"))
