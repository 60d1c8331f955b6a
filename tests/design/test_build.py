"""What the build makes: everything a page asks for, nothing from elsewhere, small."""

import gzip
import re

import polib
import pytest

from outreach.design import build
from outreach.design.icons import NAMES


@pytest.fixture(scope="module")
def css() -> str:
    return (build.TARGET / "css" / "portal.css").read_text()


def test_every_icon_is_a_symbol_of_the_sprite():
    sprite = (build.TARGET / "img" / "icons.svg").read_text()

    assert sorted(re.findall(r'<symbol id="([\w-]+)"', sprite)) == sorted(NAMES)


def test_the_style_sheet_stays_small(css):
    assert len(css.encode()) < 90_000
    assert len(gzip.compress(css.encode())) < 18_000


def test_three_fonts_in_the_latin_part_are_all_there_is():
    fonts = sorted(path.name for path in (build.TARGET / "fonts").glob("*.woff2"))

    assert fonts == [f"IBMPlexSans-{weight}-Latin1.woff2" for weight in ("Bold", "Regular", "SemiBold")]


def test_the_style_sheet_refers_only_to_files_beside_it(css):
    referred = re.findall(r'url\("?([^")]+)"?\)', css)

    assert referred
    assert [name for name in referred if not (build.TARGET / "css" / name).resolve().is_file()] == []
    assert "@import" not in css


def test_own_rules_turn_with_the_direction_of_the_script():
    """Right-to-left needs logical properties; a physical one is a mistake in our sheets."""
    physical = re.compile(
        r"^\s*(?:(?:margin|padding|border)-(?:left|right)|left|right|(?:float|text-align): (?:left|right))\b",
        re.MULTILINE,
    )

    sheets = {path.name: path.read_text() for path in (build.SOURCE / "scss").glob("*.scss")}

    assert {name for name, sheet in sheets.items() if physical.search(sheet)} == set()


def test_a_second_build_writes_nothing_and_removes_what_is_gone(tmp_path):
    build.write({"css/a.css": b"a", "js/b.js": b"b"}, tmp_path)
    before = (tmp_path / "css" / "a.css").stat().st_mtime_ns

    build.write({"css/a.css": b"a"}, tmp_path)

    assert (tmp_path / "css" / "a.css").stat().st_mtime_ns == before
    assert not (tmp_path / "js" / "b.js").exists()


def test_a_catalogue_is_compiled_when_it_is_newer(tmp_path):
    catalogue = tmp_path / "django.po"
    catalogue.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "call"\nmsgstr "ring"\n'
    )

    build.compile_catalogue(catalogue)

    assert {entry.msgid: entry.msgstr for entry in polib.mofile(str(tmp_path / "django.mo"))} == {"call": "ring"}
