"""Nobody publishes alone: what one colleague has written, another lets out.

The rule is the same for editors and administrators. Whoever changed the page last cannot approve it; so two people are
enough, and whichever of them writes, the other reads. Taking a page down needs nobody else: what is wrong must go now.
"""

from django.core.exceptions import BadRequest
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from wagtail.forms import TaskStateCommentForm
from wagtail.locks import WorkflowLock
from wagtail.models import Page, PagePermissionTester, Revision, Task, TaskState, Workflow

from content.tree import HOME_DEPTH
from outreach.accounts.models import EDITING_ROLES, User
from outreach.privacy.guard import GuardedFormMixin, contains_cpr
from outreach.queue.enqueue import enqueue

WORKFLOW = gettext_noop("Review by a colleague")


def changed_last(page: Page, user: User) -> bool:
    """Whether the newest version of the page is theirs."""
    revision = page.get_latest_revision()
    return revision is not None and revision.user_id == user.pk


class ReviewersWords(GuardedFormMixin, TaskStateCommentForm):
    """What a reviewer says about a page, never about a person by number."""


class ReviewLock(WorkflowLock):
    """Keeps a page as it was submitted, and says whose turn it is."""

    def get_message(self, user: User) -> str:
        if self.for_user(user):
            return _("You changed this page last, so a colleague approves it. To change it again, take it back first.")
        return _("A colleague asks you to review this page. If you change it, somebody else must approve it.")


class SecondPersonTask(Task):
    """A review by anyone who edits, but whoever changed the page last."""

    lock_class = ReviewLock

    class Meta:
        verbose_name = gettext_lazy("review by a colleague")
        verbose_name_plural = gettext_lazy("reviews by a colleague")

    def may_review(self, page: Page, user: User) -> bool:
        return user.is_active and user.role in EDITING_ROLES and not changed_last(page, user)

    def user_can_access_editor(self, obj: Page, user: User) -> bool:
        return self.may_review(obj, user)

    def locked_for_user(self, obj: Page, user: User) -> bool:
        return not self.may_review(obj, user)

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, str, bool]]:
        if not self.may_review(obj, user):
            return []
        return [
            ("approve", _("Approve and publish"), False),
            ("approve", _("Approve with a comment and publish"), True),
            ("reject", _("Ask for changes"), True),
        ]

    def get_form_for_action(self, action: str) -> type[TaskStateCommentForm]:
        return ReviewersWords

    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs) -> None:
        """Approve or send back. Who has changed the page in the same breath hands it to the next reader instead."""
        if action_name == "approve" and not self.may_review(task_state.workflow_state.content_object, user):
            enqueue("content.review_asked", task_state.pk)
            return
        # The form refuses it with a sentence; this is the way round the form.
        if contains_cpr(str(kwargs.get("comment", ""))):
            raise BadRequest
        super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: User, **kwargs) -> QuerySet[TaskState]:
        if not user.is_active or user.role not in EDITING_ROLES:
            return TaskState.objects.none()
        of_page = Revision.objects.filter(
            base_content_type=OuterRef("workflow_state__base_content_type"),
            object_id=OuterRef("workflow_state__object_id"),
        )
        return (
            self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
            .annotate(changed_by=Subquery(of_page.order_by("-created_at", "-id").values("user")[:1]))
            .filter(~Q(changed_by=user.pk) | Q(changed_by=None))
        )


class SecondPersonTester(PagePermissionTester):
    """What somebody may do to a page alone: everything but letting a text out, or doing away with a front page."""

    @property
    def _is_home(self) -> bool:
        return self.page.depth == HOME_DEPTH

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return self.can_edit() and super().can_publish()

    def can_unpublish(self) -> bool:
        return not self._is_home and super().can_unpublish()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not self._is_home and super().can_delete(ignore_bulk)

    def can_copy(self) -> bool:
        return not self._is_home and super().can_copy()


class ReadByTwo:
    """A page that is published by its review alone."""

    def permissions_for_user(self, user: User) -> SecondPersonTester:
        return SecondPersonTester(user, self)

    @property
    def has_workflow(self) -> bool:
        return True

    def get_workflow(self) -> Workflow:
        return Workflow.objects.get(name=WORKFLOW)
