"""The bill of materials names every locked package, and its schema is asked."""

import json
import re

import pytest

from tests.tooling.test_locks import LOCKS, ROOT, locked
from tools import scan_code

pytestmark = pytest.mark.once


def tell(code):
    done = scan_code.scanner("python", "-c", f"from tools import sbom; {code}")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def components():
    """By the address of the package."""
    return {one["purl"]: one for one in json.loads(tell("print(sbom.bill())"))["components"]}


def test_every_locked_package_stands_in_it_and_nothing_else(components):
    locks = "".join((ROOT / "requirements" / f"{lock}.txt").read_text() for lock in LOCKS)
    python = {f"pkg:pypi/{name}@{version}" for name, version in re.findall(r"^([\w-]+)==(\S+)", locks, re.MULTILINE)}
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    npm = {
        f"pkg:npm/{path.rpartition('node_modules/')[2].replace('@', '%40')}@{facts['version']}"
        for path, facts in packages.items()
        if path
    }

    assert components.keys() == python | npm


def test_each_has_the_hashes_of_its_lock(components):
    lock = (ROOT / "requirements" / "production.txt").read_text()

    assert all(one["hashes"] for one in components.values())
    for name, spec in locked("production").items():
        one = components[f"pkg:pypi/{name}@{spec[2:]}"]
        assert one["scope"] == "required"
        assert all(f"sha256:{value['content']}" in lock for value in one["hashes"])


def test_it_is_written_only_where_its_schema_allows_it(tmp_path):
    target = tmp_path / "sbom.json"

    told = tell(f"from pathlib import Path; print(sbom.write(Path({str(target)!r})))")

    assert told.endswith("\n0\n")
    assert json.loads(target.read_text())["bomFormat"] == "CycloneDX"


def test_what_its_schema_does_not_allow_is_not_written(tmp_path):
    target, broken = tmp_path / "sbom.json", '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{}]}'

    told = tell(f"from pathlib import Path; sbom.bill = lambda: {broken!r}; print(sbom.write(Path({str(target)!r})))")

    assert told == "1\n"
    assert not target.exists()
