"""People and organisations: searched, narrowed, sorted, 25 at a time."""

from urllib.parse import urlencode

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.filters import OrganisationFilter, PeopleFilter
from contacts.models import Organisation, Person
from contacts.services.followups import put_next_due
from contacts.services.keeping import put_main_roles
from contacts.tables import PER_PAGE, OrganisationsTable, PeopleTable, TablePaginator
from contacts.views.access import officers_only
from outreach.audit.trail import reading_list


@officers_only
def people(request: HttpRequest) -> HttpResponse:
    views = [*_usual_views(request), (_("Not told yet"), {"owner": request.user.pk, "informed": "no"})]
    context = _list(request, Person, PeopleFilter, PeopleTable, views)
    put_main_roles(context["rows"], request.user)
    prefetch_related_objects(context["rows"], "languages")
    return render(request, "contacts/people.html", context)


@officers_only
def organisations(request: HttpRequest) -> HttpResponse:
    context = _list(request, Organisation, OrganisationFilter, OrganisationsTable, _usual_views(request), "kind")
    return render(request, "contacts/organisations.html", context)


def _usual_views(request):
    """The ready-made views of both lists: each a name and what it asks of the filter."""
    mine = {"owner": request.user.pk}
    return [
        (_("All"), {}),
        (_("Mine"), mine),
        (_("My teams"), {"team": "mine"}),
        (_("Gone quiet"), {**mine, "rhythm": "quiet"}),
        (_("Never talked"), {**mine, "rhythm": "never"}),
    ]


def _list(request, model, filter_class, table_class, views, *also):
    """One page of contacts, with everything its table shows, in a fixed number of queries."""
    today = timezone.localdate()
    visible = model.objects.visible_to(request.user).select_related("municipality", "owner", *also)
    found = filter_class(request.GET, queryset=visible, request=request, today=today)
    usual = "rhythm" if request.GET.get("rhythm") in ("quiet", "soon") else "name"
    table = table_class(found.qs, order_by=request.GET.getlist("sort")[:1] or usual, today=today)
    table.paginator = TablePaginator(table.rows, PER_PAGE)
    table.page = table.paginator.get_page(request.GET.get("page"))
    rows = [row.record for row in table.page.object_list]
    put_next_due(rows, request.user)
    reading_list(request, model._meta.label, [row.pk for row in rows], verb="search" if request.GET else "list")
    return {
        "filter": found,
        "table": table,
        "rows": rows,
        "today": today,
        "views": [_view(request, label, values) for label, values in views],
        "chips": _chips(request, found),
        "nav_current": f"workspace:{'people' if model is Person else 'organisations'}",
    }


def _view(request, label, values):
    """A saved view: its label, its query string, and whether it is the one shown now."""
    asked = {key: value for key, value in request.GET.items() if value and key not in ("page", "sort")}
    return label, urlencode(values), asked == {key: str(value) for key, value in values.items()}


def _chips(request, found):
    """The filters in use: what each says, and the query string without it."""
    chips = []
    for name, value in found.form.cleaned_data.items() if found.form.is_valid() else ():
        if value:
            rest = {key: kept for key, kept in request.GET.items() if kept and key not in (name, "page")}
            label = dict(getattr(found.form.fields[name], "choices", ())).get(value, value)
            chips.append((label, urlencode(rest)))
    return chips
