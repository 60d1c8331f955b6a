"""The kinds of mail there are. An app registers its own in ``apps.ready``; templates stand in ``templates/mail/``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import OutboxMessage


@dataclass(frozen=True)
class Attachment:
    """A file of a mail. The type may carry parameters: ``text/calendar; charset=utf-8; method=REQUEST``."""

    filename: str
    content: str | bytes
    mimetype: str


def _ready(messages: Sequence[OutboxMessage]) -> None:
    pass


def _no_links(message: OutboxMessage) -> dict[str, str]:
    return {}


def _no_attachments(message: OutboxMessage) -> list[Attachment]:
    return []


@dataclass(frozen=True)
class Group:
    """Kinds of mail that an address wants, or does not want, together: in a word, and what one misses without."""

    name: str
    label: str | Promise
    explained: str | Promise
    rank: int = 0  # where it stands among the others


ADDRESS_WAS_GIVEN = _("You get this mail because your address was given on our site.")


@dataclass(frozen=True)
class MailKind:
    """``events.confirm`` has the templates ``mail/events/confirm.<language>.subject.txt`` and ``….body.txt``.

    ``links`` and ``attachments`` are called while sending. Before them ``ready`` is called for all mails of the kind
    that are about to go, to read at once what the two need. ``why`` is a full sentence for the foot of the mail.
    ``capped`` is off for what must arrive however many mails the address got today: a cancelled event.
    ``asked_for`` is on for what answers the recipient's own act, or follows from it: somebody who wants no e-mail from
    us has still asked for these by giving the address there. Whatever we begin ourselves leaves it off.
    ``group`` names the Group an address says no to with it; "" where it cannot: it answers the recipient, or must be
    known. ``to_colleagues`` is on for mails about work here; they lead to no choice on the public site.
    """

    name: str
    ready: Callable[[Sequence[OutboxMessage]], None] = _ready
    links: Callable[[OutboxMessage], dict[str, str]] = _no_links
    attachments: Callable[[OutboxMessage], list[Attachment]] = _no_attachments
    why: str | Promise = ADDRESS_WAS_GIVEN
    capped: bool = True
    asked_for: bool = False
    group: str = ""
    to_colleagues: bool = False

    def template(self, language: str, part: str) -> str:
        app, kind = self.name.split(".", 1)
        return f"mail/{app}/{kind}.{language}.{part}.txt"


KINDS: dict[str, MailKind] = {}


def register(kind: MailKind) -> None:
    if kind.name in KINDS:
        raise ValueError(f"There is a kind of mail called {kind.name} already.")
    KINDS[kind.name] = kind


GROUPS: dict[str, Group] = {}


def register_group(group: Group) -> None:
    if group.name in GROUPS:
        raise ValueError(f"There is a group of mails called {group.name} already.")
    GROUPS[group.name] = group


def groups() -> list[Group]:
    """Those with a kind of mail in them, by rank and as they were registered."""
    used = {kind.group for kind in KINDS.values()}
    return sorted((group for name, group in GROUPS.items() if name in used), key=lambda group: group.rank)
