"""Who looked at a person or an organisation, told from the trail in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.models import Organisation, Person
from outreach.accounts.models import Role, User
from outreach.audit.models import Entry, Seen

Verb = Entry.Verb
WORDS: dict[str, Promise] = {
    Verb.VIEW: _("read the page"),
    Verb.LIST: _("saw the name on another page"),
    Verb.SEARCH: _("found the name in a search or a list"),
    Verb.EXPORT: _("took the details out in a file"),
    Verb.CREATE: _("wrote it down for the first time"),
    Verb.CHANGE: _("changed something"),
    Verb.DELETE: _("deleted something"),
    Verb.REFUSE: _("was refused"),
}


def answers_for(user: User, contact: Person | Organisation) -> bool:
    """Whether ``user``, who may see ``contact``, may also see who looked at it; asks the database for leads only."""
    if contact.owner_id == user.pk or user.role != Role.TEAM_LEAD:
        return contact.owner_id == user.pk
    return type(contact).objects.visible_to(user).answered_for_by(user).filter(pk=contact.pk).exists()


@dataclass(frozen=True)
class Look:
    """One thing a colleague did; ``who`` is None for what the system did by itself."""

    at: datetime
    who: User | None
    what: str | Promise
    reason: str


def looks(named: Iterable[Seen]) -> list[Look]:
    """What the trail tells of these, in their order; one query for the colleagues."""
    entries = [seen.entry for seen in named]
    colleagues = User.objects.in_bulk({entry.actor_id for entry in entries if entry.actor_id})
    return [
        Look(entry.at, colleagues.get(entry.actor_id), WORDS.get(entry.verb, entry.get_verb_display()), entry.reason)
        for entry in entries
    ]
