"""A person's or an organisation's page, and the form behind it."""

from itertools import chain

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.forms.contacts import OrganisationForm, PersonForm
from contacts.models import Organisation, Person
from contacts.services.channels import refusals_of
from contacts.services.holdings import saying_what_there_is
from contacts.services.informing import inform_by
from contacts.services.readers import answers_for
from contacts.services.relationships import ties_of
from contacts.services.roles import current_and_earlier, posts_of
from contacts.services.timeline import Kind, timeline
from contacts.services.umbrellas import family
from contacts.services.whereabouts import spots
from contacts.views.access import form_status, known, officers_only, posted, reading_contacts
from contacts.views.asking import YEARS_SHOWN, asked_of_timeline, whole_year
from contacts.views.comparing import undecided
from contacts.views.proposed import person_from
from contacts.vocabulary import put_owners
from outreach.audit.trail import reading
from outreach.once import once
from outreach.privacy.workspace import note_passing


@officers_only
def person(request: HttpRequest, pk) -> HttpResponse:
    shown = known(_with_keepers(Person.objects.visible_to(request.user)), pk)
    held = list(shown.affiliations.visible_to(request.user).select_related("organisation"))
    roles, earlier = current_and_earlier(held)
    context = {**_page(request, shown, held), "roles": roles, "earlier": earlier, "nav_current": "workspace:people"}
    _note(request, context, [role.organisation for role in held])
    return render(request, "contacts/person.html", context)


@officers_only
def organisation(request: HttpRequest, pk) -> HttpResponse:
    shown = known(_with_keepers(Organisation.objects.visible_to(request.user)).select_related("kind"), pk)
    posts, related = posts_of(shown, user=request.user), family(shown, user=request.user)
    everybody = [role for post in posts for role in post.everybody]
    context = {
        **_page(request, shown, everybody),
        "posts": posts,
        "family": related,
        "nav_current": "workspace:organisations",
    }
    named = [*related.members, *([related.umbrella] if related.umbrella else [])]
    _note(request, context, [*named, *(role.person for role in everybody)])
    return render(request, "contacts/organisation.html", context)


def _with_keepers(contacts):
    kept = contacts.select_related("owner", "team__police_district", "municipality__police_district")
    return saying_what_there_is(kept)


def _note(request, context, with_roles):
    """Who read about the contact, and whom else the page named."""
    contact = context["contact"]
    named = chain(context["timeline"].named, with_roles, (tie.other for tie in context["ties"]))
    reading(request, "view", contact)
    reading_contacts(request, [other for other in named if other != contact])


def _page(request, contact, held):
    """What both pages show beside the head."""
    today = timezone.localdate()
    shown = timeline(contact, user=request.user, today=today, held=held, **asked_of_timeline(request))
    follow_ups = list(contact.follow_ups.visible_to(request.user).open()) if contact.has_follow_ups else []
    put_owners(follow_ups)
    grants = contact.grants.live(today).select_related("user").exclude(user=contact.owner_id)
    grants = list(grants) if contact.has_grants else []
    return {
        "contact": contact,
        "points": sorted(contact.points.all() if contact.has_points else (), key=lambda point: not point.preferred),
        "other_names": contact.other_names.all() if contact.has_other_names else [],
        "spoken": list(contact.languages.all()) if contact.has_languages else [],
        "spots": spots(contact, today=today),
        "ties": ties_of(contact, user=request.user) if contact.has_ties else [],
        "refusals": refusals_of(contact, user=request.user) if contact.has_refusals else [],
        "inform_by": inform_by(contact),
        "today": today,
        "timeline": shown,
        "years": [(year, *whole_year(year)) for year in range(today.year, today.year - YEARS_SHOWN, -1)],
        "follow_ups": follow_ups,
        "some_are_done": shown.counts[Kind.FOLLOW_UP] > len(follow_ups),
        "grants": grants,
        "seers": len(grants) + 1,
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
    shown = known(Person.objects.visible_to(request.user), pk)
    form = PersonForm(posted(request), instance=shown, user=request.user, today=timezone.localdate())
    return _edit(request, shown, form, "contacts/person_form.html", "workspace:people")


@officers_only
@once(made_organisation)
def new_organisation(request: HttpRequest) -> HttpResponse:
    form = OrganisationForm(posted(request), instance=Organisation(), user=request.user, today=timezone.localdate())
    return _edit(request, None, form, "contacts/organisation_form.html", "workspace:organisations")


@officers_only
def edit_organisation(request: HttpRequest, pk) -> HttpResponse:
    shown = known(Organisation.objects.visible_to(request.user), pk)
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
