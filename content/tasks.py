"""What the worker does for the editors."""

from django.db import transaction
from wagtail.models import TaskState

from content import mail
from content.models import ChannelProposal, OwnerQuestion
from content.services.review import page_of, reviewers
from outreach.accounts.models import EDITING_ROLES, User
from outreach.audit.trail import record
from outreach.queue.tasks import task


@task()
def change_waits(proposal_id: str) -> None:
    """Tell every other editor that a change of a contact channel waits, unless somebody was faster."""
    proposal = ChannelProposal.objects.waiting().filter(pk=proposal_id).first()
    if proposal:
        editors = User.objects.filter(is_active=True, role__in=EDITING_ROLES)
        for colleague in editors.exclude(pk=proposal.proposed_by_id):
            mail.tell_that_a_change_waits(proposal, colleague)


@task()
def review_asked(task_state_id: int) -> None:
    """Ask everyone who may approve the page, unless it has been answered or taken back meanwhile."""
    state = TaskState.objects.filter(pk=task_state_id, status=TaskState.STATUS_IN_PROGRESS).first()
    if state:
        revision = page_of(state).get_latest_revision()
        for colleague in reviewers(state):
            mail.ask_for_review(state, revision, colleague)


@task()
def review_answered(task_state_id: int) -> None:
    """Tell who asked for the review how it ended, and what the reader said."""
    state = TaskState.objects.filter(pk=task_state_id).select_related("finished_by").first()
    asked_by = state.workflow_state.requested_by if state else None
    if asked_by and asked_by.is_active and asked_by != state.finished_by:
        mail.tell_how_the_review_ended(state, asked_by)


@task()
def ask_owner(question_id: str) -> None:
    """Ask whether it is still right, unless somebody has answered or checked it meanwhile."""
    question = (
        OwnerQuestion.objects.filter(pk=question_id, answered_at=None).select_related("owner__colleague").first()
    )
    if question and not question.is_over:
        mail.ask_owner(question)


@task()
@transaction.atomic
def owner_answered(question_id: str) -> None:
    """Note in the trail what the owner said of the row, once."""
    found = OwnerQuestion.objects.select_for_update(of=("self",)).filter(pk=question_id, recorded=False)
    question = found.exclude(answered_at=None).select_related("owner").first()
    if question is None:
        return
    question.recorded = True
    question.save(update_fields=["recorded"])
    reason = "its owner says that something is wrong" if question.note else "its owner says that it is still right"
    record("change", question.owner.row, actor=question.owner.colleague, reason=reason, ids=[question.pk])
