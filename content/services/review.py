"""The review every page goes through before it is published: its one workflow, and who hears of it."""

from typing import Any

from django.db import connections
from wagtail.models import Page, TaskState, Workflow, WorkflowState, WorkflowTask

from content.models import SecondPersonTask
from content.models.secondperson import WORKFLOW
from outreach.accounts.models import EDITING_ROLES, User
from outreach.queue.enqueue import enqueue


def establish(using: str, **signal: Any) -> None:
    """Make the one workflow there is, after each ``migrate``: nobody sets it up, and nobody can take it away."""
    if SecondPersonTask._meta.db_table not in connections[using].introspection.table_names():
        return  # migrated no further than to before there was one
    task, _made = SecondPersonTask.objects.get_or_create(name=WORKFLOW)
    workflow, _made = Workflow.objects.get_or_create(name=WORKFLOW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)


def ask(instance: TaskState, **signal: Any) -> None:
    """A page waits for its review."""
    enqueue("content.review_asked", instance.pk)


def answer(instance: WorkflowState, **signal: Any) -> None:
    """A review has ended: published, or sent back."""
    enqueue("content.review_answered", instance.current_task_state_id)


def reviewers(task_state: TaskState) -> list[User]:
    """Who may say yes to what waits."""
    page = page_of(task_state)
    task = task_state.task.specific
    colleagues = User.objects.filter(is_active=True, role__in=EDITING_ROLES)
    return [colleague for colleague in colleagues if task.may_review(page, colleague)]


def page_of(task_state: TaskState) -> Page:
    return task_state.workflow_state.content_object
