"""When something goes wrong: a sentence in both languages and an id, the same as in the header and in the log."""

import json
import logging
import re

import pytest
from django.test import Client
from django.urls import path

from outreach.audit.logs import SoberFormatter
from outreach.urls import development

SECRET = "ana@example.org"
ID = re.compile(r"\b[0-9a-f]{32}\b")


def fails(request):
    raise ValueError(SECRET)


urlpatterns = [path("workspace/fails/", fails), path("fails/", fails), *development.urlpatterns]
handler400, handler500 = development.handler400, development.handler500


@pytest.fixture
def visitor(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.fixture
def lines():
    """What the process writes while the test runs."""
    written, handler = [], logging.Handler()
    handler.emit = lambda record: written.append(SoberFormatter().format(record))
    root = logging.getLogger()
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


@pytest.mark.parametrize("address", ["/fails/", "/workspace/fails/"])
def test_an_error_shows_its_id_and_nothing_else(visitor, db, lines, address):
    answer = visitor.get(address)

    assert answer.status_code == 500
    assert set(ID.findall(answer.text)) == {answer["X-Request-ID"]}
    assert "Noget gik galt" in answer.text and "Something went wrong" in answer.text
    assert [word for word in (SECRET, "ValueError", "Traceback", "fails", ".py") if word in answer.text] == []
    assert [json.loads(line)["request_id"] for line in lines] == [answer["X-Request-ID"]]


def test_each_error_has_an_id_of_its_own(visitor, db):
    assert visitor.get("/fails/")["X-Request-ID"] != visitor.get("/fails/")["X-Request-ID"]


@pytest.mark.parametrize("name", ["500.html", "bare.html"])
def test_an_error_page_that_cannot_be_made_is_a_sentence_with_the_id(visitor, db, lines, settings, tmp_path, name):
    (tmp_path / name).write_text("{% no_such_tag %}")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]

    answer = visitor.get("/fails/")

    assert answer.status_code == 500
    assert ID.findall(answer.text) == [answer["X-Request-ID"]] * 2
    assert "Noget gik galt hos os" in answer.text and "Something went wrong" in answer.text
    assert "no_such_tag" not in answer.text
    assert {json.loads(line)["logger"] for line in lines} == {"outreach.errors", "django.request"}


@pytest.mark.parametrize("address", ["/fails/", "/", "/en/", "/soeg/?q=a"])
def test_an_error_page_is_made_without_a_database(visitor, address):
    """No fixture gives this test one: whoever asks for rows raises, as when the server is away."""
    answer = visitor.get(address)

    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.text


def test_what_cannot_be_read_is_answered_with_a_sentence_and_the_id(visitor, db, settings):
    answer = visitor.get("/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert set(ID.findall(answer.text)) == {answer["X-Request-ID"]}
    assert "Vi kunne ikke læse" in answer.text
    assert "evil" not in answer.text


@pytest.mark.parametrize(
    ("address", "sentence"), [("/nej/", "Vi kan ikke finde siden"), ("/en/no/", "cannot find the")]
)
def test_what_is_not_there_is_said_in_the_language_of_the_address(visitor, db, address, sentence):
    answer = visitor.get(address)

    assert answer.status_code == 404
    assert sentence in answer.text
    assert address not in answer.text


@pytest.mark.parametrize("face", ["public", "internal"])
def test_both_faces_have_their_own_pages_for_errors(face):
    urls = __import__(f"outreach.urls.{face}", fromlist=["x"])

    assert urls.handler400 == "outreach.design.errors.bad_request"
    assert urls.handler500 == "outreach.design.errors.server_error"
