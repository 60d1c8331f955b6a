"""The cells of the two long lists. Drawn in Python: twenty-five rows of template cost more than all their queries."""

from datetime import date
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contacts.models import Contact, Organisation, Person, Rhythm
from contacts.templatetags.contacts_tags import dateyear, due_day
from outreach.design.templatetags.design_tags import badge, gauge

KEPT = lru_cache(maxsize=2000)  # cells that many rows share, and tell of nobody


def person(contact: Person, today: date) -> SafeString:
    """Name and main role (services.beside)."""
    role = contact.role
    told = f"{capfirst(role.role)}, {role.organisation}" if role else _("No role in an organisation")
    return format_html('<td>{}<span class="meta">{}</span></td>', _name(contact), told)


def organisation(contact: Organisation, today: date) -> SafeString:
    return format_html('<td>{}<span class="meta">{}</span></td>', _name(contact), contact.kind)


def _name(contact: Contact) -> SafeString:
    mark = badge("restricted", _("Restricted")) if contact.restricted else ""
    ended = badge("", contact.get_status_display()) if contact.has_ended else ""
    link = format_html('<a class="t" href="{}"><bdi>{}</bdi></a>', contact.get_absolute_url(), contact)
    return format_html('<span class="nm">{}{}{}</span>', link, mark, ended)


def place(contact: Contact, today: date) -> SafeString:
    return _wide(contact.municipality.name if contact.municipality else "–")


@KEPT
def _wide(words: str) -> SafeString:
    return format_html('<td class="wide widest">{}</td>', words)


def last(contact: Contact, today: date) -> SafeString:
    """When we last talked, and how often we agreed to."""
    return _last(contact.rhythm(today), get_language())


@KEPT
def _last(pace: Rhythm, _language: str) -> SafeString:
    day = dateyear(pace.last_on) if pace.last_on else _("never")
    agreed = pace.agreed
    meta = format_html('<span class="meta">{}</span>', _("agreed %(agreed)s") % {"agreed": agreed}) if agreed else ""
    return format_html('<td>{}<span class="num">{}</span>{}</td>', _label(_("Last talked")), day, meta)


def rhythm(contact: Contact, today: date) -> SafeString:
    return _rhythm(contact.rhythm(today), get_language())


@KEPT
def _rhythm(pace: Rhythm, _language: str) -> SafeString:
    if pace.state == "none":
        return format_html('<td class="wide"><span class="meta">{}</span></td>', pace.agreed or _("none agreed"))
    return format_html("<td>{}{}</td>", pace.left, gauge(pace.days_since, pace.agreed_days))


def next_due(contact: Contact, today: date) -> SafeString:
    """The follow-up that falls due first (services.beside)."""
    return _next_due(contact.next_due, today, get_language())


@KEPT
def _next_due(day: date | None, today: date, _language: str) -> SafeString:
    if day is None:
        return format_html('<td class="wide"><span class="meta">{}</span></td>', _("none"))
    return format_html('<td class="line">{}{}</td>', _label(_("Follow-up")), due_day(day, today))


def languages(contact: Person, today: date) -> SafeString:
    """The languages we speak with the person (services.beside)."""
    return _wide(capfirst(", ".join(contact.spoken)) or "–")


def owner(contact: Contact, today: date) -> SafeString:
    return _owner(contact.owner.name, contact.owner.initials)


@KEPT
def _owner(name: str, initials: str) -> SafeString:
    return format_html('<td class="wide"><abbr title="{}">{}</abbr></td>', name, initials)


def _label(word: str) -> SafeString:
    """The head of the column, shown where narrow screens have none."""
    return format_html('<span class="of">{}: </span>', word)
