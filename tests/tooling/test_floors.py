"""No package is older than the first version without a hole that is known (floors.toml)."""

import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.version import Version

from tests.tooling.test_locks import locked

pytestmark = pytest.mark.once
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text())


def below_their_floor(versions):
    return {
        name: FLOORS[name]
        for name in versions
        if name in FLOORS and Version(versions[name]) < Version(FLOORS[name][0])
    }


def test_every_floor_is_that_of_a_package_we_run_and_says_which_hole():
    assert FLOORS.keys() <= locked("production").keys()
    assert all(reason.startswith("CVE-") for _floor, reason in FLOORS.values())


def test_nothing_installed_or_locked_is_below_its_floor():
    assert below_their_floor({name: version(name) for name in FLOORS}) == {}
    for lock in ("production", "run", "dev"):
        assert below_their_floor({name: spec.removeprefix("==") for name, spec in locked(lock).items()}) == {}


def test_an_old_version_is_found():
    assert below_their_floor({"django": "5.2.7", "pillow": "13.0.0"}).keys() == {"django"}
