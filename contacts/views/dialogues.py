"""Logging a dialogue from a phone in under a minute, reading it again, correcting it."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts import lines
from contacts.forms.dialogues import HELD_ALREADY, TOPICS_IN_SIGHT, LogForm
from contacts.forms.rows import ADD
from contacts.models import Dialogue
from contacts.services import choosing
from contacts.services.followups import usual_due
from contacts.services.logging import HeldAlready, log_dialogue, written
from contacts.services.newest import newest
from contacts.tables import Stretch
from contacts.views.access import form_status, known, officers_only, reading_contacts
from contacts.views.writing import Writing
from events.models import Event
from outreach.audit.trail import reading, reading_list
from outreach.once import once
from outreach.privacy.workspace import note_passing

FINDS = ("", "_other")  # the fields somebody is searched by: "find" with what was found by it, "find_other" with its


def logged(request, key):
    """Where one goes on from the dialogue that was logged with this key."""
    if not written(Dialogue(pk=key), request.user):
        return None
    mine = Dialogue.objects.visible_to(request.user).written_by(request.user).filter(pk=key)
    return next(iter(mine.as_read_by(request.user).get().seen), reverse("workspace:dialogues"))


@officers_only
@once(logged)
def log(request: HttpRequest) -> HttpResponse:
    """Who, how, one line, save. Pressing "Search" brings the same form back with more to choose from."""
    now, is_search, text = timezone.localtime(), searching(request), request.POST.get("find", "").strip()
    writing = Writing(request, "log")
    chosen, event = writing.get("who") or _asked_for(request), writing.get("event") or request.GET.get("event", "")
    asked = {"today": now.date(), "chosen": chosen, "text": text, "event": event}
    saves = request.method == "POST" and not is_search
    named = choosing.among(request.user, [chosen]) if saves else []
    options = named or choosing.choices(request.user, **asked)
    there = choosing.among(request.user, writing.getlist("others"))
    first = {name: value for name, value in (("who", chosen), ("event", event)) if value}
    others = there if saves else _others(request, there, options if event else [])
    form = LogForm(
        writing.data, writing.files, user=request.user, now=now, options=options, others=others, initial=first
    )
    if writing.sends:
        form.keep_files()
    if saves and form.is_valid():
        try:
            return _save(request, form, writing, now)
        except HeldAlready:
            form.add_error("who", HELD_ALREADY)
    if saves:
        options = choosing.choices(request.user, **asked) if named else options
        form.offer(options)
        form.offer_others(_others(request, there, options if event else []))
    return form_page(request, "contacts/log.html", form, is_search, text, writing=writing)


def _others(request, there, at_event):
    """Who else may have been there: those ticked, those a search finds, and at an event who was registered."""
    text = request.POST.get("find_other", "").strip()
    found = choosing.found(request.user, text) if text else []
    return [*there, *found, *at_event]


def _save(request, form, writing, now):
    dialogue, chosen = form.fill(Dialogue(pk=form.key, author=request.user)), form.chosen
    with writing.done(savepoint=chosen.meeting is not None):
        log_dialogue(
            dialogue,
            form.present(),
            today=now.date(),
            now=now,
            topics=form.cleaned_data["topics"],
            promised=form.promised(),
            meeting=chosen.meeting,
            note_named=form.cleaned_data["note_named"],
            files=form.attachments,
            part=form.cleaned_data["part"],
        )
        note_passing(request, form, dialogue)
    say_who_cannot_read(request, dialogue)
    messages.success(request, _("The dialogue is saved. Nobody got a mail."))
    return redirect((chosen.people or chosen.organisations)[0])


def say_who_cannot_read(request, dialogue):
    """A colleague named for the note who may not see the dialogue: the one who named them should know."""
    if dialogue.note_readers != Dialogue.NoteReaders.NAMED:
        return
    for named in dialogue.note_named.all():
        if not Dialogue.objects.visible_to(named).filter(pk=dialogue.pk).exists():
            words = _("%(name)s may not see those you talked with, and so cannot read the note.")
            messages.warning(request, words % {"name": named})


def searching(request):
    """Whether "Search" or "Add another" was pressed, or a name stands in a field that was not looked for yet: Enter
    there saves nothing, and a dialogue is not saved with somebody else than the one just named."""
    sought = [(request.POST.get(f"find{field}", "").strip(), request.POST.get(f"found{field}")) for field in FINDS]
    asks = "search" in request.POST or ADD in request.POST
    return asks or any(text not in ("", found) for text, found in sought)


def _asked_for(request):
    """What the link that led here named: ?meeting=, ?person= or ?organisation=."""
    for what in ("meeting", "person", "organisation"):
        if key := request.GET.get(what):
            return f"{what}:{key}"
    return ""


def form_page(request, template, form, is_search, text, *, writing, **context):
    """The form once more. A search is no attempt to save, nor is going on with a draft: it shows no mistakes."""
    if is_search or writing.continues:
        form.errors.clear()
    shown = [contact for who in form.offered for contact in (*who.people, *who.organisations)]
    shown += writing.named()
    text_other = request.POST.get("find_other", "").strip()
    reading_contacts(request, shown, verb="search" if text or text_other else "list")
    context |= {
        "form": form,
        "writing": writing,
        "today": form.today,
        "searching": is_search,
        "text": text,
        "text_other": text_other,
        "topics_in_sight": TOPICS_IN_SIGHT,
        "nav_current": "workspace:log",
    }
    return render(request, template, context, status=form_status(form))


@officers_only
def dialogues(request: HttpRequest) -> HttpResponse:
    """The newest first: one's own, or all one may know of."""
    everyone = request.GET.get("whose") == "all"
    page = Stretch(
        lambda start, most: newest(request.user, everyone=everyone, start=start, most=most), request.GET.get("page")
    )
    reading_list(request, "contacts.Dialogue", [dialogue.pk for dialogue in page.rows])
    reading_contacts(request, [contact for dialogue in page.rows for contact in dialogue.seen])
    drawn = [lines.talk(dialogue) for dialogue in page.rows]
    context = {"page": page, "lines": drawn, "everyone": everyone, "nav_current": "workspace:dialogues"}
    return render(request, "contacts/dialogues.html", context)


@officers_only
def dialogue(request: HttpRequest, pk) -> HttpResponse:
    readable = Dialogue.objects.visible_to(request.user).as_read_by(request.user)
    shown = known(readable.select_related("initiative").prefetch_related("topics", "note_named"), pk)
    follow_ups = shown.follow_ups.visible_to(request.user).with_contacts()
    attachments = shown.attachments.visible_to(request.user)
    seen = Event.objects.seen_by(request.user).filter(pk=shown.event_id)
    reading(request, "view", shown)
    promised_to = [contact for follow_up in follow_ups for contact in follow_up.about]
    reading_contacts(request, [*shown.seen, *promised_to])
    context = {
        "dialogue": shown,
        "attachments": attachments,
        "event": seen.opening_for(request.user).first() if shown.event_id else None,
        "follow_ups": follow_ups,
        "promise_key": uuid4(),
        "usual_due": usual_due(timezone.localdate()),
        "today": timezone.localdate(),
        "may_change": shown.can_be_changed_by(request.user),
        "nav_current": "workspace:dialogues",
    }
    return render(request, "contacts/dialogue.html", context)
