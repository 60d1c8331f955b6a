"""What the worker does for the editors."""

from content import mail
from content.models import ChannelProposal
from outreach.accounts.models import EDITING_ROLES, User
from outreach.queue.tasks import task


@task()
def change_waits(proposal_id: str) -> None:
    """Tell every other editor that a change of a contact channel waits, unless somebody was faster."""
    proposal = ChannelProposal.objects.waiting().filter(pk=proposal_id).first()
    if proposal:
        editors = User.objects.filter(is_active=True, role__in=EDITING_ROLES)
        for colleague in editors.exclude(pk=proposal.proposed_by_id):
            mail.tell_that_a_change_waits(proposal, colleague)
