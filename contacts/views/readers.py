"""Who looked at this person? For whoever answers for the contact; to everyone else the page is not there."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from contacts.models import Organisation, Person
from contacts.services.readers import looks
from contacts.tables import Stretch
from contacts.views.access import known, officers_only, opening
from outreach.audit.trail import reading


@officers_only
def person_readers(request: HttpRequest, pk: UUID) -> HttpResponse:
    contact = opening(known(Person.objects.visible_to(request.user).answered_for_by(request.user), pk))
    return _readers(request, contact, "workspace:people")


@officers_only
def organisation_readers(request: HttpRequest, pk: UUID) -> HttpResponse:
    contact = opening(known(Organisation.objects.visible_to(request.user).answered_for_by(request.user), pk))
    return _readers(request, contact, "workspace:organisations")


def _readers(request: HttpRequest, contact: Person | Organisation, tab: str) -> HttpResponse:
    page = Stretch(lambda start, most: looks(contact, start, most), request.GET.get("page"))
    context = {"contact": contact, "page": page, "looks": page.rows, "nav_current": tab}
    reading(request, "view", contact)
    return render(request, "contacts/readers.html", context)
