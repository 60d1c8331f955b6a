"""Correcting a dialogue, also when somebody else did meanwhile; what it was before, and one version beside another."""

from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.forms.corrections import CorrectForm, put, settled
from contacts.models import Dialogue
from contacts.services import choosing, revisions
from contacts.services.comparing import Wording, compare, labels
from contacts.services.correcting import Stale, correct_dialogue
from contacts.services.merging import UNITS, Clash, Merge, merge
from contacts.services.revisions import NOTE
from contacts.views.access import known, officers_only, reading_contacts
from contacts.views.dialogues import form_page, say_who_cannot_read, searching
from contacts.views.writing import Writing
from outreach.audit.trail import reading
from outreach.privacy.workspace import note_passing
from outreach.sealing.fields import Unreadable

TRIES = 3  # to save what needs no choice, while others save
TAKES = [f"take-{unit}" for unit in UNITS]
NOT_KEPT = ["csrfmiddlewaretoken", "version", "find", "found", "search", "kept"]


def to_correct(request, pk):
    """The dialogue as this reader may read and correct it; otherwise the same 404 as none."""
    rows = Dialogue.objects.visible_to(request.user).changeable_by(request.user)
    return known(rows.as_read_by(request.user).saying_if_note_is_open(request.user), pk)


@officers_only
def edit_dialogue(request: HttpRequest, pk) -> HttpResponse:
    """Whoever wrote it, or was in it, corrects it; a note one may not read stays as it is."""
    shown, is_search, text = to_correct(request, pk), searching(request), request.POST.get("find", "").strip()
    writing = Writing(request, f"dialogue:{shown.pk}")
    version = _version(request, writing, shown)
    was = revisions.version_of(shown, version, request.user)
    sent = settled(writing.data, was) if writing.data is not None else None
    form = _form(request, shown, sent, text, files=writing.files)
    if writing.sends:
        form.keep_files()
    if writing.sends and not is_search and form.is_valid():
        return _save(request, shown, form, writing, version=version, was=was)
    page = {"dialogue": shown, "version": version, "left_over": _left_over(request, form, shown, version)}
    return form_page(request, "contacts/dialogue_form.html", form, is_search, text, writing=writing, **page)


def _version(request, writing, shown):
    """The version the form was made from; 0 for one that was made up."""
    if not writing.sends:
        return writing.based_on or shown.version
    sent = request.POST.get("version", "")
    number = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 11 else 0
    return number if number <= shown.version else 0


def _form(request, shown, sent, text, *, files=None):
    """The form of a dialogue as it is now, or as it was in ``?from=``."""
    values = revisions.now_of(shown, request.user)
    begin = request.GET.get("from", "")
    if sent is None and begin.isascii() and begin.isdigit() and len(begin) < 10:
        values |= revisions.version_of(shown, int(begin), request.user) or {}
    there = sent.getlist("participants") if sent is not None else []
    options = choosing.among(request.user, dict.fromkeys([*values["participants"], *there]))
    options += choosing.found(request.user, text) if text else []
    form = CorrectForm(
        sent, files, user=request.user, now=timezone.localtime(), options=options, dialogue=shown, values=values
    )
    form.files_there = shown.attachments.count()
    return form


def _left_over(request, form, shown, version):
    """A note typed before the dialogue got one that is not theirs to read: shown once more, for it cannot be saved."""
    late = version != shown.version and "note" not in form.fields
    return request.POST.get("note", "").strip() if late else ""


def _save(request, shown, form, writing, *, version, was):
    """Save it; if somebody else came first, with theirs where they alone changed something, or after asking."""
    others = False
    for _try in range(TRIES):
        merged = _merged(form, shown, version, was, request.user)
        left_over = _left_over(request, form, shown, version)
        if merged.clashes or left_over:
            return _ask(request, shown, form, writing, merged, left_over=left_over)
        if shown.version != version:
            form, others = _with(request, form, shown, merged), True
            version, was = shown.version, revisions.now_of(shown, request.user)
            if not form.is_valid():
                break
        try:
            with writing.done():
                now = timezone.localtime()
                saved = form.fill(shown)
                correct_dialogue(saved, form.correction(), actor=request.user, today=now.date(), now=now)
                note_passing(request, form, saved)
        except Stale:
            shown = to_correct(request, shown.pk)
            continue
        say_who_cannot_read(request, saved)
        _say_saved(request, others=others)
        return redirect("workspace:dialogue", shown.pk)
    page = {"dialogue": shown, "version": shown.version}
    return form_page(request, "contacts/dialogue_form.html", form, False, "", writing=writing, **page)


