"""Rules of the house that a machine can hold."""

import re
import subprocess
from pathlib import Path

import pytest

from outreach.privacy.inventory import INVENTORY

ROOT = Path(__file__).resolve().parents[2]
LISTED = subprocess.run(
    ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT,
    capture_output=True,
    text=True,
    check=True,
).stdout
FILES = [ROOT / name for name in LISTED.split("\0") if name and (ROOT / name).is_file()]
MODULES = [path for path in FILES if path.suffix == ".py" and "migrations" not in path.parts]
PRODUCT = [
    path for path in MODULES if path.relative_to(ROOT).parts[0] in ("outreach", "content", "events", "contacts")
]
VIEWS = [path for path in PRODUCT if "views" in path.parts or path.stem == "views"]
TEMPLATES = [path for path in FILES if path.is_relative_to(ROOT / "templates")]
STYLES = [path for path in FILES if path.suffix in {".scss", ".css", ".js"}]

# Rows about people outside the house: every read of them starts at visible_to(user).
PERSONAL = [
    label.split(".")[1] for label in INVENTORY if label.startswith("contacts.") or label == "events.Registration"
]
BARE = re.compile(
    rf"\b({'|'.join(PERSONAL)})\.objects(?!\s*\.\s*visible_to\()|get_(?:object|list)_or_404\(\s*({'|'.join(PERSONAL)})\s*[,)]"
)
# Hosts a page may link to. It never loads anything from them.
LINKED_HOSTS = {"politi.dk", "pet.dk"}
# Where text becomes markup by hand, and why that is safe.
TRUSTED_MARKUP = {
    "content/templatetags/content_tags.py": "rich text as Wagtail cleaned it on saving; its addresses are escaped",
    "outreach/mail/letter.py": "joins parts that conditional_escape and format_html have made safe",
    "templates/fds/layout/help_text.html": "help texts are written in our own forms",
    "templates/mfa/totp/activate_form.html": "a drawing that allauth makes of the key",
}
MARKUP = re.compile(r"\bmark_safe\b|\bSafeString\(|\|\s*safe\b|\bsafeseq\b|\{%-?\s*autoescape off")


def found(pattern, paths):
    """Where ``pattern`` stands, as ``path:line``."""
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize("paths", [PRODUCT, VIEWS, TEMPLATES, STYLES], ids=["modules", "views", "templates", "styles"])
def test_the_rules_look_at_something(paths):
    assert paths


def test_no_module_is_too_long_to_be_read_at_once():
    lengths = {path: len(path.read_text().splitlines()) for path in MODULES}

    assert [f"{path.relative_to(ROOT)}: {lines}" for path, lines in lengths.items() if lines > 420] == []


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("Person.objects.get(pk=pk)", True),
        ("get_object_or_404(Person, pk=pk)", True),
        ("queryset = Registration.objects", True),
        ("Person.objects.visible_to(request.user)", False),
        ("get_object_or_404(Person.objects.visible_to(user), pk=pk)", False),
    ],
)
def test_a_bare_read_is_recognised(line, bare):
    assert bool(BARE.search(line)) is bare


def test_views_read_people_only_where_the_user_may():
    assert found(BARE, VIEWS) == []


def test_markup_is_trusted_only_where_somebody_said_why():
    unlisted = [place for place in found(MARKUP, PRODUCT + TEMPLATES) if place.split(":")[0] not in TRUSTED_MARKUP]

    assert unlisted == []


def test_every_exception_for_markup_is_still_needed():
    assert [path for path in TRUSTED_MARKUP if not found(MARKUP, [ROOT / path])] == []


def test_templates_name_no_host_but_those_we_link_to():
    hosts = {
        (str(path.relative_to(ROOT)), host)
        for path in TEMPLATES
        for host in re.findall(r"(?:https?:)?//([\w-]+(?:\.[\w-]+)+)", path.read_text())
        if host.removeprefix("www.") not in LINKED_HOSTS
    }

    assert hosts == set()


def test_nothing_is_loaded_from_another_host():
    loading = re.compile(
        r"""<(?:script|img|iframe|source|link|form|use|video|audio)\b[^>]*(?:https?:)?//|url\(\s*["']?(?:https?:)?//"""
    )

    assert found(loading, TEMPLATES + STYLES) == []


def test_no_script_or_style_stands_inside_a_template():
    inline = re.compile(r"<style\b|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\bsrc=)")

    assert found(inline, [path for path in TEMPLATES if "mail" not in path.parts]) == []
