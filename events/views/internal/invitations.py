"""Whom an officer asks to an event: a list, mails that say beforehand how many they are, and what came of them."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from events.forms.inviting import GreetingForm, InviteForm
from events.inviting_seams import contacts_of, refusers
from events.models import Event, Invitation, Refusal
from events.models.invitation import InvitationQuerySet
from events.services import inviting
from events.services.address_lists import Entry
from outreach.accounts.access import workspace_required
from outreach.audit.trail import reading_list
from outreach.mail import gate
from outreach.mail.rendering import preview
from outreach.privacy.workspace import note_passing

from .events import TAB, mine

PER_PAGE = 50
COMES_BACK = "back"  # a state of the address, beside those of an invitation


@workspace_required
def invitation_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who is asked and what they said, by state, with what can be done about each."""
    event, now, state = mine(request, pk), timezone.now(), request.GET.get("state", "")
    rows = Invitation.objects.visible_to(request.user).of(event)
    states = in_states(rows)
    state = state if state in dict(states) else ""
    found = (rows.coming_back() if state == COMES_BACK else rows.filter(status=state)) if state else rows
    page = Paginator(found.by_state().with_what_came_of_them(), PER_PAGE).get_page(request.GET.get("page"))
    put_sent(request, event, page.object_list)
    context = {
        "event": event,
        "page": page,
        "states": [(code, words, number) for code, (words, number) in states.items()],
        "state": state,
        "progress": inviting.progress(event),
        "to_send": rows.prepared().willing().count(),
        "to_remind": inviting.to_remind(event, now).count(),
        "open": event.is_open(now),
        "may_choose": contacts_of(request.user) is not None,
        "nav_current": TAB,
    }
    return render(request, "events/workspace/invitations.html", context)


def in_states(rows: InvitationQuerySet) -> dict[str, tuple[str, int]]:
    """The states there are among these, each with its name and how many they are."""
    counts = rows.counted_by_status()
    states = {status.value: (str(status.label), counts[status]) for status in Invitation.ORDER if counts.get(status)}
    back = rows.coming_back().count()
    return states | ({COMES_BACK: (_("Mail comes back"), back)} if back else {})


def put_sent(request: HttpRequest, event: Event, rows: Sequence[Invitation]) -> None:
    """Say of each whether its last mail went out, and note whom the page names."""
    reading_list(request, "events.Invitation", [row.pk for row in rows])
    unsent = inviting.unsent(event, rows)
    for row in rows:
        row.was_not_sent = str(row.pk) in unsent  # type: ignore[attr-defined]


@workspace_required
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put pasted addresses on the list. Each that is not put there is named, and what is wrong is shown again."""
    event = mine(request, pk)
    form = InviteForm(request.POST or None, event=event)
    context = {"event": event, "form": form, "nav_current": TAB}
    if request.method != "POST" or not form.is_valid():
        return render(request, "events/workspace/invite.html", context, status=422 if form.errors else 200)
    data = form.cleaned_data
    told = prepare(request, event, data["addresses"], language=data["language"], uses=data["uses"])
    note_passing(request, form, event)
    left_out = [entry for entry in told if not entry.is_new]
    if not left_out:
        return redirect("events_workspace:invitations", pk)
    wrong = "\n".join(entry.written for entry in left_out if entry.is_wrong)
    again = InviteForm(event=event, initial={**data, "addresses": wrong}) if wrong else None
    return render(request, "events/workspace/invite.html", context | {"form": again, "left_out": left_out})


def prepare(
    request: HttpRequest, event: Event, entries: list[Entry], *, language: str, uses: int | None = None
) -> list[Entry]:
    """Put them on the list and say how many it were; those of contacts who want no e-mail are left out."""
    refused = refusers(request.user, [entry.email for entry in entries if entry.found is None])
    told = inviting.prepare(
        event,
        entries,
        language=language,
        officer=request.user,
        now=timezone.now(),
        uses=uses,
        refused=refused,
    )
    new = sum(entry.is_new for entry in told)
    said = ngettext(
        "%(count)d is put on the list. Nobody has been mailed.",
        "%(count)d are put on the list. Nobody has been mailed.",
        new,
    )
    messages.success(request, said % {"count": new}) if new else messages.info(
        request, _("Nobody was put on the list.")
    )
    return told


@workspace_required
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say how many, in which language and in which words; then mail those who have not been told."""
    event = mine(request, pk)
    waiting = Invitation.objects.visible_to(request.user).of(event).prepared().willing()
    return mailing(request, event, waiting, kind="events.invitation", act=inviting.send, template="invitations_send")


