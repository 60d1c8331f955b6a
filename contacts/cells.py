"""The cells of the two long lists. Drawn in Python: twenty-five rows of template cost more than all their queries."""

from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contacts.models import Contact, Organisation, Person
from contacts.templatetags.contacts_tags import dateyear, due_day
from outreach.design.templatetags.design_tags import badge, gauge


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
    return format_html('<td class="wide widest">{}</td>', contact.municipality or "–")


def last(contact: Contact, today: date) -> SafeString:
    """When we last talked, and how often we agreed to."""
    day = dateyear(contact.last_dialogue_on) if contact.last_dialogue_on else _("never")
    agreed = contact.rhythm(today).agreed
    meta = format_html('<span class="meta">{}</span>', _("agreed %(agreed)s") % {"agreed": agreed}) if agreed else ""
    return format_html('<td>{}<span class="num">{}</span>{}</td>', _label(_("Last talked")), day, meta)


def rhythm(contact: Contact, today: date) -> SafeString:
    pace = contact.rhythm(today)
    if pace.state == "none":
        return format_html('<td class="wide"><span class="meta">{}</span></td>', _("none agreed"))
    return format_html("<td>{}{}</td>", pace.left, gauge(pace.days_since, pace.agreed_days))


def next_due(contact: Contact, today: date) -> SafeString:
    """The follow-up that falls due first (services.beside)."""
    if contact.next_due is None:
        return format_html('<td class="wide"><span class="meta">{}</span></td>', _("none"))
    return format_html('<td class="line">{}{}</td>', _label(_("Follow-up")), due_day(contact.next_due, today))


def languages(contact: Person, today: date) -> SafeString:
    """The languages we speak with the person (services.beside)."""
    return format_html('<td class="wide widest">{}</td>', capfirst(", ".join(contact.spoken)) or "–")


def owner(contact: Contact, today: date) -> SafeString:
    return format_html('<td class="wide"><abbr title="{}">{}</abbr></td>', contact.owner, contact.owner.initials)


def _label(word: str) -> SafeString:
    """The head of the column, shown where narrow screens have none."""
    return format_html('<span class="of">{}: </span>', word)
