"""From templates to the text that is stored: in the reader's language, with a placeholder where a link will go."""

import re
import secrets
import unicodedata
from typing import Any, NamedTuple

from django.conf import settings
from django.template import Context, Engine
from django.utils import translation

from .kinds import KINDS
from .models import PLACEHOLDER, OutboxMessage
from .wording import WORDABLE, Words, current, filled

SUBJECT_LENGTH = 150


class Slots:
    """What a template sees as ``links``: any name gives a mark that typed text cannot forge."""

    def __init__(self) -> None:
        self.mark = secrets.token_hex(8)

    def __getitem__(self, key: str) -> str:
        return f"<{self.mark}:{key}>"

    def replaced(self, text: str) -> tuple[str, list[str]]:
        """The text with placeholders, and which link each stands for. A placeholder somebody typed is none."""
        text = text.replace(PLACEHOLDER, PLACEHOLDER.strip("[]"))
        slot = re.compile(rf"<{self.mark}:(\w+)>")
        return slot.sub(PLACEHOLDER, text), slot.findall(text)


class Writing:
    """Mails that are written together: the words colleagues gave to a kind are looked up once for all."""

    def __init__(self) -> None:
        self._current: dict[tuple[str, str], Words] = {}

    def words(self, kind: str, language: str) -> Words:
        if (kind, language) not in self._current:
            self._current[kind, language] = current(kind, language)
        return self._current[kind, language]


def write(message: OutboxMessage, about: Any, together: Writing | None = None) -> None:
    """Set subject, text and link keys of ``message``. Raises TemplateDoesNotExist."""
    slots = Slots()
    values = {
        **message.context,
        "about": about,
        "links": slots,
        "language": message.language,
        "site": settings.WAGTAIL_SITE_NAME,
    }
    with translation.override(message.language):
        subject, text = _worded(message, values, together or Writing())
    text = "\n\n".join(filter(None, [str(message.context.get("preface", "")).strip(), text]))
    message.subject = " ".join(_printable(subject).split())[:SUBJECT_LENGTH]
    text, message.link_keys = slots.replaced(_printable(text))
    message.text = re.sub(r"\n{3,}", "\n\n", text).strip()


def _worded(message: OutboxMessage, values: dict[str, Any], together: Writing) -> Words:
    """In the words colleagues may change, or from the templates of a kind whose words are ours alone."""
    if message.kind in WORDABLE:
        return filled(message.kind, together.words(message.kind, message.language), values)
    parts = (KINDS[message.kind].template(message.language, part) for part in ("subject", "body"))
    subject, text = (from_template(name, values) for name in parts)
    return Words(subject, text)


def example(kind: str, language: str, words: Words) -> "Preview":
    """How ``words`` will read, about somebody made up."""
    slots = Slots()
    values = {**WORDABLE[kind].example(language), "links": slots, "language": language}
    with translation.override(language):
        subject, text = filled(kind, words, values)
    return Preview(" ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", slots.replaced(text)[0]).strip())


class Preview(NamedTuple):
    """A mail as it will be written; foot and links are added when it is sent."""

    subject: str
    text: str


def preview(kind: str, *, about: Any, language: str, context: dict[str, Any]) -> Preview:
    """What the mail will say, for whoever is about to send it."""
    message = OutboxMessage(kind=kind, language=language, context=context)
    write(message, about)
    return Preview(message.subject, message.text)


def from_template(name: str, values: dict[str, Any]) -> str:
    """A plain-text template: nothing is escaped, for nothing is HTML."""
    return Engine.get_default().get_template(name).render(Context(values, autoescape=False))


def _printable(text: str) -> str:
    """Without control characters but for line ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(c for c in line if unicodedata.category(c) not in ("Cc", "Cs")) for line in lines)
