"""Two hundred readers while an editor publishes: no error, and nobody reads what was there before.

``python -m tools.bench.storm editor 10`` publishes ten titles, ``… readers PORT SECONDS`` reads them; both print JSON.
"""

import json
import os
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass

from tools.bench.load import Connection, request_for
from tools.bench.running import ROOT, Databases, Web

READERS = 200
EDITIONS = 12
PAUSE = 1.0  # seconds between two editions
PAGE = "/bekymret/som-foraelder/"
EDITION = re.compile(rb"<h1>Udgave (\d+)</h1>")
LONGEST = 60  # seconds that anybody may read what was there before


@dataclass(frozen=True)
class Outcome:
    reads: int
    errors: int
    late: int  # readings of an older edition than was published when they were asked for
    stale: int  # … published more than a minute before


def storm(found: Databases, database: str, web: Web) -> Outcome:
    """Both at once; the readers go on for a moment after the last edition."""
    seconds = EDITIONS * PAUSE + 3
    readers = _start("readers", str(web.port), str(seconds))
    env = found.environment("worker", database, "owner", DJANGO_SETTINGS_MODULE="tools.bench.owner")
    editor = _start("editor", str(EDITIONS), env=env)
    published = [(float(moment), int(number)) for moment, number in json.loads(editor.communicate(timeout=90)[0])]
    read = json.loads(readers.communicate(timeout=90)[0])
    return judge(read["seen"], published, errors=read["errors"])


def judge(seen: list[tuple[float, int]], published: list[tuple[float, int]], *, errors: int) -> Outcome:
    """``seen``: when each reader asked and which edition came."""

    def edition_at(moment: float) -> int:
        return max((number for since, number in published if since <= moment), default=0)

    late = [(moment, number) for moment, number in seen if number < edition_at(moment)]
    stale = [(moment, number) for moment, number in late if number < edition_at(moment - LONGEST)]
    return Outcome(len(seen), errors, len(late), len(stale))


def _start(*arguments: str, env: dict[str, str] | None = None) -> subprocess.Popen:
    command = [sys.executable, "-m", "tools.bench.storm", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)


def publish(editions: int) -> list[tuple[float, int]]:
    """As an editor does; when each was there for everybody."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tools.bench.owner"
    import django

    django.setup()
    from content.models import GuidancePage

    page = GuidancePage.objects.get(url_path__endswith=PAGE)
    published = []
    for number in range(1, editions + 1):
        page.title = f"Udgave {number}"
        page.save_revision().publish()
        published.append((time.time(), number))
        time.sleep(PAUSE)
    return published


def read(port: int, seconds: float, readers: int = READERS) -> dict[str, object]:
    """What so many readers saw, each on connections of its own; the edition before the first is 0."""
    seen: list[tuple[float, int]] = []
    errors: list[str] = []
    request = request_for(PAGE, "127.0.0.1", {"Connection": "close"})
    end = time.monotonic() + seconds

    def work() -> None:
        while time.monotonic() < end:
            began = time.time()
            try:
                status, body = Connection(port).ask(request)
            except OSError as error:
                errors.append(type(error).__name__)
                continue
            if status != 200:
                errors.append(str(status))
            else:
                found = EDITION.search(body)
                seen.append((began, int(found[1]) if found else 0))

    threads = [threading.Thread(target=work) for _number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"seen": seen, "errors": len(errors)}


def main() -> None:
    what, *numbers = sys.argv[1:]
    if what == "editor":
        print(json.dumps(publish(int(numbers[0]))))
    else:
        print(json.dumps(read(int(numbers[0]), float(numbers[1]))))


if __name__ == "__main__":
    main()
