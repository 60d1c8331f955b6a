"""Keeping what stands in a form of the workspace while one types in it, and throwing a draft away."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.forms import drafts as forms
from contacts.models import Dialogue, Draft, FollowUp, Organisation, Person
from contacts.services import drafting
from contacts.services.drafting import TooMuch, keep_draft
from contacts.views.access import back, known, officers_only
from contacts.views.gone import calm_when_gone
from contacts.views.writing import page_sent
from outreach.design.templatetags.design_tags import clock
from outreach.privacy.guard import LOOKS_LIKE_CPR
from outreach.privacy.limits import Use, allow
from outreach.privacy.workspace import note_reason

REFUSED, TOO_LARGE, TOO_OFTEN, SOMEBODY_ELSE = 422, 413, 429, 409
SAVES_AN_HOUR = 1800  # a page saves at most every two seconds
LARGEST_SEQUENCE = 2**53  # the largest whole number a script counts to
LARGEST_VERSION = 2**31 - 1


@officers_only
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what stands in a form. Answers with a sentence for the page, in the reader's language."""
    kind, form = _known_form(request.user, request.POST.get("form", ""))
    sequence = _number(request.POST.get("sequence", ""), most=LARGEST_SEQUENCE)
    if sequence is None:
        raise Http404
    if request.POST.get("writer") != str(request.user.pk):
        return _answer(_("Somebody else is signed in by now. This text is not kept as theirs."), status=SOMEBODY_ELSE)
    fields, page, now = forms.typed(kind, request.POST), page_sent(request, form), timezone.now()
    if not forms.words(kind, fields) and not page.drafts().filter(key=page.key).exists():
        return _answer("")  # nothing is written yet
    reason = forms.why_kept(kind, fields, request.POST)
    if reason is None:
        return _answer(str(LOOKS_LIKE_CPR), status=REFUSED)
    if not allow(Use("contacts.drafts", str(request.user.pk), SAVES_AN_HOUR), now=now):
        return _answer(_("The draft waits a little before it is saved again."), status=TOO_OFTEN)
    try:
        draft = _kept(request, page, fields, reason, sequence=sequence, now=now)
    except TooMuch:
        return _answer(
            _("The draft is not saved: the text is too long, or you have too many drafts."), status=TOO_LARGE
        )
    return _answer(_("Draft saved at %(time)s") % {"time": clock(draft.updated_at)})


def _kept(request, page, fields, reason, *, sequence, now):
    """Each reason that a text is passed with is noted in the trail, as when it is saved."""
    passed = {forms.REASON: [reason]} if reason else {}
    before = page.drafts().filter(key=page.key).first() if reason else None
    version = _number(request.POST.get("version", ""), most=LARGEST_VERSION)
    draft = keep_draft(page, fields | passed, sequence=sequence, now=now, based_on=version)
    if reason and not (before and before.typed.get(forms.REASON) == reason):
        note_reason(request, draft, reason)
    return draft


def _answer(text: str, *, status: int = 200) -> JsonResponse:
    return JsonResponse({"text": text}, status=status)


def _number(text: str, *, most: int) -> int | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None
    return None if number is None or number > most else number


def _known_form(user, name: str) -> tuple[str, str]:
    """Kind and full name of a form; one the user may not open is the same 404 as none."""
    kind, _colon, key = name.partition(":")
    match kind:
        case forms.LOG if name == forms.LOG:
            return kind, kind
        case forms.DIALOGUE:
            row = known(Dialogue.objects.visible_to(user), key)
            if not row.can_be_changed_by(user):
                raise Http404
        case forms.FOLLOW_UP:
            row = known(FollowUp.objects.visible_to(user).owned_by(user), key)
        case forms.FOR_PERSON:
            row = known(Person.objects.visible_to(user), key)
        case forms.FOR_ORGANISATION:
            row = known(Organisation.objects.visible_to(user), key)
        case _:
            raise Http404
    return kind, f"{kind}:{row.pk}"


@officers_only
@require_POST
@calm_when_gone(Draft)
def throw_away(request: HttpRequest, pk) -> HttpResponse:
    drafting.throw_away(known(Draft.objects.visible_to(request.user), pk))
    messages.success(request, _("The draft is gone."))
    return redirect(back(request, lambda: reverse("workspace:log")))
