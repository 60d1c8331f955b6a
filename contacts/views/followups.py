"""What we promised: the list, one of them, done and open again."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.forms.followups import FollowUpForm, OutcomeForm, SnoozeForm
from contacts.models import Dialogue, FollowUp, Organisation, Person, Snooze
from contacts.services.followups import conclude, correct, keep, postpone, promise, usual_due
from contacts.services.followups import reopen as open_again
from contacts.services.meanwhile import ChangedMeanwhile
from contacts.tables import PER_PAGE, CappedPaginator
from contacts.views.access import (
    as_shown,
    back,
    form_status,
    known,
    meanwhile,
    officers_only,
    opening,
    posted,
    reading_contacts,
)
from contacts.views.handed_over import gives_text_back
from contacts.views.writing import Writing
from outreach.audit.trail import reading, reading_list
from outreach.meanwhile import VERSION
from outreach.once import once
from outreach.privacy.workspace import note_passing

WEEK_AHEAD = timedelta(days=7)


@officers_only
def followups(request: HttpRequest) -> HttpResponse:
    """Overdue first. One's own unless asked otherwise; the done ones stand apart."""
    whose, today = request.GET.get("whose", ""), timezone.localdate()
    high, waits = "high" in request.GET, "waiting" in request.GET
    rows = _of(whose, FollowUp.objects.visible_to(request.user).with_contacts(), user=request.user, today=today)
    rows = rows.with_priority(FollowUp.Priority.HIGH) if high else rows
    rows = rows.waiting() if waits else rows
    page = CappedPaginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    reading_list(request, "contacts.FollowUp", [follow_up.pk for follow_up in page])
    reading_contacts(request, [contact for follow_up in page for contact in follow_up.about])
    context = {"page": page, "whose": whose, "high": high, "waits": waits, "today": today}
    return render(request, "contacts/followups.html", context | {"nav_current": "workspace:followups"})


def _of(whose, rows, *, user, today):
    """The rows of a view; a name there is no view of opens one's own."""
    match whose:
        case "day":
            return rows.owned_by(user).due_by(today).urgent_first()
        case "week":
            return rows.owned_by(user).due_by(today + WEEK_AHEAD).urgent_first()
        case "team":
            return rows.of_colleagues_of(user).open().by_colleague()
        case "all":
            return rows.open().urgent_first()
        case "done":
            return rows.owned_by(user).done()
        case _:
            return rows.owned_by(user).open().urgent_first()


def promised(request, key):
    """Where one goes on from the follow-up that was made with this key."""
    follow_up = FollowUp.objects.visible_to(request.user).with_contacts().filter(pk=key).first()
    return follow_up and (follow_up.contact or reverse("workspace:followups"))


@officers_only
@once(promised)
def new_for_person(request: HttpRequest, pk) -> HttpResponse:
    person = opening(known(Person.objects.visible_to(request.user), pk))
    return _form(request, FollowUp(person=person, owner=request.user), person)


@officers_only
@once(promised)
def new_for_organisation(request: HttpRequest, pk) -> HttpResponse:
    organisation = opening(known(Organisation.objects.visible_to(request.user), pk))
    return _form(request, FollowUp(organisation=organisation, owner=request.user), organisation)


@officers_only
@once(promised)
def new_for_dialogue(request: HttpRequest, pk) -> HttpResponse:
    """What was promised to the first one there whom the reader may see."""
    dialogue = known(Dialogue.objects.visible_to(request.user).as_read_by(request.user), pk)
    if not dialogue.seen:
        raise Http404
    contact = dialogue.seen[0]
    follow_up = FollowUp(dialogue=dialogue, owner=request.user)
    setattr(follow_up, contact._meta.model_name, contact)
    return _form(request, follow_up, contact)


@officers_only
@gives_text_back
def edit_followup(request: HttpRequest, pk) -> HttpResponse:
    """One follow-up; its owner may change it, others read it."""
    follow_up = known(FollowUp.objects.visible_to(request.user).with_contacts(), pk)
    if follow_up.owner_id == request.user.pk:
        return _form(request, follow_up, follow_up.contact)
    reading(request, "view", follow_up)
    reading_contacts(request, follow_up.about)
    context = {"follow_up": follow_up, "today": timezone.localdate(), "nav_current": "workspace:followups"}
    context["snoozes"] = follow_up.snoozes.visible_to(request.user)
    return render(request, "contacts/followup.html", context)


