"""The words about which a form asks before it saves: administrators and team leads keep the list."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts import menu
from contacts.forms.case_words import FewerWordsForm, WordForm
from contacts.services.words import add, remove
from contacts.views.access import form_status
from outreach.accounts.access import for_roles
from outreach.privacy.workspace import note_passing

HERE = "workspace:words"


@for_roles(menu.KEEPERS)
def words(request: HttpRequest) -> HttpResponse:
    removes = "remove" in request.POST
    more = WordForm(request.POST if request.method == "POST" and not removes else None)
    fewer = FewerWordsForm(request.POST if removes else None)
    if more.is_bound and more.is_valid():
        return _added(request, more)
    if fewer.is_bound and fewer.is_valid():
        count = remove(fewer.cleaned_data["words"], actor=request.user)
        said = ngettext("%(count)d word is off the list.", "%(count)d words are off the list.", count)
        messages.success(request, said % {"count": count})
        return redirect(HERE)
    context = {"more": more, "fewer": fewer, "nav_current": HERE}
    return render(request, "contacts/words.html", context, status=form_status(more, fewer))


def _added(request, form):
    try:
        with transaction.atomic():
            word = add(form.save(commit=False), actor=request.user)
    except IntegrityError:  # a colleague was first by a moment
        messages.info(request, _("The word is on the list already."))
    else:
        note_passing(request, form, word)
        messages.success(request, _("“%(word)s” is on the list.") % {"word": word})
    return redirect(HERE)
