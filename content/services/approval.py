"""Four eyes on contact channels: one colleague proposes, another looks at it and approves.

Whatever a screen or a forged request asks for ends here. The database holds the last line: a proposal cannot be
approved by the colleague who made it (models/approval.py).
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content.models import ContactChannel
from content.models.approval import ChannelProposal
from outreach.accounts.models import EDITING_ROLES, User
from outreach.audit.trail import record
from outreach.queue.enqueue import enqueue

from .channel_facts import Facts, apply, changed, facts_of, guarded

Change, State = ChannelProposal.Change, ChannelProposal.State


class Refused(Exception):
    """It was not done; ``sentence`` says why, to a person."""

    def __init__(self, sentence: str | Promise):
        self.sentence = sentence
        super().__init__(sentence)


WAITS_ALREADY = _("A change of this channel waits already. It must be approved, rejected or withdrawn first.")
NOT_YOURS = _("You cannot decide on your own change. A colleague has to look at it.")
NOT_AN_EDITOR = _("Only those who edit the site decide on this.")
NO_LONGER_WAITS = _("A colleague has decided on this change meanwhile.")
STALE = _("The channel has been changed since this was proposed, so nothing was done. Reject it and propose it again.")
STILL_USED = _("The guide still sends readers to this channel. Change its answers first.")


@transaction.atomic
def propose(channel: ContactChannel, by: User, *, now: datetime) -> ChannelProposal | None:
    """Keep what an edited channel, new or not saved yet, would become; readers see it once a colleague approves.

    None where nothing but what one colleague may change alone is different: that is saved at once.
    """
    before: Facts = {}
    if channel.pk:
        before = facts_of(ContactChannel.objects.select_for_update().get(pk=channel.pk))
    after = facts_of(channel)
    if before and not guarded(changed(before, after)):
        channel.save()
        return None
    change = Change.CHANGE if before else Change.ADD
    return _waiting(change, before, after, channel=channel if before else None, by=by, now=now)


@transaction.atomic
def propose_removal(channel: ContactChannel, by: User, *, now: datetime) -> ChannelProposal:
    """Have a colleague look before a channel disappears."""
    if channel.guide_answers.exists():
        raise Refused(STILL_USED)
    return _waiting(Change.REMOVE, facts_of(channel), {}, channel=channel, by=by, now=now)


def _waiting(
    change: ChannelProposal.Change,
    before: Facts,
    after: Facts,
    *,
    channel: ContactChannel | None,
    by: User,
    now: datetime,
) -> ChannelProposal:
    key = (before or after)["key"]
    proposal = ChannelProposal(change=change, key=key, channel=channel, before=before, after=after)
    proposal.proposed_by, proposal.proposed_at = by, now
    try:
        with transaction.atomic():
            proposal.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(WAITS_ALREADY) from error
    enqueue("content.change_waits", proposal.pk)
    record("create", proposal, actor=by)
    return proposal


@transaction.atomic
def approve(proposal: ChannelProposal, by: User, *, now: datetime) -> ChannelProposal:
    """Apply exactly what was proposed, or raise Refused with nothing done."""
    proposal = _decide(proposal, State.APPROVED, by, now=now)
    match proposal.change:
        case Change.ADD:
            channel = ContactChannel()
            _apply(channel, proposal.after)
            ChannelProposal.objects.filter(pk=proposal.pk).update(channel=channel)
            record("create", channel, actor=by, ids=[proposal.pk])
        case Change.CHANGE:
            channel = _unchanged(proposal)
            differing = changed(proposal.before, proposal.after)
            _apply(channel, {name: proposal.after[name] for name in differing})
            record("change", channel, actor=by, ids=[proposal.pk])
        case Change.REMOVE:
            channel = _unchanged(proposal)
            record("delete", channel, actor=by, ids=[proposal.pk])
            _remove(channel)
    return proposal


@transaction.atomic
def reject(proposal: ChannelProposal, by: User, *, reason: str, now: datetime) -> ChannelProposal:
    """Leave the channel as it is, and say why."""
    if not reason.strip():
        raise Refused(_("Write why, so that your colleague knows what to change."))
    proposal = _decide(proposal, State.REJECTED, by, now=now, reason=reason.strip())
    record("change", proposal, actor=by, reason="rejected")
    return proposal


@transaction.atomic
def withdraw(proposal: ChannelProposal, by: User, *, now: datetime) -> ChannelProposal:
    """Take back one's own change."""
    if by.pk != proposal.proposed_by_id:
        raise Refused(_("Only the colleague who proposed a change can withdraw it."))
    proposal = _decide(proposal, State.WITHDRAWN, by, now=now)
    record("change", proposal, actor=by, reason="withdrawn")
    return proposal


def _decide(
    proposal: ChannelProposal, state: ChannelProposal.State, by: User, *, now: datetime, reason: str = ""
) -> ChannelProposal:
    """Claim the proposal: of two colleagues who decide at once, one is told that it no longer waits."""
    if not (by.is_active and by.role in EDITING_ROLES):
        raise Refused(NOT_AN_EDITOR)
    if by.pk == proposal.proposed_by_id and state != State.WITHDRAWN:
        raise Refused(NOT_YOURS)
    claimed = ChannelProposal.objects.waiting().filter(pk=proposal.pk)
    if not claimed.update(state=state, decided_by=by, decided_at=now, reason=reason):
        raise Refused(NO_LONGER_WAITS)
    return ChannelProposal.objects.get(pk=proposal.pk)


def stale(proposal: ChannelProposal) -> bool:
    """Whether the channel is no longer what the proposal was made from; what one colleague may change alone aside."""
    if proposal.change == Change.ADD:
        return ContactChannel.objects.filter(key=proposal.key).exists()
    if proposal.channel is None:
        return True
    current = facts_of(proposal.channel)
    return any(current.get(name) != proposal.before[name] for name in _compared(proposal))


def _compared(proposal: ChannelProposal) -> set[str]:
    return {*guarded(list(proposal.before)), *changed(proposal.before, proposal.after)} & proposal.before.keys()


def _unchanged(proposal: ChannelProposal) -> ContactChannel:
    """The channel, held until the commit. Raises Refused if it is not what the proposal was made from."""
    held = ContactChannel.objects.select_for_update()
    channel = held.filter(pk=proposal.channel_id).first() if proposal.channel_id else None
    proposal.channel = channel
    if channel is None or stale(proposal):
        raise Refused(STALE)
    return channel


def _apply(channel: ContactChannel, facts: Facts) -> None:
    apply(channel, facts)
    try:
        channel.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    channel.save()


def _remove(channel: ContactChannel) -> None:
    try:
        channel.delete()
    except ProtectedError as error:
        raise Refused(STILL_USED) from error
