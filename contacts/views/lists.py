"""People and organisations: searched, narrowed, sorted, 25 at a time."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts import vocabulary
from contacts.filters import ContactFilter, OrganisationFilter, PeopleFilter
from contacts.models import Organisation, Person, SavedView
from contacts.services.beside import put_beside
from contacts.tables import PER_PAGE, CappedPaginator, ContactsTable, OrganisationsTable, PeopleTable
from contacts.views.access import officers_only
from outreach.audit.trail import reading_list


class Listing(NamedTuple):
    """One of the two long lists: what it reads, narrows and shows."""

    table: str
    title: str
    model: type[Person] | type[Organisation]
    filters: type[ContactFilter]
    columns: type[ContactsTable]

    @property
    def url_name(self) -> str:
        return f"workspace:{self.table}"

    def narrowed(self, request: HttpRequest) -> ContactFilter:
        """The rows the reader may see, by the filters of the query string."""
        visible = self.model.objects.visible_to(request.user)
        return self.filters(request.GET, queryset=visible, request=request, today=timezone.localdate())

    def sorted(self, request: HttpRequest, found: ContactFilter) -> ContactsTable:
        usual = "rhythm" if request.GET.get("rhythm") in ("quiet", "soon") else "name"
        chosen = [one for one in request.GET.getlist("sort")[:1] if one.removeprefix("-") in self.columns.base_columns]
        return self.columns(found.qs, order_by=chosen or usual, today=found.today)

    def address(self, query: str) -> str:
        return reverse(self.url_name) + (f"?{query}" if query else "")


PEOPLE = Listing("people", _("People"), Person, PeopleFilter, PeopleTable)
ORGANISATIONS = Listing("organisations", _("Organisations"), Organisation, OrganisationFilter, OrganisationsTable)


@officers_only
def people(request: HttpRequest) -> HttpResponse:
    untold = gettext("Not told yet"), {"owner": request.user.pk, "informed": "no"}
    return render(request, "contacts/people.html", _list(request, PEOPLE, untold))


@officers_only
def organisations(request: HttpRequest) -> HttpResponse:
    return render(request, "contacts/organisations.html", _list(request, ORGANISATIONS))


def _usual_views(request):
    """The ready-made views of both lists: each a name and what it asks of the filter."""
    mine = {"owner": request.user.pk}
    return [
        (gettext("All"), {}),
        (gettext("Mine"), mine),
        (gettext("My teams"), {"team": "mine"}),
        (gettext("Gone quiet"), {**mine, "rhythm": "quiet"}),
        (gettext("Never talked"), {**mine, "rhythm": "never"}),
    ]


def _list(request, listing, *more_views):
    """One page of contacts, with everything its table shows, in a fixed number of queries."""
    found = listing.narrowed(request)
    table = listing.sorted(request, found)
    table.paginator = CappedPaginator(table.contacts, PER_PAGE)
    table.page = table.paginator.get_page(request.GET.get("page"))
    table.page.object_list = rows = list(table.page.object_list)
    vocabulary.put_all(rows)
    put_beside(rows, request.user)
    verb = "search" if request.GET else "list"
    reading_list(request, listing.model._meta.label, [row.pk for row in rows], verb=verb)
    saved = list(SavedView.objects.visible_to(request.user).of(listing.table))
    kept = query_of(request, listing, found)
    return {
        "filter": found,
        "table": table,
        "rows": rows,
        "today": found.today,
        "views": [_view(request, label, values) for label, values in [*_usual_views(request), *more_views]],
        "saved": saved,
        "current": next((view for view in saved if view.query == kept), None),
        "chips": _chips(found),
        "kept": kept,
        "save_url": reverse(f"workspace:save_{listing.table}_view"),
        "export_url": reverse(f"workspace:export_{listing.table}"),
        "nav_current": listing.url_name,
    }


def _view(request, label, values):
    """A ready-made view: its label, its query string, and whether it is the one shown now."""
    asked = {key: value for key, value in request.GET.items() if value and key not in ("page", "sort")}
    return label, urlencode(values), asked == {key: str(value) for key, value in values.items()}


def _chips(found):
    """The filters in use: what each says, and the query string without it."""
    asked = found.asked()
    return [
        (words, urlencode({key: value for key, value in asked.items() if key != name}))
        for name, words in found.words().items()
    ]


def query_of(request: HttpRequest, listing: Listing, found: ContactFilter) -> str:
    """Filters and order as a query string, of the list's own names and nothing else."""
    sort = request.GET.get("sort", "")
    order = {"sort": sort} if sort.removeprefix("-") in listing.columns.base_columns else {}
    return urlencode({**found.asked(), **order})
