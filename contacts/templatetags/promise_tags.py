"""The rows of follow-ups. Drawn in Python as the cells of the long lists are (cells.py): a day has dozens."""

from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from contacts.models import FollowUp
from contacts.templatetags.contacts_tags import due, linked, yearless
from outreach.design.templatetags.design_tags import clock
from outreach.links import path_of

register = template.Library()

TODO = """<li><div><a class="t" href="{}">{}</a><p class="meta">{}</p></div><span class="when">{}</span>{}</li>"""
BRIEF = """<li><div><a class="t" href="{}">{}</a><p class="meta">{} · {}</p>{}</div>{}</li>"""
LOG = '<a class="button button-secondary sm" href="{}?meeting={}">{}<span class="sr">: {}</span></a>'
MARK = """<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">
<input type="hidden" name="next" value="{}"><input type="hidden" name="version" value="{}">
<button class="button button-secondary sm">{}<span class="sr">: {}</span></button></form>"""


@register.simple_tag(takes_context=True)
def todo(context: template.Context, follow_ups: Iterable[FollowUp], *, owner: bool = False) -> SafeString:
    """Follow-ups with their button; with ``owner`` saying whose each is, where it is a colleague's."""
    rows = (
        (
            path_of("workspace:followup", one.pk),
            one.title,
            promised(context, one, owner=owner),
            due(one, context["today"]),
            done_button(context, one),
        )
        for one in follow_ups
    )
    return format_html('<ul class="rows todo">{}</ul>', format_html_join("", TODO, rows))


@register.simple_tag(takes_context=True)
def open_promises(context: template.Context, follow_ups: Iterable[FollowUp]) -> SafeString:
    """Follow-ups beside whom or what they are about: whose each is, and since when."""
    rows = (
        (
            path_of("workspace:followup", one.pk),
            one.title,
            one.owner,
            _("promised %(day)s") % {"day": yearless(one.promised_on)},
            due(one, context["today"]),
            done_button(context, one),
        )
        for one in follow_ups
    )
    return format_html('<ul class="rows prop">{}</ul>', format_html_join("", BRIEF, rows))


@register.simple_tag(takes_context=True)
def promised(context: template.Context, follow_up: FollowUp, *, owner: bool = False) -> SafeString:
    """Whom a follow-up was promised, and when."""
    parts: list[str] = []
    if owner and follow_up.owner_id != context["request"].user.pk:
        parts.append(str(follow_up.owner))
    if follow_up.is_meeting:
        parts.append(f"{follow_up.get_kind_display()} {clock(follow_up.starts_at)}")
    parts.append(_to_whom(follow_up))
    if follow_up.waiting_for:
        parts.append(_("waiting for %(what)s") % {"what": follow_up.waiting_for})
    match follow_up.priority:
        case FollowUp.Priority.HIGH:
            parts.append(format_html("<strong>{}</strong>", _("high priority")))
        case FollowUp.Priority.LOW:
            parts.append(_("low priority"))
    return format_html_join("\u00a0· ", "{}", ((part,) for part in parts))


def _to_whom(follow_up: FollowUp) -> SafeString:
    if not follow_up.about:
        words = _("Noted %(day)s")
    elif follow_up.is_meeting:
        words = _("With %(who)s · agreed %(day)s")
    else:
        words = _("Promised to %(who)s · %(day)s")
    places = {"who": "{who}", "day": "{day}"}
    return format_html(words % places, who=linked(follow_up.about), day=yearless(follow_up.promised_on))


@register.simple_tag(takes_context=True)
def done_button(context: template.Context, follow_up: FollowUp) -> SafeString | str:
    """Marks a follow-up done, or opens it again, and comes back here; nothing for a colleague's.

    A planned conversation that has come is logged instead.
    """
    request = context["request"]
    if follow_up.owner_id != request.user.pk:
        return ""
    if follow_up.is_meeting and not follow_up.done_at and follow_up.due_on <= context["today"]:
        return format_html(LOG, reverse("workspace:log"), follow_up.pk, _("Log now"), follow_up.title)
    url = "workspace:followup_reopen" if follow_up.done_at else "workspace:followup_done"
    return format_html(
        MARK,
        path_of(url, follow_up.pk),
        context["csrf_token"],
        request.get_full_path(),
        follow_up.version,
        _("Open again") if follow_up.done_at else _("Done"),
        follow_up.title,
    )
