"""What we promised: the list, one of them, done and open again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.forms.followups import FollowUpForm
from contacts.models import FollowUp, Organisation, Person
from contacts.services.followups import keep, promise, usual_due
from contacts.services.followups import reopen as open_again
from contacts.tables import PER_PAGE, CappedPaginator
from contacts.views.access import back, form_status, known, officers_only, reading_contacts
from contacts.views.writing import Writing
from outreach.audit.trail import reading, reading_list
from outreach.once import once
from outreach.privacy.workspace import note_passing


@officers_only
def followups(request: HttpRequest) -> HttpResponse:
    """Overdue first. One's own unless asked otherwise; the done ones stand apart."""
    whose, today = request.GET.get("whose", ""), timezone.localdate()
    rows = FollowUp.objects.visible_to(request.user).with_contacts()
    if whose != "all":
        rows = rows.owned_by(request.user)
    rows = rows.done() if whose == "done" else rows.open()
    page = CappedPaginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    reading_list(request, "contacts.FollowUp", [follow_up.pk for follow_up in page])
    reading_contacts(request, [contact for follow_up in page for contact in follow_up.about])
    context = {"page": page, "whose": whose, "today": today, "nav_current": "workspace:followups"}
    return render(request, "contacts/followups.html", context)


def promised(request, key):
    """Where one goes on from the follow-up that was made with this key."""
    follow_up = FollowUp.objects.visible_to(request.user).owned_by(request.user).with_contacts().filter(pk=key).first()
    return follow_up and (follow_up.contact or reverse("workspace:followups"))


@officers_only
@once(promised)
def new_for_person(request: HttpRequest, pk) -> HttpResponse:
    person = known(Person.objects.visible_to(request.user), pk)
    return _form(request, FollowUp(person=person), person)


@officers_only
@once(promised)
def new_for_organisation(request: HttpRequest, pk) -> HttpResponse:
    organisation = known(Organisation.objects.visible_to(request.user), pk)
    return _form(request, FollowUp(organisation=organisation), organisation)


@officers_only
def edit_followup(request: HttpRequest, pk) -> HttpResponse:
    """One follow-up; its owner may change it, others read it."""
    follow_up = known(FollowUp.objects.visible_to(request.user).with_contacts(), pk)
    if follow_up.owner_id == request.user.pk:
        return _form(request, follow_up, follow_up.contact)
    reading(request, "view", follow_up)
    reading_contacts(request, follow_up.about)
    context = {"follow_up": follow_up, "today": timezone.localdate(), "nav_current": "workspace:followups"}
    return render(request, "contacts/followup.html", context)


def _form(request, follow_up, contact):
    today, is_new = timezone.localdate(), follow_up._state.adding
    initial = {"due_on": usual_due(today)} if is_new else {}
    writing = Writing(request, f"{contact._meta.model_name}:{contact.pk}" if is_new else f"followup:{follow_up.pk}")
    form = FollowUpForm(writing.data, instance=follow_up, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = form.save(commit=False)
        if is_new:
            saved.owner, saved.promised_on = request.user, today
        with writing.done():
            promise(saved, actor=request.user)
        note_passing(request, form, saved)
        messages.success(request, _("The follow-up is saved. Nobody got a mail."))
        return redirect(contact or "workspace:followups")
    if writing.continues:
        form.errors.clear()
    reading_contacts(request, follow_up.about)
    if not is_new:
        follow_up.refresh_from_db(fields=["title"])
    context = {"form": form, "follow_up": None if is_new else follow_up, "contact": contact, "today": today}
    context |= {"nav_current": "workspace:followups", "writing": writing}
    return render(request, "contacts/followup_form.html", context, status=form_status(form))


@officers_only
@require_POST
def done(request: HttpRequest, pk) -> HttpResponse:
    follow_up = known(FollowUp.objects.visible_to(request.user).owned_by(request.user), pk)
    keep(follow_up, actor=request.user, now=timezone.now())
    messages.success(request, _("Done: %(title)s") % {"title": follow_up.title})
    return redirect(back(request, lambda: reverse("workspace:followups")))


@officers_only
@require_POST
def reopen(request: HttpRequest, pk) -> HttpResponse:
    follow_up = known(FollowUp.objects.visible_to(request.user).owned_by(request.user), pk)
    open_again(follow_up, actor=request.user)
    messages.success(request, _("Open again: %(title)s") % {"title": follow_up.title})
    return redirect(back(request, lambda: reverse("workspace:followups")))
