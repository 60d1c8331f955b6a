"""What a production process writes: what went wrong and where, as JSON, never what anybody wrote or read.

Every line goes through structlog, from whatever library it comes, and keeps only what is named here. Lines that belong
to a request carry its id, those of a task the task's (``structlog.contextvars``).
"""

import logging
import os
import sys
import threading
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

ROOT = Path(__file__).resolve().parents[2]
OURS = "outreach."  # these loggers mind their words; others put addresses and values into theirs
GUNICORN = "gunicorn.error"
# Of gunicorn's words only these beginnings: what follows may be an address, or what was asked for.
GUNICORNS_WORDS = (
    *("Starting gunicorn", "Listening at", "Booting worker", "Worker exiting", "Shutting down", "Handling signal"),
    *("WORKER TIMEOUT", "Worker (pid", "Exception in worker process", "Unhandled exception in main loop"),
    *("Invalid request", "Error handling request", "Socket error processing request", "Connection in use"),
)
# What lines of ours may say beside their sentence. None of it is about a person.
FIELDS = frozenset(
    {"request_id", "task", "task_id", "directive", "blocked", "times", "status", "method", "view", "bytes", "ms"}
)
# Their words are about settings, for the operator alone.
QUOTED = ("django.core.exceptions.ImproperlyConfigured",)


class SoberFormatter(structlog.stdlib.ProcessorFormatter):
    """Of an error its type and its way through the code: the message may quote a visitor."""

    def __init__(self) -> None:
        super().__init__(
            processors=[_sober, structlog.processors.JSONRenderer()],
            foreign_pre_chain=[_filled_in, structlog.contextvars.merge_contextvars],
            use_get_message=False,
            pass_foreign_args=True,
        )


def configure(*, production: bool) -> None:
    """Let structlog's loggers write through the standard ones. In production nothing goes past them."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    if production:
        logging.captureWarnings(True)
        logging.raiseExceptions = (
            False  # else a line that cannot be written is printed with all that was to stand in it
        )


def watch_crashes() -> None:
    """Have what nobody caught told like any other error: Python prints the words of it."""
    logger = logging.getLogger(f"{OURS}crash")

    def told(kind: type[BaseException], error: BaseException | None, way: Any) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            logger.critical("Nobody caught an error.", exc_info=(kind, error or kind(), way))

    sys.excepthook = told
    threading.excepthook = lambda crash: told(crash.exc_type, crash.exc_value, crash.exc_traceback)
    sys.unraisablehook = lambda crash: told(crash.exc_type, crash.exc_value, crash.exc_traceback)


def _filled_in(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """The sentence of one of our own lines with its values; nobody else's values are ever looked at."""
    values = event.pop("positional_args", ())
    if event["_record"].name.startswith(OURS) and values:
        event["event"] %= values
    return event


def _sober(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Keep what may be kept, and nothing else."""
    record: logging.LogRecord = event["_record"]
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    line = {"at": at, "level": record.levelname, "logger": record.name, "process": face(), "pid": record.process}
    if words := _words(record, str(event["event"])):
        line["message"] = words
    line |= {key: event[key] for key in sorted(FIELDS & event.keys())}
    line |= _request(record) | getattr(record, "answered", {})
    if error := _raised(event.get("exc_info")):
        line["error"] = [_told(one) for one in _chain(error)]
    return line


def _raised(given: Any) -> BaseException | None:
    """The error that ``exc_info`` means, in each of the ways a logger may be told it."""
    if isinstance(given, tuple):
        return given[1]
    return given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None


def face() -> str:
    """Which process this is, by the settings it was started with: gunicorn speaks before they are read."""
    return os.environ.get("DJANGO_SETTINGS_MODULE", "").rpartition(".")[2]


def _words(record: logging.LogRecord, said: str) -> str:
    if record.name.startswith(OURS):
        return said
    if record.name == GUNICORN:
        return next((known for known in GUNICORNS_WORDS if said.startswith(known)), "")
    return ""


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
    told = {"type": f"{type(error).__module__}.{type(error).__qualname__}", "way": way_of(error)}
    return told | ({"message": str(error)} if told["type"] in QUOTED else {})


def way_of(error: BaseException) -> list[str]:
    """Through which lines of code it came; none of their values."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def failure(error: BaseException) -> str:
    """An error and its causes as text for whoever mends it: types and ways, no words."""
    told = [_told(one) for one in _chain(error)]
    return "\n\n".join("\n".join([one["type"], *one["way"]]) for one in told)


def _short(filename: str) -> str:
    """Below the project or the installed packages; the folders of the machine say nothing."""
    _machine, installed, path = filename.rpartition("site-packages/")
    return path if installed else filename.removeprefix(f"{ROOT}/")
