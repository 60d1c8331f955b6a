"""What a production process says of an error."""

import json
import logging
import sys
from types import SimpleNamespace

from django.db import IntegrityError

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
    assert json.loads(others).keys() == {"at", "level", "logger"}
