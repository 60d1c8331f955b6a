"""The entries of a timeline, drawn in Python as the cells of the long lists are (cells.py)."""

from collections.abc import Callable, Sequence
from datetime import date

from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.models import Contact
from contacts.services.timeline import Entry, Kind
from contacts.templatetags.contacts_tags import comingday, due, kind_icon, length_words, linked, names, yearless
from events.models import Event
from outreach import links
from outreach.design.templatetags.design_tags import clock, icon

ENTRY = """<li>
  <span class="dot{}">{}</span>
  <div>
    <div class="head">
      <h4>{}</h4>
      <span class="meta num">{}</span>
    </div>
    {}
  </div>
</li>"""
META = '<p class="meta">{}</p>'


def drawn(entry: Entry, contact: Contact, today: date) -> SafeString:
    """As it stands on the page of ``contact``."""
    return DRAWN[entry.kind](entry, contact, today)


def _dialogue(entry: Entry, contact: Contact, today: date) -> SafeString:
    """Asks for a dialogue from services.happenings."""
    talk = entry.thing
    length = f", {length_words(talk.minutes)}" if talk.minutes else ""
    url = links.path_of("workspace:dialogue", talk.pk)
    head = format_html('<a href="{}">{}{}</a>', url, talk.get_kind_display(), length)
    topics = format_html_join("", '<span class="topic">{}</span>', ((topic,) for topic in talk.shown_topics))
    body = format_html(
        '<p class="sum">{}</p>{}{}<p class="meta">{}{}</p>',
        linebreaksbr(talk.summary),
        _note(talk),
        format_html('<p class="tags">{}</p>', topics) if topics else "",
        _participants(talk, contact),
        f" · {_('a follow-up is open')}" if talk.promise_open else "",
    )
    return format_html(ENTRY, "", icon(kind_icon(talk.kind)), head, yearless(entry.day), body)


def _note(talk) -> SafeString | str:
    """The internal note with who may read it, for those who may; as templates/contacts/_note.html does."""
    if not talk.note_to_read:
        return ""
    words = {
        "me": _("only %(name)s can read it"),
        "team": _("%(team)s can read it") if talk.for_team else _("only %(name)s can read it"),
        "named": _("%(name)s and %(named)s can read it"),
    }
    told = words.get(talk.note_readers) or _("all officers who may see the contact can read it")
    readers = told % {"name": talk.note_writer, "named": names(talk.named), "team": talk.for_team}
    note = linebreaksbr(talk.note_to_read)
    return format_html('<div class="note"><b>{} · {}</b>{}</div>', _("Internal note"), readers, note)


def _participants(talk, contact: Contact) -> SafeString:
    others = [one for one in talk.seen if one != contact]
    hidden = ngettext(
        "%(count)s participant is hidden from you", "%(count)s participants are hidden from you", talk.hidden
    )
    return format_html(
        "{}{}{}",
        names(talk.there) or talk.author,
        format_html(" {} {}", _("with"), linked(others)) if others else "",
        f" · {hidden % {'count': talk.hidden}}" if talk.hidden else "",
    )


def _event(entry: Entry, contact: Contact, today: date) -> SafeString:
    registration = entry.thing.registration
    event = registration.event
    title = _title(event, opens=entry.thing.opens)
    head = format_html("{} {}", _("Registered:"), title) if entry.coming else title
    day = yearless(entry.day)
    if entry.coming and entry.day == today:
        day = _at(entry.day, entry.clock, today)
    cancelled = event.status == Event.Status.CANCELLED
    told = _("The event was cancelled") if cancelled else registration.get_status_display()
    body = format_html(META, format_html("{}{}", told, _others(entry.named, contact)))
    return format_html(ENTRY, _planned(entry), icon("calendar-month"), head, day, body)


def _title(event: Event, *, opens: bool) -> SafeString:
    """The name of an event, linked to the page its reader may open; as templates/events/workspace/_title.html does."""
    if opens:
        url = links.path_of("events_workspace:event", event.pk)
    elif event.has_public_page:
        url = links.public_href("events:event", event.slug, language=event.language)
    else:
        return format_html('<span lang="{}">{}</span>', event.language, event.known_as)
    return format_html('<a class="t" lang="{}" href="{}">{}</a>', event.language, url, event.known_as)


def _follow_up(entry: Entry, contact: Contact, today: date) -> SafeString:
    promise = entry.thing
    picture = icon(kind_icon(promise.kind)) if promise.is_meeting else icon("list-check")
    head = format_html('<a href="{}">{}</a>', links.path_of("workspace:followup", promise.pk), promise.title)
    if not entry.coming:
        day = yearless(entry.day)
    elif promise.starts_at:
        day = _at(entry.day, promise.starts_at, today)
    else:
        day = comingday(entry.day, today)
    late = format_html("<p>{}</p>", due(promise, today)) if entry.coming and promise.due_on < today else ""
    meeting = [promise.get_kind_display(), *([promise.place] if promise.place else [])] if promise.is_meeting else []
    done = [] if entry.coming else [promise.get_outcome_display() or _("done")]
    told = " · ".join([*map(str, meeting), str(promise.owner), *map(str, done)])
    about = format_html("{}{}", _other(promise.person, contact), _other(promise.organisation, contact))
    body = format_html("{}{}", late, format_html(META, format_html("{}{}", told, about)))
    return format_html(ENTRY, " plan" if entry.coming else " k", picture, head, day, body)


def _mail(entry: Entry, contact: Contact, today: date) -> SafeString:
    head = _("Mail: %(subject)s") % {"subject": entry.thing.subject}
    body = format_html(META, entry.thing.get_state_display())
    return format_html(ENTRY, " k", icon("email"), head, yearless(entry.day), body)


def _role(entry: Entry, contact: Contact, today: date) -> SafeString:
    role = entry.thing
    words = _("Role ended: %(role)s") if entry.ends else _("New role: %(role)s")
    other = role.organisation if role.person_id == contact.pk else role.person
    body = format_html(META, linked([other]))
    return format_html(ENTRY, " k", icon("person"), words % {"role": role.role}, yearless(entry.day), body)


def _planned(entry: Entry) -> str:
    return " plan" if entry.coming else ""


def _at(day: date, time, today: date) -> str:
    return _("%(day)s at %(time)s") % {"day": comingday(day, today), "time": clock(time)}


def _other(one: Contact | None, contact: Contact) -> SafeString | str:
    """Whom else it is about."""
    return _others([one] if one else [], contact)


def _others(about: Sequence[Contact], contact: Contact) -> SafeString | str:
    others = [one for one in about if one != contact]
    return format_html(" · {}", linked(others)) if others else ""


DRAWN: dict[Kind, Callable[[Entry, Contact, date], SafeString]] = {
    Kind.DIALOGUE: _dialogue,
    Kind.EVENT: _event,
    Kind.MAIL: _mail,
    Kind.FOLLOW_UP: _follow_up,
    Kind.ROLE: _role,
}