def _merged(form, shown, version, was, user) -> Merge:
    mine = form.values()
    return Merge(mine, []) if shown.version == version else merge(mine, revisions.now_of(shown, user), was)


def _with(request, form, shown, merged):
    """The same form with what the merge made of it; its files are kept already."""
    again = _form(request, shown, put(form.data, merged.values), "")
    again.attachments = form.attachments
    again.is_valid()
    again.attachments = form.attachments
    return again


def _say_saved(request, *, others):
    messages.success(request, _("The dialogue is saved. Nobody got a mail."))
    if others:
        messages.info(request, _("A colleague had changed other fields meanwhile. Both are in it."))


class Side(NamedTuple):
    """What one side of a choice says: field by field, with the words."""

    value: str
    title: str
    fields: list[tuple[str, list[str]]]


def _ask(request, shown, form, writing, merged, *, left_over):
    """Mine or theirs, for each field both changed. Nothing is saved before they are chosen."""
    sides = [side for clash in merged.clashes for side in (clash.mine, clash.theirs, clash.was or {})]
    wording, names = Wording(request.user, *sides), labels()
    kept = put(form.data, merged.values)
    for name in (*NOT_KEPT, *TAKES, *(() if "note" in form.fields else NOTE)):
        kept.pop(name, None)
    context = {
        "dialogue": shown,
        "form": form,
        "writing": writing,
        "choices": [(clash.unit, names[clash.unit], _sides(clash, wording)) for clash in merged.clashes],
        "kept": [(name, value) for name, values in kept.lists() for value in values],
        "left_over": left_over,
        "last": shown.revisions.visible_to(request.user).select_related("saved_by").first(),
        "today": form.today,
        "nav_current": "workspace:dialogues",
    }
    reading(request, "view", shown)
    reading_contacts(request, [*shown.seen, *wording.contacts])
    return render(request, "contacts/dialogue_conflict.html", context, status=409)


def _sides(clash: Clash, wording):
    sides = [("mine", _("What you wrote"), clash.mine), ("theirs", _("What your colleague saved"), clash.theirs)]
    if clash.was is not None:
        sides.append(("", _("What it was before"), clash.was))
    names = labels()
    return [
        Side(value, title, [(names[field], wording.of(field, values)) for field in UNITS[clash.unit]])
        for value, title, values in sides
    ]


@officers_only
def versions(request: HttpRequest, pk) -> HttpResponse:
    """Every version that is kept, and two of them beside each other: the last two, unless others are chosen."""
    shown = known(Dialogue.objects.visible_to(request.user).as_read_by(request.user), pk)
    rows = shown.revisions.visible_to(request.user)
    listed = list(rows.select_related("saved_by").defer("note", "fields").newest_first())
    numbers = [revision.version for revision in listed]
    before, after = _chosen_versions(request, numbers)
    read = {
        revision.version: revision for revision in rows.as_read_by(request.user).filter(version__in=[before, after])
    }
    sides = [revisions.values_in(read[number], request.user) for number in (before, after) if number in read]
    wording = Wording(request.user, *sides)
    reading(request, "view", shown)
    reading_contacts(request, [*shown.seen, *wording.contacts])
    context = {
        "dialogue": shown,
        "revisions": listed,
        "before": before,
        "after": after,
        "unread": next((row.note_to_read for row in read.values() if isinstance(row.note_to_read, Unreadable)), ""),
        "differences": compare(*sides, wording) if len(sides) == 2 else [],
        "may_change": shown.can_be_changed_by(request.user),
        "nav_current": "workspace:dialogues",
    }
    return render(request, "contacts/dialogue_versions.html", context)


def _chosen_versions(request, numbers):
    """The older and the newer of two chosen ones; anything made up gives the last two."""
    sent = [request.GET.get(name, "") for name in ("before", "after")]
    chosen = sorted(number for number in numbers if str(number) in sent)
    if len(chosen) != 2:
        chosen = sorted(numbers[:2])
    return chosen if len(chosen) == 2 else (None, None)
