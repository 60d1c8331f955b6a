"""How many queries each address takes: ``python -m tools.bench.queries`` reads a JSON list of lists, prints numbers.

Each is ``[host, path, reading, …]``: ``made`` counts the first reading after a change once another page was read,
``kept`` the second, ``known`` the answer to a browser that has the page.
"""

import json
import os
import sys
from typing import Any


def count(client: Any, host: str, path: str, reading: str, before: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from content.keeping import pages

    pages.clear()
    client.get(before, headers={"host": "127.0.0.1"})
    headers = {"host": host}
    if reading != "made":
        first = client.get(path, headers=headers)
        if reading == "known":
            headers["if-none-match"] = first["ETag"]
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path, headers=headers)
    if response.status_code != (304 if reading == "known" else 200):
        raise SystemExit(f"{path}: {response.status_code}")
    return len(queries)


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tools.bench.settings"
    import django

    django.setup()
    from django.test import Client

    asked = json.load(sys.stdin)
    client = Client()
    for host, path, _reading, before in asked:  # content types and templates are looked up once in a process
        client.get(path, headers={"host": host}), client.get(before, headers={"host": "127.0.0.1"})
    print(json.dumps([count(client, *one) for one in asked]))


if __name__ == "__main__":
    main()
