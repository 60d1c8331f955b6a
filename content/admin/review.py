"""How the review looks in the Wagtail admin: its buttons, its rule in words, and none of Wagtail's own mails."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import CancelWorkflowMenuItem, SubmitForModerationMenuItem, WorkflowMenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from content.models.secondperson import changed_last

# What Wagtail calls "Approve and Publish", with and without a comment.
APPROVE = {False: gettext_lazy("Approve and publish"), True: gettext_lazy("Approve with a comment and publish")}


class AskForReview(SubmitForModerationMenuItem):
    label = gettext_lazy("Ask a colleague to review")

    def get_context_data(self, parent_context):
        return super().get_context_data(parent_context) | {"label": self.label}


class TakeBack(CancelWorkflowMenuItem):
    label = gettext_lazy("Take it back")


@hooks.register("construct_page_action_menu")
def buttons_in_our_words(menu_items, request, context):
    """Who reviews asks for changes; only who does not has something to take back."""
    reviews = any(isinstance(item, WorkflowMenuItem) for item in menu_items)
    menu_items[:] = [
        _in_our_words(item) for item in menu_items if not (reviews and isinstance(item, CancelWorkflowMenuItem))
    ]


def _in_our_words(item):
    if isinstance(item, WorkflowMenuItem) and item.name == "approve":
        item.label = APPROVE[item.launch_modal]
    for own in (AskForReview, TakeBack):
        if isinstance(item, own.__base__):
            return own(order=item.order)
    return item


@hooks.register("after_edit_page")
def say_who_approves_now(request, page):
    """Somebody changed the page and approved it at once: say that it waits for the other one now."""
    asked = request.POST.get("action-workflow-action") and request.POST.get("workflow-action-name") == "approve"
    if asked and page.workflow_in_progress and changed_last(page, request.user):
        messages.warning(
            request, _("You have changed the page, so a colleague must approve it. They have been asked.")
        )
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


class RulePanel(Component):
    """Who publishes, in words, where editors begin."""

    name = "review_rule"
    template_name = "content/admin/review_rule.html"
    order = 90


@hooks.register("construct_homepage_panels")
def rule_in_words(request, panels):
    panels.append(RulePanel())


# Wagtail would write to colleagues itself; every mail of ours passes the gate (content/tasks.py).
for signal, sender, uid in (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
):
    signal.disconnect(sender=sender, dispatch_uid=uid)
