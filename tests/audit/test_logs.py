"""What a production process says of an error."""

import json
import logging
import subprocess
import sys
from types import SimpleNamespace

import pytest
import structlog
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError
from structlog.contextvars import bound_contextvars

from outreach.audit.logs import SoberFormatter


def failed():
    """An error whose words quote a visitor, as the databases' do."""
    try:
        try:
            raise ValueError("Key (email)=(ana@example.org) already exists.")
        except ValueError as cause:
            raise IntegrityError("ana@example.org") from cause
    except IntegrityError:
        return sys.exc_info()


def written(name: str, message: str, *arguments, exc_info=None, **extra) -> str:
    logger = logging.getLogger(name)
    record = logger.makeRecord(name, logging.ERROR, __file__, 1, message, arguments, exc_info, extra=extra)
    return SoberFormatter().format(record)


def test_an_error_tells_its_type_and_its_way_and_nothing_a_visitor_wrote():
    match = SimpleNamespace(view_name="events:confirm")
    request = SimpleNamespace(method="POST", request_id="abc", resolver_match=match, path="/s3cret-link/")

    line = written(
        "django.request", "%s: %s", "Error", request.path, exc_info=failed(), request=request, status_code=500
    )

    told = json.loads(line)
    assert [error["type"] for error in told["error"]] == ["django.db.utils.IntegrityError", "builtins.ValueError"]
    (step,) = told["error"][0]["way"]
    assert step.startswith("tests/audit/test_logs.py:") and step.endswith(" failed")
    assert (told["request_id"], told["view"], told["method"], told["status"]) == ("abc", "events:confirm", "POST", 500)
    assert "ana@example.org" not in line
    assert "s3cret-link" not in line


def test_only_our_own_loggers_are_quoted():
    ours = written("outreach.queue", "Task %s failed.", "events.confirm")
    others = written("some.library", "Mail to %s failed.", "ana@example.org")

    assert json.loads(ours)["message"] == "Task events.confirm failed."
    assert json.loads(others).keys() == {"at", "level", "logger", "process", "pid"}


def test_every_line_of_a_request_or_a_task_carries_its_id():
    with bound_contextvars(request_id="abc", task="events.confirm", email="ana@example.org"):
        inside = json.loads(written("some.library", "Ana"))

    assert (inside["request_id"], inside["task"]) == ("abc", "events.confirm")
    assert "email" not in inside
    assert "request_id" not in json.loads(written("some.library", "Ana"))


def test_a_line_of_structlogs_own_says_no_more_than_is_allowed(caplog):
    logger = structlog.stdlib.get_logger("outreach.sample")

    try:
        raise ValueError("ana@example.org")
    except ValueError:
        logger.error("It failed.", task="sample.note", email="ana@example.org", exc_info=True)
        told = json.loads(SoberFormatter().format(caplog.records[-1]))

    assert (told["message"], told["task"]) == ("It failed.", "sample.note")
    assert [error["type"] for error in told["error"]] == ["builtins.ValueError"]
    assert "ana" not in json.dumps(told)


def test_what_is_wrong_with_the_settings_is_told_in_words():
    try:
        raise ImproperlyConfigured("SECRET_KEY is weak.")
    except ImproperlyConfigured:
        told = json.loads(written("gunicorn.error", "Exception in worker process", exc_info=sys.exc_info()))

    assert told["error"][0]["message"] == "SECRET_KEY is weak."


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Invalid request from ip=192.0.2.7: /link/", "Invalid request"),
        ("Error handling request /link/", "Error handling request"),
        ("Something about ana@example.org", None),
    ],
)
def test_of_gunicorns_words_only_known_beginnings_are_kept(said, kept):
    assert json.loads(written("gunicorn.error", said)).get("message") == kept


def test_what_nobody_caught_is_told_without_its_words():
    code = """import sys, logging
from outreach.audit.logs import SoberFormatter, watch_crashes
handler = logging.StreamHandler(); handler.setFormatter(SoberFormatter()); logging.getLogger().addHandler(handler)
watch_crashes()
import threading
thread = threading.Thread(target=lambda: int("ana@example.org")); thread.start(); thread.join()
raise KeyError("ana@example.org")"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["error"][0]["type"] for line in told] == ["builtins.ValueError", "builtins.KeyError"]
    assert "ana@" not in done.stderr + done.stdout
