"""What ``make check`` finds in the tree, and what it lets pass."""

import pytest

from tools import tree

# In pieces, so that this file does not hold what it looks for.
HOST = ".".join(["registry", "npmjs", "org"])


@pytest.mark.parametrize(
    ("name", "content", "finding"),
    [
        ("a.woff2", "wOF2", "a font, archive, map or program"),
        ("picture.png", "\0\0", "not text"),
        ("long.txt", "x" * 700_000, "too large"),
        ("package-lock.json", '"resolved"' + ': "https://example.org/a.tgz"', "says where packages come from"),
        ("requirements/run.txt", "--index" + "-url https://example.org\n", "says where packages come from"),
        (".npmrc", "registry = https://example.org", "says where packages come from"),
        ("notes.md", f"see {HOST}", "names the registry"),
        ("notes.md", "in /ho" + "me/ana/project/", "a path of one machine"),
        ("a.js", "/*! @license MIT */", "somebody else's licence"),
        ("a.css", "/* Copyright (c) 2024 Somebody */", "somebody else's licence"),
        ("a.js", "x=1;" * 300, "minified"),
    ],
)
def test_what_does_not_belong_is_found(tmp_path, monkeypatch, name, content, finding):
    monkeypatch.setattr(tree, "ROOT", tmp_path)
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content)

    assert any(finding in line for line in tree.findings(path))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("view.py", 'path("home/", view)  # /home of the site'),
        ("style.css", "a { color: red }\n" * 200),
        ("LICENSE", "Copyright (c) the authors"),
        ("page.md", "Ring 114. Se https://politi.dk"),
    ],
)
def test_what_we_wrote_passes(tmp_path, monkeypatch, name, content):
    monkeypatch.setattr(tree, "ROOT", tmp_path)
    path = tmp_path / name
    path.write_text(content)

    assert list(tree.findings(path)) == []
