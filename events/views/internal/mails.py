"""The outbox of an event: every mail about it with its state, and sending one, or all of a kind, once more."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.forms.mailing import PrefaceForm
from events.mail_words import kind_words
from events.models import Event, Invitation, Registration
from events.services import mails_again
from events.services.mails_again import About, Objection
from outreach.accounts.access import workspace_required
from outreach.audit.trail import reading, reading_list
from outreach.mail.models import OutboxMessage
from outreach.mail.reasons import in_words
from outreach.mail.rendering import Preview, preview
from outreach.privacy.workspace import note_passing

from .events import TAB, mine

PER_PAGE = 25
State = OutboxMessage.State


@workspace_required
def mail_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was written about the event, the newest first, by state and by kind."""
    event = mine(request, pk)
    mails = OutboxMessage.objects.part_of(event)
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    counts = mails.counted_by_state()
    kinds = sorted(((name, kind_words(name)) for name in mails.kinds()), key=lambda pair: pair[1])
    found = mails.in_state(state) if state in State.values else mails
    found = found.filter(kind=kind) if kind in dict(kinds) else found
    page = Paginator(found.order_by("-created_at", "pk").defer("text"), PER_PAGE).get_page(request.GET.get("page"))
    put_words(request, page.object_list)
    context = {
        "event": event,
        "page": page,
        "states": [(one, counts[one]) for one in State if counts.get(one)],
        "state": state,
        "kinds": kinds,
        "kind": kind if kind in dict(kinds) else "",
        "again": mails_again.can_go_again(kind) and kind in dict(kinds),
        "total": sum(counts.values()),
        "nav_current": TAB,
    }
    return render(request, "events/workspace/mails.html", context)


def put_words(request: HttpRequest, mails: Iterable[OutboxMessage]) -> None:
    """Give each mail what a colleague reads of it, and note whom the page names."""
    people = mails_again.behind(mails)
    for mail in mails:
        mail.about = people.get(mail.about_pk)
        mail.label, mail.why = kind_words(mail.kind), in_words(mail.reason)
    reading_list(request, "mail.OutboxMessage", [mail.pk for mail in mails])
    note_people(request, people.values())


def note_people(request: HttpRequest, people: Iterable[About]) -> None:
    """Note whom the page names: registrations and invitations, each as what they are."""
    rows = list(people)
    for model in (Registration, Invitation):
        if keys := [row.pk for row in rows if isinstance(row, model)]:
            reading_list(request, model._meta.label, keys)


def one(request: HttpRequest, event: Event, pk: UUID) -> OutboxMessage:
    """A mail of this event, with its words; the reading is noted."""
    mail = get_object_or_404(OutboxMessage.objects.part_of(event), pk=pk)
    put_words(request, [mail])
    reading(request, "view", mail)
    return mail


@workspace_required
def mail(request: HttpRequest, pk: UUID, mail: UUID) -> HttpResponse:
    """One mail: its text as it was written, how it fared, and what can be done."""
    event = mine(request, pk)
    row = one(request, event, mail)
    objection = mails_again.objection(row, row.about, timezone.now())
    context = {
        "event": event,
        "mail": row,
        "objection": objection and Objection(objection).label,
        "given_up": row.state == State.FAILED,
        "asked": event.mails_again.waiting().filter(mail=row).exists(),
        "nav_current": TAB,
    }
    return render(request, "events/workspace/mail.html", context)


@workspace_required
def again(request: HttpRequest, pk: UUID, mail: UUID) -> HttpResponse:
    """Write the words above it, read how it will look, then send it."""
    event = mine(request, pk)
    row = one(request, event, mail)
    if objection := mails_again.objection(row, row.about, timezone.now()):
        messages.info(request, f"{_('The mail is not sent again.')} {Objection(objection).label}")
        return redirect("events_workspace:mail", event.pk, row.pk)
    return compose(request, event, [(row, row.about)], row)


@workspace_required
def again_to_all(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """The same for every mail of a kind that is still right."""
    event = mine(request, pk)
    if not mails_again.can_go_again(kind):
        raise Http404
    pairs = mails_again.still_right(event, kind, now=timezone.now())
    note_people(request, [row for _mail, row in pairs])
    if not pairs:
        messages.info(request, _("None of these mails is still right, so none is sent again."))
        return redirect("events_workspace:mails", event.pk)
    return compose(request, event, pairs, None)


def compose(
    request: HttpRequest, event: Event, pairs: list[tuple[OutboxMessage, About]], mail: OutboxMessage | None
) -> HttpResponse:
    """The form, the number and the preview; only words that stood in the preview are sent."""
    form, kind = PrefaceForm(request.POST or None), pairs[0][0].kind
    written = form.is_valid() if request.method == "POST" else False
    if written and "send" in request.POST and form.is_read():
        begun = mails_again.ask(
            mail,
            event=event,
            kind=kind,
            preface=form.cleaned_data["preface"],
            author=request.user,
            now=timezone.now(),
            key=form.key,
        )
        if begun:
            note_passing(request, form, begun)
            messages.success(request, _("The mail is on its way again. Links in earlier mails no longer work."))
        else:
            messages.info(request, _("This mail is being sent again already. Nothing was changed."))
        return redirect("events_workspace:mails", event.pk)
    context = {
        "event": event,
        "mail": mail,
        "kind": kind_words(kind),
        "people": [row for _mail, row in pairs],
        "mails": counted(pairs),
        "form": form,
        "written": written,
        "previews": previews(pairs, form.cleaned_data["preface"] if written else "…"),
        "nav_current": TAB,
    }
    return render(request, "events/workspace/mail_again.html", context, status=422 if form.errors else 200)


def counted(pairs: list[tuple[OutboxMessage, About]]) -> dict[str, int]:
    """How many there are in each language."""
    languages = [row.language for _mail, row in pairs]
    return {language: languages.count(language) for language in sorted(set(languages))}


def previews(pairs: list[tuple[OutboxMessage, About]], preface: str) -> list[dict[str, str | Preview]]:
    """One of them in each language, as it will be written."""
    first = {row.language: (mail, row) for mail, row in reversed(pairs)}
    return [
        {
            "language": language,
            "mail": preview(mail.kind, about=row, language=language, context={**mail.context, "preface": preface}),
        }
        for language, (mail, row) in sorted(first.items())
    ]


@workspace_required
@require_POST
def try_again(request: HttpRequest, pk: UUID, mail: UUID) -> HttpResponse:
    """One more try for a mail that was given up; the button said to whom it goes."""
    event = mine(request, pk)
    row = one(request, event, mail)
    objection = mails_again.objection(row, row.about, timezone.now())
    if row.state != State.FAILED or objection:
        said = Objection(objection).label if objection else ""
        messages.info(request, f"{_('The mail is not tried again.')} {said}".strip())
    else:
        mails_again.try_again(row, officer=request.user)
        messages.success(request, _("The mail is tried once more."))
    return redirect("events_workspace:mail", event.pk, row.pk)
