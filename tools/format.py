"""``make format``: write code and templates the way ``make check`` wants to read them."""

import sys

from tools import prepare
from tools.check import BIN, TEMPLATES


def main() -> int:
    try:
        prepare.run(BIN / "ruff", "check", "--quiet", "--fix-only", ".")
        prepare.run(BIN / "ruff", "format", "--quiet", ".")
        prepare.run(BIN / "djade", "--target-version=5.2", *TEMPLATES, accept=(0, 1))
        prepare.run(BIN / "djhtml", "--tabwidth=2", *TEMPLATES)
    except prepare.Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
