"""What one sees in a list, as a spreadsheet. It goes to the one who asked and is kept nowhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.forms.views import ExportForm
from contacts.services import exporting
from contacts.views.access import form_status, officers_only, posted
from contacts.views.lists import ORGANISATIONS, PEOPLE, Listing, query_of
from outreach.accounts.proof import fresh_proof_required
from outreach.audit.trail import record
from outreach.design.templatetags.design_tags import clock, longdate
from outreach.privacy.sheets import WRITERS


@officers_only
@fresh_proof_required
def export_people(request: HttpRequest) -> HttpResponse:
    return _export(request, PEOPLE)


@officers_only
@fresh_proof_required
def export_organisations(request: HttpRequest) -> HttpResponse:
    return _export(request, ORGANISATIONS)


def _export(request: HttpRequest, listing: Listing) -> HttpResponse:
    """First how many rows and which columns, then the file."""
    found = listing.narrowed(request)
    contacts = listing.sorted(request, found).contacts
    form = ExportForm(posted(request))
    count = contacts.order_by()[: exporting.MOST + 1].count()
    if request.method == "POST" and form.is_valid() and count <= exporting.MOST:
        return _file(request, listing, contacts, form)
    context = {
        "form": form,
        "count": count,
        "most": exporting.MOST,
        "columns": exporting.head_of(listing.model),
        "words": found.words().values(),
        "back": listing.address(query_of(request, listing, found)),
        "listing": listing,
        "nav_current": listing.url_name,
    }
    return render(request, "contacts/export.html", context, status=form_status(form))


def _file(request: HttpRequest, listing: Listing, contacts, form: ExportForm) -> HttpResponse:
    """The trail names every row before any of them leaves the house."""
    now, kind = timezone.now(), form.cleaned_data["kind"]
    rows = exporting.rows_of(contacts, user=request.user)
    record(
        "export",
        listing.model._meta.label,
        actor=request.user,
        request_id=request.request_id,
        reason=form.cleaned_data["reason"],
        ids=[row.pk for row in rows],
    )
    told = {"name": request.user, "day": longdate(now), "time": clock(now), "entry": request.request_id}
    mark = _("Taken by %(name)s, %(day)s %(time)s. Entry of the trail: %(entry)s. Not for passing on.") % told
    media_type, write = WRITERS[kind]
    cells = exporting.cells_of(rows, today=timezone.localdate(now))
    response = HttpResponse(write(mark, exporting.head_of(listing.model), cells), content_type=media_type)
    stem = _("people") if listing is PEOPLE else _("organisations")
    response["Content-Disposition"] = f'attachment; filename="{stem}-{timezone.localdate(now):%Y-%m-%d}.{kind}"'
    return response
