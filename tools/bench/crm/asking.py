"""What each screen costs, asked in this very process: ``python -m tools.bench.crm.asking FACTS`` reads a line a round.

A round opens every screen once, each time for somebody else, and answers with a JSON object: for each screen
milliseconds, of them on the processor, queries, and milliseconds of SQL. Settings and role are the environment's;
FACTS is what ``fill`` printed.
"""

import json
import random
import string
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import django

EMPTY, SENT = "empty page", "log form, sent"


class Cost(NamedTuple):
    """Of one request: milliseconds, of them on the processor, queries, and milliseconds those took."""

    ms: float
    cpu: float
    queries: int
    sql: float


class Clock:
    """Counts queries and the time they take, by Django's own hook around every one."""

    def __init__(self) -> None:
        self.queries, self.seconds = 0, 0.0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.queries, self.seconds = self.queries + 1, self.seconds + time.perf_counter() - began


def cost_of(screen: str, ask: Callable[[], Any]) -> Cost:
    """Raises SystemExit where the answer is not the page that was asked for, such as the way to the sign-in page."""
    from django.db import connection

    clock = Clock()
    with connection.execute_wrapper(clock):
        began, worked = time.perf_counter(), time.process_time()
        response = ask()
        worked, took = time.process_time() - worked, time.perf_counter() - began
    wanted = 302 if screen == SENT else 200
    if response.status_code != wanted or response.headers.get("Location", "").startswith("/account/"):
        raise SystemExit(f"{screen}: {response.status_code} {response.headers} {response.content[-6000:].decode()}")
    return Cost(took * 1000, worked * 1000, clock.queries, clock.seconds * 1000)


class Reader:
    """An ordinary officer, signed in with both factors, who opens each screen in turn."""

    def __init__(self, facts: dict[str, Any]):
        from django.test import Client

        from outreach.accounts.models import User

        self.facts, self.rng = facts, random.Random(7)  # noqa: S311 - no secret
        user = User.objects.get(pk=facts["reader"])
        self.client = Client(headers={"host": "127.0.0.1"})
        self.client.force_login(user, backend="outreach.accounts.roles.RoleBackend")
        self._show_second_factor(user)

    def _show_second_factor(self, user: Any) -> None:
        from allauth.account.internal.flows.login import record_authentication
        from django.test import RequestFactory

        request = RequestFactory().get("/")
        request.session = self.client.session
        record_authentication(request, user, "mfa", id=self.facts["phone"], type="totp")
        request.session.save()

    def screens(self) -> dict[str, Callable[[], Any]]:
        """What one round asks for. The empty page comes between, so that it meets what the others meet."""
        key, name = self.rng.choice(self.facts["people"])
        word = max(name.split(), key=len)
        place, owner = self.rng.choice(self.facts["places"]), self.rng.choice(self.facts["owners"])
        noise = "".join(self.rng.choices("qxzwv", k=7))
        return {
            "today": lambda: self.get("/workspace/"),
            "list of people": lambda: self.get("/workspace/people/"),
            "list, who has gone quiet": lambda: self.get("/workspace/people/", rhythm="quiet", sort="rhythm"),
            "list, filtered": lambda: self.get("/workspace/people/", place=f"municipality-{place}", owner=owner),
            EMPTY: lambda: self.get("/workspace/bench/empty/"),
            "list of organisations": lambda: self.get("/workspace/organisations/"),
            "list of dialogues": lambda: self.get("/workspace/dialogues/", whose="all"),
            "search, prefix": lambda: self.get("/workspace/search/", q=word[:4]),
            "search, middle": lambda: self.get("/workspace/search/", q=word[1:]),
            "search, typo": lambda: self.get("/workspace/search/", q=self.slip(name)),
            "search, no hit": lambda: self.get("/workspace/search/", q=noise),
            "person": lambda: self.get(f"/workspace/people/{key}/"),
            "person, 2,000 entries": lambda: self.get(f"/workspace/people/{self.facts['long']}/"),
            "log form": lambda: self.get("/workspace/log/", person=key),
            SENT: lambda: self.client.post("/workspace/log/", self.dialogue(key)),
        }

    def get(self, path: str, **asked: Any) -> Any:
        return self.client.get(path, asked)

    def slip(self, name: str) -> str:
        """The name with one letter left out, changed or doubled."""
        place, letter = self.rng.randrange(1, len(name)), self.rng.choice(string.ascii_lowercase)
        return self.rng.choice(
            [
                name[:place] + name[place + 1 :],
                name[:place] + letter + name[place + 1 :],
                name[:place] + letter + name[place:],
            ]
        )

    def dialogue(self, person: str) -> dict[str, Any]:
        from django.utils import timezone

        return {
            "form_key": uuid4(),
            "who": f"person:{person}",
            "kind": "call",
            "summary": "Vi talte om lokaler til ungdomsklubben.",
            "note_readers": "team",
            "date": timezone.localdate().isoformat(),
        }


def main(path: str) -> None:
    django.setup()
    reader = Reader(json.loads(Path(path).read_text()))
    print("ready", flush=True)
    for _line in sys.stdin:
        print(json.dumps({name: cost_of(name, ask) for name, ask in reader.screens().items()}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
