"""``make sbom``: build/sbom.json, the bill of materials (CycloneDX): each locked package, its version and hashes.

It runs in the folder of the scanners, which has the library. What production runs or serves is "required"; what
builds, tests, installs or scans is "excluded"; a property names the lock. Where a package came from is not written.
"""

import base64
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.prepare import ROOT

LOCKS = ("production", "run", "dev", "installer", "scan")
TARGET = ROOT / "build" / "sbom.json"


def python_packages(lock: str) -> Iterator[Component]:
    """Each entry of a lock runs over several lines, joined by backslashes."""
    path = ROOT / "requirements" / f"{lock}.txt"
    for entry in path.read_text().replace("\\\n", " ").splitlines():
        written, *hashes = entry.split(" --hash=sha256:")
        requirement = Requirement(written.strip())
        (version,) = requirement.specifier
        sums = [HashType(alg=HashAlgorithm.SHA_256, content=value.strip()) for value in hashes]
        purl = PackageURL("pypi", name=canonicalize_name(requirement.name), version=version.version)
        yield component(purl, sums, runs=lock == "production", lock=path.name)


def npm_packages() -> Iterator[Component]:
    for path, facts in json.loads((ROOT / "package-lock.json").read_text())["packages"].items():
        if path:
            group, _, name = path.rpartition("node_modules/")[2].rpartition("/")
            content = base64.b64decode(facts["integrity"].removeprefix("sha512-")).hex()
            sums = [HashType(alg=HashAlgorithm.SHA_512, content=content)]
            purl = PackageURL("npm", namespace=group or None, name=name, version=facts["version"])
            yield component(purl, sums, runs=not facts.get("dev"), lock="package-lock.json")


def component(purl: PackageURL, hashes: list[HashType], *, runs: bool, lock: str) -> Component:
    return Component(
        type=ComponentType.LIBRARY,
        name=purl.name,
        group=purl.namespace,
        version=purl.version,
        purl=purl,
        bom_ref=purl.to_string(),
        scope=ComponentScope.REQUIRED if runs else ComponentScope.EXCLUDED,
        hashes=hashes,
        properties=[Property(name="outreach:lock", value=lock)],
    )


def bill() -> str:
    """A package that stands in several locks is told of once, by the first: that of production."""
    found: dict[str, Component] = {}
    for one in [*(one for lock in LOCKS for one in python_packages(lock)), *npm_packages()]:
        found.setdefault(str(one.purl), one)
    bom = Bom(components=found.values())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    root = Component(
        type=ComponentType.APPLICATION, name=project["name"], version=project["version"], bom_ref=project["name"]
    )
    bom.metadata.component = root
    bom.register_dependency(root, [one for one in found.values() if one.scope is ComponentScope.REQUIRED])
    return JsonV1Dot6(bom).output_as_string(indent=2)


def fault(written: str) -> str:
    """What the schema does not allow in it; "" where nothing is wrong."""
    found = JsonStrictValidator(SchemaVersion.V1_6).validate_str(written)
    return str(found) if found else ""


def write(target: Path) -> int:
    written = bill()
    told = fault(written)
    if told:
        print(told, file=sys.stderr)
        return 1
    target.parent.mkdir(exist_ok=True)
    target.write_text(written + "\n")
    print(f"{target}: {len(json.loads(written)['components'])} packages")
    return 0


if __name__ == "__main__":
    sys.exit(write(TARGET))
