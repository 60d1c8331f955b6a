"""A person's or an organisation's page, and the form behind it."""

from functools import partial
from itertools import chain

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.entries import drawn
from contacts.forms.contacts import OrganisationForm, PersonForm
from contacts.models import Organisation, Person
from contacts.services.channels import with_reach
from contacts.services.informing import inform_by
from contacts.services.opening import opened
from contacts.services.readers import answers_for
from contacts.services.roles import current_and_earlier, posts_of
from contacts.services.timeline import Kind, Known, promised, timeline
from contacts.services.umbrellas import SHOWN as MEMBERS_SHOWN
from contacts.services.whereabouts import spots
from contacts.views.access import form_status, known, officers_only, opening, posted, reading_contacts
from contacts.views.asking import YEARS_SHOWN, asked_of_timeline, whole_year
from contacts.views.proposed import person_from
from contacts.views.taking_over import undecided
from outreach.audit.trail import reading
from outreach.once import once
from outreach.privacy.workspace import note_passing


@officers_only
def person(request: HttpRequest, pk) -> HttpResponse:
    shown = _open(Person, pk, request.user)
    roles, earlier = current_and_earlier(shown.held)
    context = {**_page(request, shown), "roles": roles, "earlier": earlier, "nav_current": "workspace:people"}
    _note(request, context, [role.organisation for role in shown.held])
    return render(request, "contacts/person.html", context)


@officers_only
def organisation(request: HttpRequest, pk) -> HttpResponse:
    shown = _open(Organisation, pk, request.user)
    context = {
        **_page(request, shown),
        "posts": posts_of(shown.held),
        "family": shown.family,
        "nav_current": "workspace:organisations",
    }
    named = [*shown.members[:MEMBERS_SHOWN], *shown.umbrella]
    _note(request, context, [*named, *(role.person for role in shown.held)])
    return render(request, "contacts/organisation.html", context)


def _open(model, pk, user):
    """Not theirs to know of and not there are the same 404, as in ``known``."""
    shown = opened(model, pk, user=user)
    if shown is None:
        raise Http404
    opening(shown.contact)
    return shown


def _note(request, context, with_roles):
    """Who read about the contact, and whom else the page named."""
    contact = context["contact"]
    named = chain(context["timeline"].named, with_roles, (tie.other for tie in context["ties"]))
    reading(request, "view", contact)
    reading_contacts(request, [other for other in named if other != contact])


def _page(request, shown):
    """What both pages show beside the head."""
    contact, today = shown.contact, timezone.localdate()
    told = promised(contact, user=request.user) if shown.counts[Kind.FOLLOW_UP] else []
    known = Known(shown.held, shown.counts, promised=told, talks=shown.talks, registered=shown.registered)
    entries = timeline(contact, user=request.user, today=today, known=known, **asked_of_timeline(request))
    draw = partial(drawn, contact=contact, today=today)
    return {
        "contact": contact,
        "points": with_reach(sorted(shown.points, key=lambda point: not point.preferred)),
        "other_names": shown.other_names,
        "spoken": shown.spoken,
        "spots": spots(contact, shown.addresses, today=today),
        "ties": shown.ties,
        "refusals": shown.refusals,
        "inform_by": inform_by(contact),
        "today": today,
        "timeline": entries,
        "coming": [draw(entry) for entry in entries.coming],
        "past": [(year, [draw(entry) for entry in of_year]) for year, of_year in entries.years],
        "years": [(year, *whole_year(year)) for year in range(today.year, today.year - YEARS_SHOWN, -1)],
        "follow_ups": [one for one in told if one.done_at is None],
        "some_are_done": any(one.done_at for one in told),
        "grants": shown.grants,
        "seers": len(shown.grants) + 1,
        "is_owner": contact.owner_id == request.user.pk,
        "answers_for": answers_for(request.user, contact),
    }


def made_person(request, key):
    return Person.objects.visible_to(request.user).filter(pk=key).first()


def made_organisation(request, key):
    return Organisation.objects.visible_to(request.user).filter(pk=key).first()


@officers_only
@once(made_person)
def new_person(request: HttpRequest) -> HttpResponse:
    """A new person: from nothing, or from what a visitor wrote when ``registration`` names it."""
    if key := request.GET.get("registration"):
        return person_from(request, undecided(request, key))
    form = PersonForm(posted(request), instance=Person(), user=request.user, today=timezone.localdate())
    return _edit(request, None, form, "contacts/person_form.html", "workspace:people")


@officers_only
def edit_person(request: HttpRequest, pk) -> HttpResponse:
    shown = opening(known(Person.objects.visible_to(request.user), pk))
    form = PersonForm(posted(request), instance=shown, user=request.user, today=timezone.localdate())
    return _edit(request, shown, form, "contacts/person_form.html", "workspace:people")


@officers_only
@once(made_organisation)
def new_organisation(request: HttpRequest) -> HttpResponse:
    form = OrganisationForm(posted(request), instance=Organisation(), user=request.user, today=timezone.localdate())
    return _edit(request, None, form, "contacts/organisation_form.html", "workspace:organisations")


@officers_only
def edit_organisation(request: HttpRequest, pk) -> HttpResponse:
    shown = opening(known(Organisation.objects.visible_to(request.user), pk))
    form = OrganisationForm(posted(request), instance=shown, user=request.user, today=timezone.localdate())
    return _edit(request, shown, form, "contacts/organisation_form.html", "workspace:organisations")


def _edit(request, contact, form, template, tab):
    if (
        request.method == "POST"
        and not form.asks_for_more
        and form.is_valid()
        and (saved := form.keep(actor=request.user))
    ):
        note_passing(request, form, saved)
        messages.success(request, _("%(name)s is saved.") % {"name": saved})
        still_seen = type(saved).objects.visible_to(request.user).filter(pk=saved.pk).exists()
        return redirect(saved if still_seen else tab)
    if contact:
        reading(request, "view", contact)
        contact.refresh_from_db(fields=["name"])  # the head shows what is saved, not what was typed
    reading_contacts(request, [one.contact for one in form.alike], verb="search")
    context = {"form": form, "contact": contact, "nav_current": tab}
    return render(request, template, context, status=form_status(form))
