"""The words and small parts that only the workspace's contact screens use."""

import datetime as dt
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from contacts import vocabulary
from contacts.models import Contact, Dialogue, FollowUp, Rhythm
from contacts.services.timeline import Timeline
from outreach.design.templatetags.design_tags import badge, longdate, shortdate, written

register = template.Library()

ICONS = {
    Dialogue.Kind.MEETING: "groups",
    Dialogue.Kind.VISIT: "location",
    Dialogue.Kind.CALL: "smartphone",
    Dialogue.Kind.EMAIL: "email",
    Dialogue.Kind.EVENT: "calendar-month",
}


@register.filter
def kind_icon(kind: str) -> str:
    """The icon that stands beside a kind of dialogue."""
    return ICONS.get(kind, "forum")


@register.filter
def rhythm(contact: Contact, today: dt.date) -> Rhythm:
    return contact.rhythm(today)


@register.filter
def dayname(day: dt.date) -> str:
    """mandag den 23. november / Monday 23 November, for the head of a day"""
    return written(day, r"l \d\e\n j. F", "l j F")


@register.filter
def weekdate(day: dt.date) -> str:
    """torsdag 26. nov. / Thursday 26 Nov, for what is due"""
    return written(day, "l j.\u00a0N", "l j\u00a0M")


@register.filter
def yearless(day: dt.date) -> str:
    """7. oktober / 7 October, where the year stands above; day and month stay on one line"""
    return written(day, "j.\u00a0F", "j\u00a0F")


@register.filter
def dateyear(day: dt.date) -> str:
    """7. okt. 2026 / 7 Oct 2026, for tables"""
    return written(day, "j. N Y", "j M Y")


@register.filter
def monthyear(day: dt.date) -> str:
    """marts 2022 / March 2022, for how long a role has been held"""
    return written(day, "F Y", "F Y")


@register.filter
def recently(moment: dt.datetime, today: dt.date) -> str:
    """i dag, i går, lørdag, 9. nov.: as far back as one needs to know"""
    day = timezone.localdate(moment)
    match (today - day).days:
        case 0:
            return gettext("today")
        case 1:
            return gettext("yesterday")
        case days if 1 < days < 7:
            return written(day, "l", "l")
    return shortdate(day)


@register.filter
def until_start(meeting: FollowUp, now: dt.datetime) -> str:
    """How long until a planned conversation of today begins: "in 3 hours"."""
    starts = timezone.make_aware(dt.datetime.combine(meeting.due_on, meeting.starts_at))
    hours, minutes = divmod(int((starts - now).total_seconds()) // 60, 60)
    if hours > 0:
        return ngettext("in %(n)s hour", "in %(n)s hours", hours) % {"n": hours}
    return ngettext("in %(n)s minute", "in %(n)s minutes", minutes) % {"n": minutes}


@register.filter
def has_begun(meeting: FollowUp, now: dt.datetime) -> bool:
    return timezone.make_aware(dt.datetime.combine(meeting.due_on, meeting.starts_at)) <= now


@register.filter
def ends_at(meeting: FollowUp) -> dt.time | None:
    """When a planned conversation ends, if its length was agreed."""
    if not meeting.minutes:
        return None
    return (dt.datetime.combine(meeting.due_on, meeting.starts_at) + dt.timedelta(minutes=meeting.minutes)).time()


@register.filter
def length_words(minutes: int | None) -> str:
    """25 minutes; 1 hour; 1 hour and 30 minutes"""
    if not minutes:
        return ""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours})
    if rest:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest})
    return gettext(" and ").join(parts)


@register.filter
def names(things: list) -> SafeString:
    """Amina Rahbek, Yusuf Dahl and Jonas Friis"""
    *first, last = [*things] or [""]
    listed = format_html_join(", ", "{}", ((thing,) for thing in first))
    return format_html("{}{}{}", listed, gettext(" and ") if first else "", last)


@register.filter
def linked(things: list) -> SafeString:
    """The same with a link to each person and organisation."""
    return names([format_html('<a href="{}">{}</a>', thing.get_absolute_url(), thing) for thing in things])