def _form(request, follow_up, contact):
    today, is_new = timezone.localdate(), follow_up._state.adding
    initial = {"due_on": usual_due(today)} if is_new else {}
    writing = Writing(request, f"{contact._meta.model_name}:{contact.pk}" if is_new else f"followup:{follow_up.pk}")
    form = FollowUpForm(writing.data, instance=follow_up, initial=initial, today=today)
    if request.method == "POST" and form.is_valid() and _kept(request, form, writing):
        if is_new and follow_up.dialogue:
            return redirect("workspace:dialogue", follow_up.dialogue_id)
        return redirect(contact or "workspace:followups")
    if writing.continues:
        form.errors.clear()
        form.data[VERSION] = writing.based_on or ""
    reading_contacts(request, follow_up.about)
    if not is_new:
        reading(request, "view", follow_up)
        follow_up.refresh_from_db(fields=["title"])
    context = {"form": form, "follow_up": None if is_new else follow_up, "contact": contact, "today": today}
    context |= {"nav_current": "workspace:followups", "writing": writing}
    context["snoozes"] = [] if is_new else follow_up.snoozes.visible_to(request.user)
    return render(request, "contacts/followup_form.html", context, status=form_status(form))


def _kept(request, form, writing):
    """Save what was typed; False, and a sentence at the form, when somebody was a moment before."""
    follow_up, is_new = form.save(commit=False), form.instance._state.adding
    if is_new:
        follow_up.promised_on = follow_up.dialogue.date if follow_up.dialogue else timezone.localdate()
    with meanwhile(form):
        with writing.done():
            (promise if is_new else correct)(follow_up, actor=request.user)
        note_passing(request, form, follow_up)
        messages.success(request, _saved(follow_up, request.user))
        return True
    return False


def _saved(follow_up, user):
    if follow_up.owner_id == user.pk:
        return _("The follow-up is saved. Nobody got a mail.")
    return _("The follow-up is saved. It stands in the day of %(name)s, who got no mail.") % {"name": follow_up.owner}


def _own(request, pk):
    """One of the reader's own promises; a colleague's is the same 404 as none."""
    return known(FollowUp.objects.visible_to(request.user).owned_by(request.user).with_contacts(), pk)


@officers_only
@gives_text_back
def put_off(request: HttpRequest, pk) -> HttpResponse:
    """A later day, and why."""
    follow_up, today = _own(request, pk), timezone.localdate()
    snooze = Snooze(follow_up=follow_up, was_due=follow_up.due_on)
    form = SnoozeForm(posted(request), instance=snooze, today=today, initial={"until": usual_due(today)})
    if request.method == "POST" and form.is_valid():
        until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
        with meanwhile(form):
            postpone(follow_up, until=until, reason=reason, actor=request.user, now=timezone.now())
            note_passing(request, form, follow_up)
            messages.success(request, _("Put off: %(title)s") % {"title": follow_up.title})
            return redirect("workspace:followups")
    return _about(request, "contacts/followup_put_off.html", follow_up, form=form)


@officers_only
@gives_text_back
def outcome(request: HttpRequest, pk) -> HttpResponse:
    """How it went: it is done, and one that was done already says so."""
    follow_up = _own(request, pk)
    form = OutcomeForm(posted(request), instance=follow_up)
    if request.method == "POST" and form.is_valid():
        with meanwhile(form):
            conclude(form.save(commit=False), actor=request.user, now=timezone.now())
            note_passing(request, form, follow_up)
            messages.success(request, _("Done: %(title)s") % {"title": follow_up.title})
            return redirect("workspace:followups")
    return _about(request, "contacts/followup_outcome.html", follow_up, form=form)


def _about(request, template, follow_up, *, form):
    reading(request, "view", follow_up)
    reading_contacts(request, follow_up.about)
    context = {"form": form, "follow_up": follow_up, "today": timezone.localdate()}
    return render(request, template, context | {"nav_current": "workspace:followups"}, status=form_status(form))


@officers_only
@require_POST
def done(request: HttpRequest, pk) -> HttpResponse:
    follow_up = _own(request, pk)
    keep(follow_up, actor=request.user, now=timezone.now())
    messages.success(request, _("Done: %(title)s") % {"title": follow_up.title})
    return redirect(back(request, lambda: reverse("workspace:followups")))


@officers_only
@require_POST
def reopen(request: HttpRequest, pk) -> HttpResponse:
    follow_up = as_shown(request, _own(request, pk))
    try:
        open_again(follow_up, actor=request.user)
    except ChangedMeanwhile:
        messages.info(
            request, _("It was changed meanwhile, so it was not opened again: %(title)s") % {"title": follow_up}
        )
    else:
        messages.success(request, _("Open again: %(title)s") % {"title": follow_up.title})
    return redirect(back(request, lambda: reverse("workspace:followups")))
