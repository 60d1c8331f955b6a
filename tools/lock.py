"""``make lock``: renew requirements/*.txt from pyproject.toml, every package with its hashes, for every platform.

``production`` is what runs; ``run`` adds what builds style sheet and scripts; ``dev`` adds what tests and checks;
``installer`` is uv alone, which installs the others. ``scan`` is what looks for holes: a folder of its own, whose many
packages neither run nor test the product and hold none of its versions back.
"""

import sys

from tools import prepare

COMPILE: tuple[str, ...] = ("pip", "compile", "--quiet", "--universal", "--generate-hashes", "--python-version=3.11")
# No line says where packages come from: that is the business of whoever installs.
COMPILE += ("--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate", "--upgrade")
PRODUCTION, DEV = "requirements/production.txt", "requirements/dev.txt"
LOCKS = {
    PRODUCTION: ("pyproject.toml",),
    DEV: ("pyproject.toml", "--group=dev", f"--constraint={PRODUCTION}"),
    "requirements/run.txt": ("pyproject.toml", "--group=build", f"--constraint={DEV}"),
    "requirements/installer.txt": ("--group=installer", f"--constraint={DEV}"),
    "requirements/scan.txt": ("--group=scan",),
}


def main() -> int:
    try:
        prepare.prepare((prepare.venv,))
        prepare.install_installer()
        for lock, sources in LOCKS.items():
            prepare.run(prepare.UV, *COMPILE, *sources, f"--output-file={lock}")
            print(f"{lock}: {(prepare.ROOT / lock).read_text().count('==')} packages")
    except prepare.Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
