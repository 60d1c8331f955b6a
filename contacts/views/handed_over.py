"""A follow-up that was handed to a colleague while its owner wrote about it: said kindly, with the text given back."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from contacts.forms.followups import FollowUpForm, OutcomeForm, SnoozeForm
from contacts.models import FollowUp
from contacts.views.access import reading_contacts
from outreach.audit.trail import reading

View = Callable[..., HttpResponse]
WRITTEN = {
    name: form.base_fields[name].label
    for form, names in (
        (FollowUpForm, ("title", "waiting_for", "place")),
        (SnoozeForm, ("reason",)),
        (OutcomeForm, ("outcome_text",)),
    )
    for name in names
}


def gives_text_back(view: View) -> View:
    """For a view in which the owner of a follow-up writes. Whoever may not know of it any more gets its 404."""

    @wraps(view)
    def guarded(request: HttpRequest, pk) -> HttpResponse:
        typed = [(label, text) for name, label in WRITTEN.items() if (text := request.POST.get(name, "").strip())]
        theirs = _of_a_colleague(request, pk) if typed else None
        if theirs is None:
            return view(request, pk)
        reading(request, "view", theirs)
        reading_contacts(request, theirs.about)
        context = {"follow_up": theirs, "typed": typed, "nav_current": "workspace:followups"}
        return render(request, "contacts/handed_over.html", context, status=409)

    return guarded


def _of_a_colleague(request: HttpRequest, pk) -> FollowUp | None:
    seen = FollowUp.objects.visible_to(request.user).with_contacts()
    return seen.exclude(owner=request.user).filter(pk=pk).first()
