"""What a contact is to others: one more, one corrected or ended, one struck out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.forms.relationships import RelationshipForm
from contacts.models import Organisation, Person, Relationship
from contacts.services import choosing, relationships
from contacts.services.meanwhile import ChangedMeanwhile
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
from outreach.audit.trail import reading
from outreach.once import once
from outreach.privacy.workspace import note_passing


def related(request, key):
    """Where a relationship that was noted by the form ``key`` led."""
    made = Relationship.objects.visible_to(request.user).with_ends().filter(pk=key).first()
    return made and _seen_from(request, made)


@officers_only
@once(related)
def new_for_person(request: HttpRequest, pk) -> HttpResponse:
    return _new(request, opening(known(Person.objects.visible_to(request.user), pk)))


@officers_only
@once(related)
def new_for_organisation(request: HttpRequest, pk) -> HttpResponse:
    return _new(request, opening(known(Organisation.objects.visible_to(request.user), pk)))


def _new(request, here):
    """First find who it is to (a search page), then write what they are to each other."""
    text, chosen = request.GET.get("q", ""), request.GET.get("other", "")
    there = _other(request, chosen, here)
    form = None
    if there:
        form = RelationshipForm(
            posted(request), instance=Relationship(), here=here, there=there, today=timezone.localdate()
        )
        if request.method == "POST" and form.is_valid() and _saved(request, form):
            return redirect(here)
    found = [who for who in choosing.found(request.user, text) if _contact(who) != here] if text.strip() else []
    reading(request, "view", here)
    reading_contacts(request, [_contact(who) for who in found] or ([there] if there else []), verb="search")
    context = {"here": here, "there": there, "found": found, "q": text, "form": form}
    return _answer(request, form, context)


def _other(request, chosen, here):
    """The contact at the other end, if the reader may see it; nobody is related to themselves."""
    others = [_contact(who) for who in choosing.among(request.user, [chosen]) if who.people or who.organisations]
    return next((other for other in others if other != here), None)


def _contact(who):
    return [*who.people, *who.organisations][0]


def _saved(request, form):
    try:
        with meanwhile(form):
            relationships.relate(form.instance, actor=request.user)
            note_passing(request, form, form.instance)
            messages.success(request, _("The relationship is saved."))
            return True
    except relationships.NotedAlready:
        form.add_error(None, _("This relationship is noted already."))
    except relationships.NotBetweenThese:
        form.add_error("what", _("This kind of relationship is between others."))
    return False


@officers_only
def edit_relationship(request: HttpRequest, pk) -> HttpResponse:
    relationship = _seen(request, pk)
    here = _seen_from(request, relationship)
    there = relationship.other(here)
    form = RelationshipForm(posted(request), instance=relationship, here=here, there=there, today=timezone.localdate())
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        return redirect(here)
    reading(request, "view", relationship)
    reading_contacts(request, [here, there])
    return _answer(request, form, {"here": here, "there": there, "form": form, "relationship": relationship})


def _seen_from(request, relationship):
    """The end the reader came from; without a word of it, the first."""
    second = str(relationship.second.pk) == request.GET.get("from")
    return relationship.second if second else relationship.first


@officers_only
@require_POST
def strike_out(request: HttpRequest, pk) -> HttpResponse:
    relationship = _seen(request, pk)
    here = relationship.first
    try:
        relationships.strike_out(as_shown(request, relationship), actor=request.user)
    except ChangedMeanwhile:
        messages.info(
            request, _("A colleague changed the relationship while you had it open. Nothing was struck out.")
        )
        return redirect("workspace:edit_relationship", pk)
    messages.success(request, _("The relationship is struck out."))
    return redirect(back(request, here.get_absolute_url))


def _seen(request, pk):
    return known(Relationship.objects.visible_to(request.user).with_ends(), pk)


def _answer(request, form, context):
    people = isinstance(context["here"], Person)
    context["nav_current"] = "workspace:people" if people else "workspace:organisations"
    return render(request, "contacts/relationship_form.html", context, status=form_status(*([form] if form else [])))
