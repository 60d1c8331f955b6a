"""Compiles every template of the project, so that a misspelt tag is found without a page that uses it."""

import os
import sys
from pathlib import Path

import django
from django.template import Engine, TemplateSyntaxError

from tools import prepare


def broken() -> list[str]:
    engine = Engine.get_default()
    found = []
    for folder in engine.dirs:
        for path in sorted(Path(folder).rglob("*.*")):
            try:
                engine.get_template(str(path.relative_to(folder)))
            except TemplateSyntaxError as error:
                found.append(f"{path.relative_to(prepare.ROOT)}: {error}")
    return found


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "outreach.settings.testing"
    django.setup()
    found = broken()
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
