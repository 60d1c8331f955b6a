"""The mails to editors."""

from django.utils.translation import gettext_lazy as _

from content.models import ChannelProposal
from outreach.accounts.models import User
from outreach.links import internal_url
from outreach.mail.kinds import MailKind
from outreach.mail.models import OutboxMessage
from outreach.mail.sending import send

WHY = _("You get this mail because you edit our site.")


def approval_links(message: OutboxMessage) -> dict[str, str]:
    return {"approval": internal_url("content_approvals:proposal", message.about_pk)}


KINDS = [MailKind(name="content.change_waits", links=approval_links, why=WHY)]


def tell_that_a_change_waits(proposal: ChannelProposal, colleague: User) -> None:
    """Once per colleague. Neither number nor name stands in the mail: whoever signs in sees them."""
    send(
        "content.change_waits",
        to=colleague.email,
        language=colleague.language,
        about=proposal,
        dedupe=f"content.change_waits:{proposal.pk}:{colleague.pk}",
    )
