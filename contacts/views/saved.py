"""A list as one left it, under a name of one's own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.forms.views import SaveViewForm
from contacts.models import SavedView
from contacts.services.saved_views import TooManyViews, remove_view, save_view
from contacts.views.access import form_status, known, officers_only, posted
from contacts.views.gone import calm_when_gone
from contacts.views.lists import ORGANISATIONS, PEOPLE, Listing, query_of
from outreach.privacy.workspace import note_passing


@officers_only
def save_people(request: HttpRequest) -> HttpResponse:
    return _save(request, PEOPLE)


@officers_only
def save_organisations(request: HttpRequest) -> HttpResponse:
    return _save(request, ORGANISATIONS)


def _save(request: HttpRequest, listing: Listing) -> HttpResponse:
    """The query string is the list's; of it only the filters and the order are kept."""
    found = listing.narrowed(request)
    query = query_of(request, listing, found)
    form = SaveViewForm(posted(request), asked=found.asked(), query=query)
    if request.method == "POST" and form.is_valid():
        try:
            view = save_view(request.user, listing.table, name=form.cleaned_data["name"], query=query)
        except TooManyViews:
            form.add_error("name", _("You have %(most)s views here. Remove one first.") % {"most": SavedView.MOST})
        else:
            note_passing(request, form, view)
            messages.success(request, _("The view “%(name)s” is saved. Only you see it.") % {"name": view})
            return redirect(listing.address(query))
    context = {
        "form": form,
        "words": found.words().values(),
        "back": listing.address(query),
        "listing": listing,
        "nav_current": listing.url_name,
    }
    return render(request, "contacts/view_form.html", context, status=form_status(form))


@officers_only
@require_POST
@calm_when_gone(SavedView)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    view = known(SavedView.objects.visible_to(request.user), pk)
    remove_view(view)
    messages.success(request, _("The view “%(name)s” is removed.") % {"name": view})
    return redirect(f"workspace:{view.table}")
