"""The lines of dialogues and of what a search finds, drawn in Python as cells of the long lists are (cells.py)."""

from django.template.defaultfilters import truncatewords
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from contacts.models import Contact, Dialogue, Organisation
from contacts.templatetags.contacts_tags import dateyear, names, query
from outreach.design.templatetags.design_tags import badge

TALK = """<li><span class="num">{} <span class="meta">{}</span></span><div><a class="t" href="{}">{}</a>
<p>{}</p><p class="meta">{}{}</p></div></li>"""
HIT = """<li><div><a class="t" href="{}">{}</a>{}<p class="meta">{}</p></div>
<a class="button button-secondary sm" href="{}?{}">{}<span class="sr">: {}</span></a></li>"""
WORDS = 28


def talk(dialogue: Dialogue) -> SafeString:
    """Asks for a dialogue from ``services.newest``."""
    return format_html(
        TALK,
        dateyear(dialogue.date),
        dialogue.get_kind_display(),
        reverse("workspace:dialogue", args=[dialogue.pk]),
        names(dialogue.seen) or _("Dialogue"),
        truncatewords(dialogue.summary, WORDS),
        names(dialogue.there),
        _hidden(dialogue.hidden),
    )


def _hidden(count: int) -> str:
    if not count:
        return ""
    words = ngettext("%(count)s participant is hidden from you", "%(count)s participants are hidden from you", count)
    return f" · {words % {'count': count}}"


def hit(contact: Contact) -> SafeString:
    """A person or organisation that was found, and the way to log a talk with them."""
    mark = format_html(" {}", badge("restricted", _("Restricted"))) if contact.restricted else ""
    log = reverse("workspace:log"), query(contact), pgettext("verb", "Log")
    return format_html(HIT, contact.get_absolute_url(), contact, mark, _about(contact), *log, contact)


def _about(contact: Contact) -> str:
    """The kind and place of an organisation; the main role of a person, from services.searching."""
    if isinstance(contact, Organisation):
        return " · ".join(str(part) for part in (contact.kind, contact.municipality) if part)
    return f"{capfirst(contact.main['what'])}, {contact.main['at']}" if contact.main else ""
