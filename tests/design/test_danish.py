"""Every text of the templates and the design has its Danish, and the same English has the same Danish everywhere."""

import ast
import re
from collections import defaultdict

import polib
import pytest
from django.utils.translation.template import templatize

from outreach.design.build import ROOT, catalogues

pytestmark = pytest.mark.once

ROOMS = ("outreach", "content", "events", "contacts")
GETTEXT = re.compile(r"^(?:_|n?p?gettext(?:_lazy|_noop)?)$")


def calls(code: str):
    """The messages of a Python text: (context, msgid) of every gettext call in it."""
    for node in ast.walk(ast.parse(code)):
        name = getattr(node, "func", None) and getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name and GETTEXT.match(name):
            texts = [
                part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)
            ]
            context = texts.pop(0) if "pgettext" in name and texts else None
            if texts:
                yield context, texts[0]


def of_template(path):
    """The messages of a template, found as makemessages finds them."""
    code = templatize(path.read_text())
    for call in re.finditer(r"(n?p?gettext|_)\(((?:u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\"|[\s,]|count)*)\)", code):
        yield from calls(f"{call[1]}({call[2].rstrip().rstrip(',')})")


def messages():
    found = defaultdict(set)
    for path in sorted((ROOT / "templates").rglob("*.*")):
        for message in of_template(path):
            found[message].add(path.relative_to(ROOT).as_posix())
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for message in calls(path.read_text()):
                found[message].add(path.relative_to(ROOT).as_posix())
    return found


@pytest.fixture(scope="module")
def danish():
    entries = defaultdict(set)
    for path in catalogues():
        if "/da/" in path.as_posix():
            for entry in polib.pofile(str(path)).translated_entries():
                entries[entry.msgctxt, entry.msgid].add(entry.msgstr or tuple(entry.msgstr_plural.values()))
    return entries


def test_the_collector_sees_templates_and_code():
    found = messages()

    assert "templates/workspace.html" in found[None, "The workspace"]
    assert "templates/contacts/_drafts_begun.html" in found["draft", "Throw away"]
    assert "contacts/lines.py" in found["verb", "Log"]
    assert "templates/fds/layout/help_text.html" in found[None, "At most %(limit)s character."]
    assert "outreach/design/models.py" in found[None, "loaded at"]


def test_every_text_has_its_danish(danish):
    missing = {message: places for message, places in messages().items() if message not in danish}

    assert missing == {}


def test_no_catalogue_keeps_a_text_that_is_empty_or_no_longer_meant():
    unfinished = [
        (path.relative_to(ROOT).as_posix(), entry.msgid)
        for path in catalogues()
        for entry in polib.pofile(str(path))
        if entry.fuzzy or entry.obsolete or not entry.translated()
    ]

    assert unfinished == []


def test_what_is_written_in_code_is_english():
    texts = [text.replace("Høje-Taastrup", "") for _context, text in messages()]

    assert [text for text in texts if re.search("[æøå]", text, re.IGNORECASE)] == []


def test_every_mail_is_written_in_both_languages():
    mails = {path.relative_to(ROOT).as_posix() for path in (ROOT / "templates" / "mail").rglob("*.da.*.txt")}
    english = {path.relative_to(ROOT).as_posix() for path in (ROOT / "templates" / "mail").rglob("*.en.*.txt")}

    assert mails
    assert {name.replace(".da.", ".en.") for name in mails} == english


def test_the_same_english_has_the_same_danish_everywhere(danish):
    assert {message: texts for message, texts in danish.items() if len(texts) > 1} == {}


IN_SHORT = re.compile(r"\b(?:fx|f\.\s?eks)\b", re.IGNORECASE)


def test_an_example_is_begun_in_full(danish):
    """A screen reader spells "fx" letter by letter; and one way is enough."""
    texts = [str(text) for found in danish.values() for text in found]

    assert [text for text in texts if IN_SHORT.search(text)] == []
    assert [text for text in texts if "for eksempel" in text.lower()]


# Danish quotes like this: ”ord”. Other signs are English or belong to another house.
OTHER_QUOTES = re.compile(r"[“„»«]")


def test_danish_texts_quote_in_one_way(danish):
    strings = {
        text for texts in danish.values() for one in texts for text in ((one,) if isinstance(one, str) else one)
    }

    assert [text for text in sorted(strings) if OTHER_QUOTES.search(text)] == []
    assert [text for text in sorted(strings) if text.count("”") % 2] == []


def test_danish_pages_of_the_starting_content_quote_in_the_same_way():
    pages = sorted((ROOT / "content" / "starting").rglob("*.da.yaml"))

    assert pages
    assert [page.name for page in pages if OTHER_QUOTES.search(page.read_text())] == []
