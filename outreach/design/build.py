"""Make what the browser gets, and the catalogues of the interface: ``python -m outreach.design.build``.

Plain Python and the npm packages of package-lock.json, no Django. The result stands in ``build/static`` (never in
the repository); a file whose content did not change is not written again, one no longer made is removed.
"""

import gzip
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import polib

from outreach.design.icons import FROM_DESIGN_SYSTEM, OWN

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "outreach" / "design"
NODE_MODULES = ROOT / "node_modules"
DKFDS = NODE_MODULES / "dkfds" / "dist"
ARABIC = NODE_MODULES / "@fontsource" / "ibm-plex-sans-arabic"
TARGET = ROOT / "build" / "static"
SVG = "http://www.w3.org/2000/svg"

# Where a file the style sheet refers to comes from, by its folder there.
ORIGINS = {
    "fonts": [DKFDS / "fonts" / "IBMPlexSans" / "split" / "woff2", ARABIC / "files"],
    "img": [SOURCE / "img", DKFDS / "img" / "svg-icons"],
}


def node(script: str, *arguments: str, stdin: bytes = b"") -> bytes:
    """What a script of an npm package writes."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    program = shutil.which("node", path=path)
    if not program or not (NODE_MODULES / script).is_file():
        sys.exit("The style sheet needs node and the npm packages: run npm ci --ignore-scripts first.")
    command = [program, str(NODE_MODULES / script), *arguments]
    result = subprocess.run(command, input=stdin, stdout=subprocess.PIPE)  # noqa: S603
    if result.returncode:
        sys.exit("The style sheet does not compile.")
    return result.stdout


def style_sheet(name: str) -> bytes:
    """One sheet compiled; portal.scss is the parts of the design system in use, then our own."""
    options = [f"--load-path={NODE_MODULES}", "--quiet-deps", "--silence-deprecation=if-function"]
    source = str(SOURCE / "scss" / name)
    return node("sass/sass.js", *options, "--style=compressed", "--no-source-map", source)


def turned(css: bytes) -> bytes:
    """The sheet for scripts that run from right to left: the fonts of those scripts, then everything mirrored."""
    return style_sheet("rtl.scss") + node("rtlcss/bin/rtlcss.js", "--stdin", "--silent", stdin=css)


def referred_to(css: bytes) -> dict[str, bytes]:
    """The fonts and pictures the style sheet names, from the design system or from us."""
    files = {}
    for folder, name in sorted(set(re.findall(r'url\("?\.\./(\w+)/([\w.-]+)"?\)', css.decode()))):
        found = next(path for origin in ORIGINS[folder] if (path := origin / name).is_file())
        files[f"{folder}/{name}"] = found.read_bytes()
    return files


def sprite() -> bytes:
    """One file with every icon as a symbol, so that a page names an icon and loads them all once."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.Element(f"{{{SVG}}}svg")
    paths = {name: DKFDS / "img" / "svg-icons" / f"{name}.svg" for name in FROM_DESIGN_SYSTEM}
    paths |= {name: SOURCE / "img" / f"{name}.svg" for name in OWN}
    for name, path in sorted(paths.items()):
        drawing = ElementTree.fromstring(path.read_text())  # noqa: S314 - our own files and a locked package
        symbol = ElementTree.SubElement(root, f"{{{SVG}}}symbol", id=name, viewBox=drawing.attrib["viewBox"])
        symbol.extend(drawing)
    return ElementTree.tostring(root)


def licences() -> dict[str, bytes]:
    """The licences that travel with the fonts and icons."""
    return {
        "fonts/LICENSE-arabic.txt": (ARABIC / "LICENSE").read_bytes(),
        "fonts/LICENSE.txt": (ORIGINS["fonts"][0] / "license.txt").read_bytes(),
        "img/LICENSE.md": (DKFDS / "LICENSE.md").read_bytes(),
    }


def static_files() -> dict[str, bytes]:
    """Every file of ``build/static`` by its path there."""
    css = style_sheet("portal.scss")
    rtl = turned(css)
    files = {"css/portal.css": css, "css/portal.rtl.css": rtl, "img/icons.svg": sprite(), **licences()}
    files |= referred_to(css + rtl)
    files["img/favicon.svg"] = (SOURCE / "img" / "favicon.svg").read_bytes()
    return files | {f"js/{path.name}": path.read_bytes() for path in sorted((SOURCE / "js").glob("*.js"))}


def write(files: dict[str, bytes], target: Path) -> None:
    """Make ``target`` hold exactly these files."""
    for name, content in files.items():
        path = target / name
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    for path in target.rglob("*"):
        if path.is_file() and path.relative_to(target).as_posix() not in files:
            path.unlink()


def catalogues() -> list[Path]:
    """Every catalogue of translations in the repository."""
    rooms = [ROOT / name for name in ("locale", "outreach", "content", "events", "contacts")]
    return sorted(path for room in rooms for path in room.rglob("LC_MESSAGES/*.po"))


def compile_catalogue(path: Path) -> None:
    """Write the .mo beside a .po that is newer."""
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
        polib.pofile(str(path)).save_as_mofile(str(compiled))


def compile_further(path: Path, danish: list[Path]) -> None:
    """The .mo of a further language: what it leaves out is English. Django would say it in Danish, the main language.

    ``danish`` are the catalogues that name every text of the interface.
    """
    catalogue, compiled = polib.pofile(str(path)), path.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= max(file.stat().st_mtime for file in [path, *danish]):
        return
    said = {(entry.msgctxt, entry.msgid) for entry in catalogue.translated_entries()}
    forms = int(re.search(r"nplurals=(\d+)", catalogue.metadata["Plural-Forms"])[1])
    for entry in (entry for file in danish for entry in polib.pofile(str(file))):
        if (entry.msgctxt, entry.msgid) not in said:
            said.add((entry.msgctxt, entry.msgid))
            many = {form: entry.msgid if form == 1 else entry.msgid_plural for form in range(forms)}
            plural = {"msgid_plural": entry.msgid_plural, "msgstr_plural": many} if entry.msgid_plural else {}
            english = "" if plural else entry.msgid
            catalogue.append(polib.POEntry(msgctxt=entry.msgctxt, msgid=entry.msgid, msgstr=english, **plural))
    catalogue.save_as_mofile(str(compiled))


def main() -> None:
    files = static_files()
    write(files, TARGET)
    danish = [path for path in catalogues() if "da" in path.parts]
    for path in catalogues():
        compile_catalogue(path) if path in danish else compile_further(path, danish)
    css = files["css/portal.css"]
    print(
        f"Style sheet {len(css) / 1000:.1f} kB, {len(gzip.compress(css)) / 1000:.1f} kB compressed; "
        f"{len(files)} files, {len(catalogues())} catalogues."
    )


if __name__ == "__main__":
    main()
