"""The search under the role of the public process, and what the process writes of it."""

import json
import socket

import psycopg
import pytest

from tests import processes

pytestmark = pytest.mark.postgresql

CANARY = "kanariefuglxyz"


def found(reader):
    return [title.get_text() for title in reader.main.select(".entries .t")]


def test_a_visitor_searches_under_the_role_that_may_only_read(faces):
    reader = faces.reader("public").open("/soeg/?q=arhus")
    assert found(reader)[0] == "Aarhus"

    with psycopg.connect(faces.roles.url("public"), autocommit=True) as public:
        for statement in ("DELETE FROM content_searchentry", "UPDATE content_synonymset SET words_da = ''"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                public.execute(statement)


def test_an_address_of_ten_kilobytes_gets_the_page_as_well(faces):
    reader = faces.reader("public").open(f"/soeg/?q={'radikalisering+' * 700}")

    assert reader.status == 200
    assert found(reader)


def test_a_search_leaves_no_word_in_a_log_even_with_the_access_log_on(faces, tmp_path):
    env = faces.environment("public") | {"GUNICORN_CMD_ARGS": "--access-logfile=-"}
    log = tmp_path / "public.log"
    with processes.serving(env, log) as address:
        host, port = address.rpartition("/")[2].split(":")
        for request in (f"GET /soeg/?q={CANARY} HTTP/1.1", f"GET /soeg/?q={CANARY} broken HTTP/1.1"):
            with socket.create_connection((host, int(port)), timeout=10) as connection:
                connection.sendall(f"{request}\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
                while connection.recv(65_536):
                    pass

    written = log.read_text()
    (answered,) = [line for line in map(json.loads, written.splitlines()) if line["logger"] == "gunicorn.access"]
    assert (answered["method"], answered["status"]) == ("GET", 200)
    assert answered["bytes"] > 0 <= answered["ms"] and len(answered["request_id"]) == 32
    assert "Invalid request" in written
    assert [word for word in (CANARY, "soeg", "ip=") if word in written.lower()] == []