@register.simple_tag
def due(follow_up: FollowUp, today: dt.date) -> str:
    """5 dage over; I dag; torsdag 26. nov."""
    return badge("ok", gettext("Done")) if follow_up.done_at else due_day(follow_up.due_on, today)


def due_day(day: dt.date, today: dt.date) -> str:
    """The same for the day on which something open falls due."""
    days = (today - day).days
    if days > 0:
        return badge("overdue", ngettext("%(n)s day overdue", "%(n)s days overdue", days) % {"n": days})
    if days == 0:
        return badge("due", gettext("Today"))
    return format_html('<span class="meta">{}</span>', weekdate(day))


@register.simple_tag
def can_see(contact: Contact, count: int) -> str:
    """Begrænset · 3 kan se"""
    return badge(
        "restricted", ngettext("Restricted · %(n)s can see", "Restricted · %(n)s can see", count) % {"n": count}
    )


@register.simple_tag
def over(contact: Contact) -> str:
    """Ophørt 3. november 2026"""
    return badge("", gettext("Ended %(day)s") % {"day": longdate(contact.ended_on)})


@register.filter
def bare_address(url: str) -> str:
    """aabnedoere.example: a web address as people write it"""
    return url.partition("://")[2].removeprefix("www.").removesuffix("/")


@register.filter
def morning(now: dt.datetime) -> bool:
    return timezone.localtime(now).hour < 10


@register.filter
def comingday(day: dt.date, today: dt.date) -> str:
    """i dag / today, else 2. december / 2 December"""
    return gettext("today") if day == today else yearless(day)


@register.filter
def query(contact: Contact) -> str:
    """What a link to the log form says to choose this contact: person=…"""
    return f"{contact._meta.model_name}={contact.pk}"


@register.filter
def others(dialogue: Dialogue, but: Contact | str = "") -> list[Contact]:
    """The participants the reader may see, without the one whose page it is."""
    return [one for one in dialogue.seen if one != but]


@register.filter
def by_due(follow_ups: list[FollowUp], today: dt.date) -> list[tuple[str, str, list[FollowUp]]]:
    """A page of follow-ups under their headings: overdue, today, within a week, later, done."""
    headings = {
        "overdue": gettext("Overdue"),
        "today": gettext("Today"),
        "week": gettext("Within a week"),
        "later": gettext("Later"),
        "done": gettext("Done"),
    }
    groups: dict[str, list[FollowUp]] = {key: [] for key in headings}
    for follow_up in follow_ups:
        days = follow_up.days_over(today)
        late = "overdue" if days > 0 else "today" if days == 0 else "week" if days >= -7 else "later"
        groups["done" if follow_up.done_at else late].append(follow_up)
    return [(headings[key], key, rows) for key, rows in groups.items() if rows]


@register.simple_tag
def filter_field(field: BoundField) -> SafeString:
    """A field of a filter; marked when it is in use."""
    return vocabulary.drawn_chosen(field) if field.value() else vocabulary.drawn(field)


@register.simple_tag
def timeline_query(timeline: Timeline, *, step: int | None = None, **changed: str | dt.date | None) -> str:
    """The address of the same timeline with another kind or period, or ``step`` pages on; else from its first page."""
    period, kind = timeline.period, timeline.kind
    asked = {"kind": kind.value if kind else "", "first": period.first, "last": period.last} | changed
    page = timeline.page + step if step else 1
    said = {"kind": asked["kind"], "from": asked["first"], "until": asked["last"], "page": page if page > 1 else ""}
    return urlencode({name: value for name, value in said.items() if value})


@register.inclusion_tag("contacts/_pager.html", takes_context=True)
def pager(context: dict, page: Page) -> dict:
    """The pages of a list, the query string otherwise kept."""
    kept = context["request"].GET.copy()
    kept.pop("page", None)
    return {
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "query": f"{kept.urlencode()}&" if kept else "",
    }
