"""The mails to editors."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, TaskState

from content.models import ChannelProposal, OwnerQuestion
from content.services import still_correct
from content.services.review import page_of
from outreach.accounts.models import User
from outreach.links import internal_url
from outreach.mail.kinds import Group, MailKind
from outreach.mail.models import OutboxMessage
from outreach.mail.sending import send

WHY = _("You get this mail because you edit our site.")
WHY_OWNER = _("You get this mail because our editors have noted that you can answer for this text.")


def approval_links(message: OutboxMessage) -> dict[str, str]:
    return {"approval": internal_url("content_approvals:proposal", message.about_pk)}


def page_links(message: OutboxMessage) -> dict[str, str]:
    return {"page": internal_url("wagtailadmin_pages:edit", message.about_pk)}


def owner_links(message: OutboxMessage) -> dict[str, str]:
    return {"still_correct": still_correct.link(OwnerQuestion.objects.get(pk=message.about_pk))}


UPKEEP = Group(
    "content.upkeep",
    _("Questions about what stands on our site"),
    _("We ask whether a text that you can answer for is still right. Without it, the text may grow old."),
    rank=10,
)
GROUPS = [UPKEEP]
KINDS = [
    MailKind(name="content.change_waits", links=approval_links, why=WHY, to_colleagues=True),
    MailKind(name="content.review_asked", links=page_links, why=WHY, to_colleagues=True),
    MailKind(name="content.review_answered", links=page_links, why=WHY, to_colleagues=True),
    MailKind(name="content.still_correct", links=owner_links, why=WHY_OWNER, group=UPKEEP.name),
]


def tell_that_a_change_waits(proposal: ChannelProposal, colleague: User) -> None:
    """Once per colleague. Neither number nor name stands in the mail: whoever signs in sees them."""
    send(
        "content.change_waits",
        to=colleague.email,
        language=colleague.language,
        about=proposal,
        dedupe=f"content.change_waits:{proposal.pk}:{colleague.pk}",
    )


def ask_for_review(state: TaskState, revision: Revision, colleague: User) -> None:
    """Once per colleague and version of the page."""
    page = page_of(state)
    send(
        "content.review_asked",
        to=colleague.email,
        language=colleague.language,
        about=page,
        context={"title": page.draft_title, "by": str(revision.user or "")},
        dedupe=f"content.review_asked:{state.pk}:{revision.pk}:{colleague.pk}",
    )


def tell_how_the_review_ended(state: TaskState, asked_by: User) -> None:
    """Published, put down for its time, or what the reader wants changed."""
    page = page_of(state)
    send(
        "content.review_answered",
        to=asked_by.email,
        language=asked_by.language,
        about=page,
        context={
            "title": page.draft_title,
            "by": str(state.finished_by or ""),
            "approved": state.status == TaskState.STATUS_APPROVED,
            "scheduled": page.scheduled_revision is not None,
            "comment": state.comment,
        },
        dedupe=f"content.review_answered:{state.pk}",
    )


def ask_owner(question: OwnerQuestion) -> None:
    """Once, and once more as a reminder."""
    occasion = "reminder" if question.reminded_at else "first"
    send(
        "content.still_correct",
        to=question.sent_to,
        language=question.owner.speaks,
        about=question,
        context={"reminder": bool(question.reminded_at)},
        dedupe=f"content.still_correct:{question.pk}:{occasion}",
    )
