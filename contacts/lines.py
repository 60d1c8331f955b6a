"""The lines of the list of dialogues, drawn in Python as the cells of the long lists are (contacts/cells.py)."""

from django.template.defaultfilters import truncatewords
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.models import Dialogue
from contacts.templatetags.contacts_tags import dateyear, names

TALK = """<li><span class="num">{} <span class="meta">{}</span></span><div><a class="t" href="{}">{}</a>
<p>{}</p><p class="meta">{}{}</p></div></li>"""
WORDS = 28


def talk(dialogue: Dialogue) -> SafeString:
    """Asks for a dialogue from ``in_brief``."""
    return format_html(
        TALK,
        dateyear(dialogue.date),
        dialogue.get_kind_display(),
        reverse("workspace:dialogue", args=[dialogue.pk]),
        names(dialogue.seen) or _("Dialogue"),
        truncatewords(dialogue.summary, WORDS),
        names(dialogue.officers.all()),
        _hidden(dialogue.hidden),
    )


def _hidden(count: int) -> str:
    if not count:
        return ""
    words = ngettext("%(count)s participant is hidden from you", "%(count)s participants are hidden from you", count)
    return f" · {words % {'count': count}}"
