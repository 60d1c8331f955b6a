"""Nothing anybody sends, opens or is mailed comes to stand in what the processes write, whatever goes wrong."""

import json
import re
import socket
from contextlib import contextmanager

import psycopg
import pytest
from bs4 import BeautifulSoup

from tests.faces import colleague
from tests.faces.test_faces import event as event
from tests.journeys import officer as desk
from tests.journeys import partner
from tests.journeys.words import da

pytestmark = pytest.mark.postgresql

CANARY, IP = "kanariefugl", "192.0.2.77"
FORMS = ("/dialog/", "/arrangementer/mine-tilmeldinger/", "/hvem-skal-jeg-ringe-til/", "/find-lokal-hjaelp/", "/soeg/")
PATHS = (f"/{CANARY}/", f"/media/images/{CANARY}.png", f"/arrangementer/bekraeft/{CANARY}/", f"/%ff{CANARY}")
HEADERS = {
    **{
        "User-Agent": CANARY,
        "Referer": f"https://{CANARY}.example/{CANARY}",
        "X-Forwarded-For": f"{CANARY}, 192.0.2.77",
    },
    **{"Accept-Language": CANARY, "X-Request-ID": CANARY, "Authorization": f"Bearer {CANARY}", "X-Anything": CANARY},
}
OTHERS = "192.0.2.77"
# The database refuses any row with a canary in it, in words that quote the row.
REFUSING = {"events_registration": "name", "mail_outboxmessage": '"to"'}


@pytest.fixture(scope="module")
def officer(faces):
    reader = colleague.enter(faces, "kai@center.example", "Kai Holm", "officer")
    colleague.add_phone(reader)
    return reader.open(desk.DESK)


@contextmanager
def database_that_refuses(faces):
    with psycopg.connect(faces.roles.url("owner"), autocommit=True) as owner:
        for table, column in REFUSING.items():
            check = f"CHECK ({column} NOT ILIKE '%{CANARY}-refused%') NOT VALID"
            owner.execute(f"ALTER TABLE {table} ADD CONSTRAINT no_canary {check}")
        yield
        for table in REFUSING:
            owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT no_canary")


def send_everywhere(wire, address):
    """A canary in the query, the headers and every field of every form of a page."""
    wire.send("GET", f"{address}?q={CANARY}&{CANARY}={CANARY}", headers=HEADERS | {"Cookie": f"{CANARY}={CANARY}"})
    page = BeautifulSoup(wire.get(address).body.decode(), "html.parser")
    for form in page.find_all("form"):
        if "logout" in form.get("action", ""):
            continue
        fields = []
        for field in form.find_all(["input", "select", "textarea"]):
            kept = field.get("name", "").endswith(("form_token", "csrfmiddlewaretoken"))
            fields.append((field.get("name", ""), field.get("value", "") if kept else f"{CANARY}@example.org"))
        wire.send(form.get("method", "get").upper(), form.get("action") or address, headers=HEADERS, data=fields)
        wire.send(
            "POST", address, headers=HEADERS, files={"file": (f"{CANARY}.pdf", b"%PDF" + CANARY.encode())}, data=fields
        )


def shout(wire, lines: str):
    """What is not even HTTP."""
    host, port = wire.base.rpartition("/")[2].split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(lines.encode())
        return connection.recv(65_536).decode()


def test_no_canary_is_written_down(faces, event, officer):
    visitor, inside = faces.wire("public"), officer.transport
    reader = faces.reader("public").open(da.front).follow(da.events).follow(event.title).follow(da.register)
    for address in (*FORMS, reader.answer.address):
        send_everywhere(visitor, address)
    for wire in (visitor, inside):
        for path in (
            f"/{CANARY}/",
            f"/media/images/{CANARY}.png",
            f"/arrangementer/bekraeft/{CANARY}/",
            f"/%ff{CANARY}",
        ):
            wire.send("GET", path, headers=HEADERS)
        wire.send("GET", "/", headers={"Host": f"{CANARY}.example"})
        wire.send("POST", f"/{CANARY}/", headers={"Content-Type": f"multipart/form-data; {CANARY}"}, data=CANARY)
        answer = shout(wire, f"GET /{CANARY} {CANARY} broken\r\nX: {CANARY}\r\n\r\n")
        assert answer.startswith("HTTP/1.1 400") and CANARY not in answer
    for address in ("/workspace/log/", "/workspace/people/new/", "/workspace/search/", "/admin/", "/account/login/"):
        send_everywhere(inside, address)
    send_everywhere(faces.wire("internal"), "/account/login/")

    partner.take_part(
        faces.reader("public"), da, event, faces.mailboxes, faces.work, name=CANARY, email=f"{CANARY}@example.org"
    )

    assert written(faces) == []


def test_no_error_quotes_what_it_choked_on(faces, event, officer):
    """The database's own words name the whole row: an error of the page, and an error of a task."""
    name, email = f"{CANARY}-refused", f"{CANARY}-refused@example.org"
    reader = faces.reader("public")
    with database_that_refuses(faces):
        partner.fill_in(reader, da, event, name=name, email="someone@example.org")
        assert reader.status == 500
        number = reader.answer.headers["X-Request-ID"]
        assert number in reader.page

        partner.fill_in(faces.reader("public"), da, event, name="Ana", email=email)
        faces.work()

    lines = [json.loads(line) for line in dict(faces.said())["public"].splitlines() if number in line]
    assert [line["error"][0]["type"] for line in lines if "error" in line] == ["django.db.utils.IntegrityError"]
    assert "IntegrityError" in str(tasks(faces))
    assert written(faces) == []


def tasks(faces):
    with psycopg.connect(faces.roles.url("owner"), autocommit=True) as owner:
        return owner.execute("SELECT t::text FROM django_tasks_database_dbtaskresult t").fetchall()


def written(faces) -> list[str]:
    """Where a canary stands, or an address of a visitor; every line must be JSON."""
    found = [f"{process}: {line}" for process, text in faces.said() for line in text.splitlines() if sings(line)]
    found += [f"a task: {row}" for (row,) in tasks(faces) if sings(row)]
    for process, text in faces.said():
        found += [f"{process}, not JSON: {line:.200}" for line in text.splitlines() if not line.startswith("{")]
    return found


def sings(text: str) -> bool:
    return bool(re.search(rf"{CANARY}|{IP}", text, re.IGNORECASE))
