"""What a production process writes on stderr: what went wrong and where, never what anybody wrote or read."""

import json
import logging
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = "outreach."  # these loggers mind their words; others put addresses and values into theirs


class SoberFormatter(logging.Formatter):
    """One JSON object a line. Of an error its type and its way through the code: the message may quote a visitor."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname, "logger": record.name}
        if record.name.startswith(OURS):
            line["message"] = record.getMessage()
        line |= _request(record)
        if record.exc_info and record.exc_info[1]:
            line["error"] = [_told(error) for error in _chain(record.exc_info[1])]
        return json.dumps(line)


def _request(record: logging.LogRecord) -> dict:
    """Which view answered, by name: an address may be somebody's personal link."""
    request = getattr(record, "request", None)
    if request is None:
        return {}
    match = getattr(request, "resolver_match", None)
    told = {"request_id": getattr(request, "request_id", ""), "view": match.view_name if match else ""}
    return told | {"method": request.method, "status": getattr(record, "status_code", None)}


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, then what caused it."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> dict:
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "way": [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
    }


def _short(filename: str) -> str:
    """Below the project or the installed packages; the folders of the machine say nothing."""
    _machine, installed, path = filename.rpartition("site-packages/")
    return path if installed else filename.removeprefix(f"{ROOT}/")
