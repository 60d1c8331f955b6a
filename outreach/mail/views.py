"""The words of our mails: which there are, and changing them with a preview about nobody."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from outreach.accounts.access import for_roles
from outreach.accounts.models import WORDING_ROLES, User
from outreach.privacy.workspace import note_passing

from . import rewording, wording
from .forms import WordingForm
from .rendering import example
from .wording import WORDABLE, Wordable, Words

TAB = "wordings:list"


@for_roles(WORDING_ROLES)
def wording_list(request: HttpRequest) -> HttpResponse:
    """Each kind in each language, and whether its words are ours or somebody's."""
    rows = [(WORDABLE[kind], versions) for kind, versions in rewording.overview()]
    return render(request, "wordings/list.html", {"rows": rows, "nav_current": TAB})


def author(request: HttpRequest) -> User:
    return cast(User, request.user)  # for_roles lets nobody else in


def wordable_or_none(kind: str, language: str) -> Wordable:
    if kind not in WORDABLE or language not in wording.LANGUAGES:
        raise Http404
    return WORDABLE[kind]


@for_roles(WORDING_ROLES)
def edit(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """Look at the words as they will read, and save them; nothing typed is lost when somebody saved meanwhile."""
    wordable, sent = wordable_or_none(kind, language), request.POST or None
    versions = rewording.versions(kind, language)
    begun = begin_with(request, kind, language, versions)
    form = WordingForm(sent, wordable=wordable, author=author(request), initial=begun)
    valid = form.is_valid() if sent else False
    newest = None
    if valid and "save" in request.POST:
        try:
            saved = rewording.save(
                kind,
                language,
                words=form.words,
                seen=form.cleaned_data["seen"],
                author=author(request),
                now=timezone.now(),
            )
        except rewording.Meanwhile as meanwhile:
            newest = meanwhile.newest
            form.data = {**request.POST.dict(), "seen": newest.number}
        else:
            note_passing(request, form, saved)
            messages.success(request, _("The words are saved. Mails written from now on use them."))
            return redirect(TAB)
    shown = form.words if valid else Words(begun["subject"], begun["text"]) if not sent else None
    context: dict[str, Any] = {
        "wordable": wordable,
        "language": language,
        "form": form,
        "newest": newest,
        "versions": versions,
        "own": bool(versions) and not versions[0].is_built_in,
        "preview": shown and example(kind, language, shown),
        "nav_current": TAB,
    }
    status = 409 if newest else 422 if form.errors else 200
    return render(request, "wordings/edit.html", context, status=status)


def begin_with(request: HttpRequest, kind: str, language: str, versions: list) -> dict[str, Any]:
    """The words that count now, or with ``?version=`` earlier ones to begin from."""
    seen = versions[0].number if versions else 0
    chosen = request.GET.get("version", "")
    earlier = next((row for row in versions if str(row.number) == chosen and not row.is_built_in), None)
    words = Words(earlier.subject, earlier.text) if earlier else wording.current(kind, language)
    return {"subject": words.subject, "text": words.text, "seen": seen}


@for_roles(WORDING_ROLES)
@require_POST
def reset(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """Give the built-in words back; the others stay among the versions."""
    wordable_or_none(kind, language)
    versions = rewording.versions(kind, language)
    if versions and not versions[0].is_built_in:
        seen, now = versions[0].number, timezone.now()
        try:
            rewording.save(kind, language, words=rewording.NONE, seen=seen, author=author(request), now=now)
        except rewording.Meanwhile:
            messages.info(request, _("A colleague saved other words in this moment. Nothing was changed."))
            return redirect("wordings:edit", kind, language)
    messages.success(request, _("The built-in words are used again."))
    return redirect(TAB)
