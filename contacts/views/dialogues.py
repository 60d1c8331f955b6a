"""Logging a dialogue from a phone in under a minute, reading it again, correcting it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.forms.dialogues import TOPICS_IN_SIGHT, CorrectForm, LogForm
from contacts.models import Dialogue
from contacts.services import choosing
from contacts.services.logging import correct_dialogue, log_dialogue
from contacts.tables import PER_PAGE, CappedPaginator
from contacts.views.access import form_status, known, officers_only, reading_contacts
from contacts.views.writing import Writing
from outreach.audit.trail import reading, reading_list
from outreach.once import once
from outreach.privacy.workspace import note_passing


def logged(request, key):
    """Where one goes on from the dialogue that was logged with this key."""
    mine = Dialogue.objects.visible_to(request.user).filter(author=request.user)
    dialogue = mine.as_read_by(request.user).filter(pk=key).first()
    return dialogue and next(iter(dialogue.seen), reverse("workspace:dialogues"))


@officers_only
@once(logged)
def log(request: HttpRequest) -> HttpResponse:
    """Who, how, one line, save. Pressing "Search" brings the same form back with more to choose from."""
    today, searching, text = timezone.localdate(), _searching(request), request.POST.get("find", "").strip()
    writing = Writing(request, "log")
    chosen = writing.get("who") or _asked_for(request)
    options = choosing.choices(request.user, today=today, chosen=chosen, text=text)
    form = LogForm(writing.data, user=request.user, today=today, options=options, initial=_first(chosen))
    if request.method == "POST" and not searching and form.is_valid():
        dialogue = form.fill(Dialogue(pk=form.key, author=request.user))
        with writing.done():
            log_dialogue(
                dialogue,
                form.present(),
                today=today,
                now=timezone.now(),
                topics=form.cleaned_data["topics"],
                promised=form.promised(),
                meeting=form.chosen.meeting,
            )
            note_passing(request, form, dialogue)
        messages.success(request, _("The dialogue is saved. Nobody got a mail."))
        return redirect((form.chosen.people or form.chosen.organisations)[0])
    return _form_page(request, "contacts/log.html", form, searching, text, writing=writing)


def _searching(request):
    """Whether "Search" was pressed, or a name stands in its field that was not looked for yet: Enter there saves
    nothing, and a dialogue is not saved with somebody else than the one just named."""
    text = request.POST.get("find", "").strip()
    return "search" in request.POST or text not in ("", request.POST.get("found"))


def _asked_for(request):
    """What the link that led here named: ?meeting=, ?person= or ?organisation=."""
    for what in ("meeting", "person", "organisation"):
        if key := request.GET.get(what):
            return f"{what}:{key}"
    return ""


def _first(chosen):
    return {"who": chosen} if chosen else {}


def _form_page(request, template, form, searching, text, *, writing, **context):
    """The form once more. A search is no attempt to save, nor is going on with a draft: it shows no mistakes."""
    if searching or writing.continues:
        form.errors.clear()
    shown = [contact for who in form.options.values() for contact in (*who.people, *who.organisations)]
    shown += writing.named()
    reading_contacts(request, shown, verb="search" if text else "list")
    context |= {
        "form": form,
        "writing": writing,
        "today": form.today,
        "searching": searching,
        "text": text,
        "topics_in_sight": TOPICS_IN_SIGHT,
        "nav_current": "workspace:log",
    }
    return render(request, template, context, status=form_status(form))


@officers_only
def dialogues(request: HttpRequest) -> HttpResponse:
    """The newest first: one's own, or all one may know of."""
    everyone = request.GET.get("whose") == "all"
    visible = Dialogue.objects.visible_to(request.user)
    rows = visible if everyone else visible.with_officer(request.user)
    page = CappedPaginator(rows.as_read_by(request.user).newest_first(), PER_PAGE).get_page(request.GET.get("page"))
    reading_list(request, "contacts.Dialogue", [dialogue.pk for dialogue in page])
    reading_contacts(request, [contact for dialogue in page for contact in dialogue.seen])
    context = {"page": page, "everyone": everyone, "nav_current": "workspace:dialogues"}
    return render(request, "contacts/dialogues.html", context)


@officers_only
def dialogue(request: HttpRequest, pk) -> HttpResponse:
    readable = Dialogue.objects.visible_to(request.user).as_read_by(request.user)
    shown = known(readable.prefetch_related("topics"), pk)
    follow_ups = shown.follow_ups.visible_to(request.user).with_contacts()
    reading(request, "view", shown)
    reading_contacts(request, shown.seen)
    context = {
        "dialogue": shown,
        "follow_ups": follow_ups,
        "today": timezone.localdate(),
        "may_change": shown.can_be_changed_by(request.user),
        "nav_current": "workspace:dialogues",
    }
    return render(request, "contacts/dialogue.html", context)


@officers_only
def edit_dialogue(request: HttpRequest, pk) -> HttpResponse:
    """Whoever wrote it, or was in it, corrects it; a note one may not read stays as it is."""
    shown = known(Dialogue.objects.visible_to(request.user).as_read_by(request.user), pk)
    if not shown.can_be_changed_by(request.user):
        raise Http404
    today, searching, text = timezone.localdate(), _searching(request), request.POST.get("find", "").strip()
    writing = Writing(request, f"dialogue:{shown.pk}")
    form = _correct_form(request, shown, today, text, writing=writing)
    if request.method == "POST" and not searching and form.is_valid():
        topics = form.cleaned_data["topics"]
        with writing.done():
            correct_dialogue(form.fill(shown), form.present(), actor=request.user, today=today, topics=topics)
            note_passing(request, form, shown)
        messages.success(request, _("The dialogue is saved. Nobody got a mail."))
        return redirect("workspace:dialogue", shown.pk)
    return _form_page(request, "contacts/dialogue_form.html", form, searching, text, writing=writing, dialogue=shown)


def _correct_form(request, shown, today, text, *, writing):
    there = [f"person:{one.pk}" for one in shown.seen_people]
    there += [f"organisation:{one.pk}" for one in shown.seen_organisations]
    values = dict.fromkeys([*there, *writing.getlist("participants")])
    options = choosing.among(request.user, values)
    options += choosing.found(request.user, text) if text else []
    names = ("kind", "summary", "note_readers", "date", "starts_at", "minutes", "place")
    initial = {name: getattr(shown, name) for name in names}
    initial |= {"note": shown.note_to_read, "participants": there}
    initial |= {"topics": shown.topics.all(), "officers": shown.officers.all()}
    return CorrectForm(
        writing.data,
        user=shown.author,
        today=today,
        options=options,
        hidden=shown.hidden,
        reads_note=bool(shown.note_to_read) or not shown.note,
        initial=initial,
    )
