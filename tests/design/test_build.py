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


def test_three_weights_in_the_latin_and_the_arabic_part_are_all_the_fonts_there_are():
    fonts = {path.name for path in (build.TARGET / "fonts").glob("*.woff2")}

    latin = {f"IBMPlexSans-{weight}-Latin1.woff2" for weight in ("Bold", "Regular", "SemiBold")}
    assert fonts == latin | {f"ibm-plex-sans-arabic-arabic-{weight}-normal.woff2" for weight in (400, 600, 700)}


def test_only_the_sheet_for_right_to_left_is_turned_and_has_the_arabic_font(css):
    turned = (build.TARGET / "css" / "portal.rtl.css").read_text()

    assert "arabic-400" in turned
    assert '@font-face{font-family:"IBM Plex Sans Arabic"' not in css
    assert css.count("padding-left") != turned.count("padding-left")
    referred = re.findall(r'url\("?([^")]+)"?\)', turned)
    assert [name for name in referred if not (build.TARGET / "css" / name).resolve().is_file()] == []


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


def test_what_a_further_language_leaves_out_is_english_and_never_danish(tmp_path):
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=6; plural=n;\\n"\n\n'
    arabic, danish = tmp_path / "ar.po", tmp_path / "da.po"
    arabic.write_text(head + 'msgid "Open"\nmsgstr "مفتوح"\n')
    danish.write_text(
        head + 'msgid "Open"\nmsgstr "Åben"\n\nmsgctxt "verb"\nmsgid "Open"\nmsgstr "Åbn"\n\n'
        'msgid "%(n)s page"\nmsgid_plural "%(n)s pages"\nmsgstr[0] "%(n)s side"\nmsgstr[1] "%(n)s sider"\n'
    )

    build.compile_further(arabic, [danish])

    said = {(entry.msgctxt, entry.msgid): entry for entry in polib.mofile(str(tmp_path / "ar.mo"))}
    assert said[None, "Open"].msgstr == "مفتوح"
    assert said["verb", "Open"].msgstr == "Open"
    assert said[None, "%(n)s page"].msgstr_plural[1] == "%(n)s page"
    assert said[None, "%(n)s page"].msgstr_plural[3] == "%(n)s pages"
