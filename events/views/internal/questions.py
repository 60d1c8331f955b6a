"""What the officer asks everybody who registers for an event: write, order, look at the form, stop asking."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_POST

from events.forms.asking import QuestionForm, preview
from events.models import Event, Question, Registration
from events.services import questions
from outreach.accounts.access import workspace_required
from outreach.design.templatetags.design_tags import longdate
from outreach.privacy.workspace import note_passing

from .events import TAB, mine


def of_mine(request: HttpRequest, pk: UUID, question: int) -> tuple[Event, Question]:
    """A question of an event this colleague runs, still asked or not."""
    event = mine(request, pk)
    return event, get_object_or_404(Question.objects.readable().of(event), pk=question)


@workspace_required
def question_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the form asks, in its order, and what it asked before."""
    event = mine(request, pk)
    rows = list(Question.objects.readable().of(event))
    context = {
        "event": event,
        "asked": [row for row in rows if row.retired_at is None],
        "retired": [row for row in rows if row.retired_at],
        "nav_current": TAB,
    }
    return render(request, "events/workspace/questions.html", context)


@workspace_required
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new question, the last of the form."""
    event = mine(request, pk)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            question = questions.ask(event, form.cleaned_data, officer=request.user)
        except questions.TooMany:
            form.add_error(None, _("The form asks %(most)d questions already. Stop asking one of them first.") % MOST)
        else:
            note_passing(request, form, question)
            messages.success(request, _("The question is on the form now."))
            return redirect("events_workspace:questions", event.pk)
    return asking(request, event, form)


@workspace_required
def edit(request: HttpRequest, pk: UUID, question: int) -> HttpResponse:
    """Other words for a question, or other answers to choose from."""
    event, row = of_mine(request, pk, question)
    answered = Registration.objects.visible_to(request.user).answering(row).exists()
    form = QuestionForm(request.POST or None, instance=row, answered=answered)
    if request.method == "POST" and form.is_valid():
        try:
            questions.reword(row, form.cleaned_data, officer=request.user)
        except questions.PromisedShorter:
            words = _("Somebody has answered, and was told that the answer is deleted earlier. It can only be sooner.")
            form.add_error("keep_days", words)
        else:
            note_passing(request, form, row)
            messages.success(request, _("The question is saved."))
            return redirect("events_workspace:questions", event.pk)
    return asking(request, event, form)


MOST = {"most": Question.MOST}


def asking(request: HttpRequest, event: Event, form: QuestionForm) -> HttpResponse:
    context = {"event": event, "form": form, "nav_current": TAB}
    return render(request, "events/workspace/question.html", context, status=422 if form.errors else 200)


@workspace_required
@require_POST
def move(request: HttpRequest, pk: UUID, question: int) -> HttpResponse:
    """Ask it earlier, or later."""
    event, row = of_mine(request, pk, question)
    questions.move(row, up=request.POST.get("to") == "up", officer=request.user)
    return redirect("events_workspace:questions", event.pk)


@workspace_required
@require_POST
def retire(request: HttpRequest, pk: UUID, question: int) -> HttpResponse:
    """Ask nobody new; what was answered can be read until its day."""
    event, row = of_mine(request, pk, question)
    answers = questions.retire(row, officer=request.user, now=timezone.now())
    words = ngettext(
        "Nobody new is asked. %(count)d answer stays until %(day)s.",
        "Nobody new is asked. %(count)d answers stay until %(day)s.",
        answers,
    )
    said = words % {"count": answers, "day": longdate(row.gone_at)} if answers else _("Nobody is asked any more.")
    messages.success(request, said)
    return redirect("events_workspace:questions", event.pk)


@workspace_required
def form_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form as a visitor meets it, in the language of the event."""
    event = mine(request, pk)
    with override(event.language):
        form = preview(event, longdate(event.kept_until))
    context = {"event": event, "form": form, "nav_current": TAB}
    return render(request, "events/workspace/form_preview.html", context)
