"""What a command writes into the README's quality tables."""

import pytest

from tools import quality

pytestmark = pytest.mark.once

README = "# Title\n\n<!-- speed -->\nold\n<!-- /speed -->\n\n<!-- rules -->\n<!-- /rules -->\nEnd.\n"


@pytest.fixture
def readme(tmp_path, monkeypatch):
    path = tmp_path / "README.md"
    path.write_text(README)
    monkeypatch.setattr(quality, "README", path)
    return path


def test_a_command_replaces_its_own_rows_and_nothing_else(readme):
    for figure in ("2 ms", r"3 ms \1"):
        quality.write_rows("speed", [("a page", figure, "`make bench-public`")])

    assert readme.read_text() == (
        "# Title\n\n<!-- speed -->\n| what | figure | measured by |\n| --- | --- | --- |\n"
        "| a page | 3 ms \\1 | `make bench-public` |\n<!-- /speed -->\n\n<!-- rules -->\n<!-- /rules -->\nEnd.\n"
    )


@pytest.mark.parametrize(("section", "cell"), [("missing", "fine"), ("speed", "two | cells"), ("speed", "two\nlines")])
def test_what_would_spoil_the_readme_is_refused(readme, section, cell):
    with pytest.raises(ValueError, match=r"README|table"):
        quality.write_rows(section, [("a page", cell, "")])

    assert readme.read_text() == README


def test_what_tests_have_measured_is_written_when_all_are_done_and_only_then(readme, tmp_path, monkeypatch):
    monkeypatch.setattr(quality, "KEPT", tmp_path / "kept")
    quality.write_kept()
    quality.keep("rules", [("faults", "none", "`make night`")])
    assert readme.read_text() == README

    quality.write_kept()
    readme.write_text(readme.read_text().replace("none", "read"))
    quality.write_kept()

    assert "| faults | read | `make night` |\n<!-- /rules -->" in readme.read_text()
