"""The words of our mails, as colleagues may change them: text with placeholders such as ``{name}``, and nothing else.

Not Django's template language: whoever writes the words reaches no object, no tag and no filter. A placeholder stands
for what code has prepared, is replaced in one pass, and what stands in its place is not looked into again. What
depends on the case, such as a sentence for those who have a seat, is one placeholder. The built-in words, in
``templates/mail/``, are written the same way, for every kind that is registered here.
"""

import difflib
import logging
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.template import Context, Engine, Template
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .kinds import KINDS
from .models import Wording

logger = logging.getLogger("outreach.mail")

PLACEHOLDER = re.compile(r"\{(\w+)\}")
BRACES = re.compile(r"[{}]")
MARKUP = re.compile(r"<[a-z!/]|&(?:[a-z]+|#\w+);", re.IGNORECASE)
ADDRESS = re.compile(
    r"\b[a-z][a-z0-9+.-]*://|\b(?:javascript|data|mailto):\S|\bwww\.|(?<![@\w.-])(?:[\w-]+\.)+(?:dk|com|org|net|eu|info)\b",
    re.IGNORECASE,
)
LANGUAGES = ("da", "en")


@dataclass(frozen=True)
class Placeholder:
    """What ``{name}`` stands for. ``source`` is a template of ours; ``LANGUAGE`` in it is the reader's.

    Without it a mail of a kind may be useless, or silent about what it must tell: then it is ``needed``.
    """

    name: str
    label: str | Promise
    source: str
    needed: bool = False

    @property
    def written(self) -> str:
        return f"{{{self.name}}}"


@dataclass(frozen=True)
class Wordable:
    """A kind whose words may be changed. ``example(language)`` is what the preview is about: made up, no row."""

    kind: str
    label: str | Promise
    subject: tuple[Placeholder, ...]
    text: tuple[Placeholder, ...]
    example: Callable[[str], dict[str, Any]]


class Words(NamedTuple):
    """A subject and a text, not yet filled in."""

    subject: str
    text: str


WORDABLE: dict[str, Wordable] = {}

# Asked for a subject on its way to be saved: why it will not do, or "". ``(subject, author)``
SubjectRule = Callable[[str, Any], str]
SUBJECT_RULES: list[SubjectRule] = []


def register(wordable: Wordable) -> None:
    if wordable.kind in WORDABLE:
        raise ValueError(f"The words of {wordable.kind} are registered already.")
    WORDABLE[wordable.kind] = wordable


def register_subject_rule(rule: SubjectRule) -> None:
    SUBJECT_RULES.append(rule)


def built_in(kind: str, language: str) -> Words:
    """The words we ship."""
    engine = Engine.get_default()
    parts = (engine.get_template(KINDS[kind].template(language, part)).source for part in ("subject", "body"))
    subject, text = (str(part).strip() for part in parts)
    return Words(subject, text)


def current(kind: str, language: str) -> Words:
    """The words that count: those saved last if they still fit the kind, else those we ship."""
    saved = Wording.objects.of(kind, language).first()
    if saved is None or saved.is_built_in:
        return built_in(kind, language)
    words = Words(saved.subject, saved.text)
    if any(faults(WORDABLE[kind], words)):
        logger.error("The words saved for %s in %s no longer fit; the built-in ones are sent.", kind, language)
        return built_in(kind, language)
    return words


def filled(kind: str, words: Words, values: dict[str, Any]) -> Words:
    """The words with their placeholders replaced, for ``values`` as a template of ours sees them."""
    wordable = WORDABLE[kind]
    return Words(_fill(words.subject, wordable.subject, values), _fill(words.text, wordable.text, values))


def _fill(text: str, placeholders: tuple[Placeholder, ...], values: dict[str, Any]) -> str:
    sources = {each.name: each.source for each in placeholders}

    def prepared(found: re.Match[str]) -> str:
        source = sources[found[1]].replace("LANGUAGE", values["language"])
        return _compiled(source).render(Context(values, autoescape=False)).strip()

    return "\n".join(line.rstrip() for line in PLACEHOLDER.sub(prepared, text).split("\n"))


@lru_cache(maxsize=500)
def _compiled(source: str) -> Template:
    return Engine.get_default().from_string(source)


class Fault(NamedTuple):
    """What is wrong with the words, and in which field."""

    field: str
    message: str


def faults(wordable: Wordable, words: Words) -> Iterator[Fault]:
    """Everything that keeps these words from being sent."""
    for field, text, known in (("subject", words.subject, wordable.subject), ("text", words.text, wordable.text)):
        if field == "subject" and re.search(r"[\r\n]", text):
            yield Fault(field, _("The subject is one line."))
        else:
            yield from (Fault(field, message) for message in _faults_of(text, known))


def _faults_of(text: str, known: tuple[Placeholder, ...]) -> Iterator[str]:
    if any(unicodedata.category(char) in ("Cc", "Cs", "Cf") for char in text if char != "\n"):
        yield _("The text has characters that cannot be seen, such as tabs. Write it without them.")
    if BRACES.search(PLACEHOLDER.sub("", text)) or "{{" in text or "}}" in text:
        yield _("Curly braces stand only around the name of a placeholder, one on each side: {name}.")
        return
    if MARKUP.search(text):
        yield _("The mail is plain text: write it without HTML.")
    if ADDRESS.search(text):
        yield _("Write no address of a web page: links are placeholders, so that each leads where it should.")
    names = {each.name for each in known}
    used = dict.fromkeys(PLACEHOLDER.findall(text))
    for name in used:
        if name not in names:
            yield _unknown(name, names)
    for each in known:
        if each.needed and each.name not in used:
            said = {"placeholder": each.written, "what": each.label}
            yield _("%(placeholder)s is missing: %(what)s. The mail is of no use without it.") % said


def _unknown(name: str, names: set[str]) -> str:
    said = {"placeholder": f"{{{name}}}"}
    near = difflib.get_close_matches(name, sorted(names), n=1, cutoff=0.5)
    if not near:
        return _("There is no placeholder %(placeholder)s in this mail.") % said
    said["other"] = f"{{{near[0]}}}"
    return _("There is no placeholder %(placeholder)s in this mail. Did you mean %(other)s?") % said