@workspace_required
def remind(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same for those who were told a day ago or longer and have not answered."""
    event = mine(request, pk)
    silent = inviting.to_remind(event, timezone.now())
    kind = "events.invitation_reminder"
    return mailing(request, event, silent, kind=kind, act=inviting.remind, template="invitations_remind")


def mailing(request: HttpRequest, event: Event, rows, *, kind: str, act, template: str) -> HttpResponse:
    """One press mails as many as the page has said, in the words it has shown, or nobody: it shows the new first."""
    mails = dict(Counter(row.language for row in gate.getting(kind, rows)))
    posted = request.method == "POST"
    count = sum(mails.values())
    begun = {"greeting": inviting.last_words(event) if act is inviting.send else ""}
    form = GreetingForm(request.POST if posted else None, initial=begun)
    written = posted and form.is_valid()
    if posted and not count:
        messages.info(request, _("There is nobody left to mail. Nothing was changed."))
        return redirect("events_workspace:invitations", event.pk)
    if written and "look" not in request.POST:
        if form.is_read() and request.POST.get("count") == str(count):
            return mailed(request, event, form, act)
        if form.is_read():
            messages.info(request, _("The list has changed meanwhile. Look at the number once more."))
        else:
            messages.info(request, _("Nothing is sent yet. This is how the mail reads with your new words."))
    greeting = form.cleaned_data["greeting"] if written else begun["greeting"]
    context = {
        "event": event,
        "mails": mails,
        "count": count,
        "form": form,
        "shown": greeting,
        "refusal": event.refusal(timezone.now()),
        "previews": as_read(event, kind, rows, greeting),
        "nav_current": TAB,
    }
    return render(request, f"events/workspace/{template}.html", context, status=422 if form.errors else 200)


def mailed(request: HttpRequest, event: Event, form: GreetingForm, act) -> HttpResponse:
    try:
        sent = act(event, officer=request.user, now=timezone.now(), greeting=form.cleaned_data["greeting"])
    except inviting.Closed as closed:
        messages.error(request, Refusal(closed.reason).label)
    else:
        note_passing(request, form, event)
        said = ngettext("%(count)d mail is on its way.", "%(count)d mails are on their way.", sent)
        messages.success(request, said % {"count": sent})
    return redirect("events_workspace:invitations", event.pk)


def as_read(event: Event, kind: str, rows: InvitationQuerySet, greeting: str) -> list[dict]:
    """The mail as somebody called “…” gets it: in each language, by a link of their own and by one for several."""
    ways = rows.ways_asked()
    both = len({uses is None for _language, uses in ways}) > 1
    shown = []
    for language, uses in ways:
        somebody = Invitation(event=event, name="…", language=language, uses=uses)
        label = (_("A link for several") if uses else _("A link for one person")) if both else ""
        mail = preview(kind, about=somebody, language=language, context={"greeting": greeting})
        shown.append({"language": language, "mail": mail, "label": label})
    return shown


@workspace_required
@require_POST
def withdraw(request: HttpRequest, pk: UUID, invitation: UUID) -> HttpResponse:
    """Take one back; the second click finds it done, and says so."""
    event = mine(request, pk)
    rows = Invitation.objects.visible_to(request.user).of(event)
    row = rows.filter(pk=invitation).first()
    if row and inviting.withdraw(row, officer=request.user, now=timezone.now()):
        messages.success(request, _("The invitation is withdrawn. Nobody has been mailed."))
    else:
        messages.info(request, _("It is answered, or gone already. Nothing was changed."))
    return redirect("events_workspace:invitations", pk)
