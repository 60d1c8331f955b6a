"""A draft outlives the process that kept it."""

from contextlib import contextmanager
from itertools import count

import pytest

from tests import processes
from tests.faces import colleague
from tests.journeys.reader import Reader, Wire

pytestmark = pytest.mark.postgresql

LOG, KEEP = "/workspace/log/", "/workspace/drafts/"
NUMBERS = count(1)


@pytest.fixture
def officer(faces):
    reader = colleague.enter(faces, "una@center.example", "Una Falk", "officer")
    colleague.add_phone(reader)
    return reader


@pytest.fixture
def process(faces, tmp_path, officer):
    """``with process() as reader:`` is the officer before an internal process that ends with the block."""

    @contextmanager
    def process():
        log = tmp_path / f"internal-{next(NUMBERS)}.log"
        with processes.serving(faces.environment("internal"), log) as address:
            wire = Wire(address)
            wire.session.cookies.update(officer.transport.session.cookies)
            yield Reader(wire)

    return process


def fields(form):
    return {
        one["name"]: one.get("value", "") for one in form.select("input[name]") if one["type"] in ("text", "hidden")
    }


def test_what_was_typed_before_a_restart_is_there_after_it(process):
    with process() as reader:
        form = reader.open(LOG).soup.select_one("form[data-draft]")
        typed = fields(form) | {"summary": "Skrevet før genstart", "form": form["data-draft"], "sequence": "1"}
        answer = reader.transport.post(KEEP, list((typed | {"writer": form["data-writer"]}).items()))
        assert b"Kladde gemt kl." in answer.body

    with process() as reader:
        reader.open(LOG)
        assert "Du har en kladde" in reader.text
        reader.follow("Skriv videre")
        assert reader.soup.select_one("[name=summary]").get_text().strip() == "Skrevet før genstart"
