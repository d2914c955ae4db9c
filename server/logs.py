"""Logs: lines for people on a terminal, JSON for machines; never an address, token or name."""

import io
import logging
import sys
from collections.abc import Iterator
from typing import Any, TextIO

import structlog

from server.last_net import RedactingFormatter, redacting

ROW = "DETAIL:"
"""Begins the line in which PostgreSQL shows the row that it refused."""


def open_logs(*, least: int = logging.INFO) -> None:
    """Set up logging for this process, from a level on; libraries speak from warnings on.

    Tracebacks tell no local values: those are where names and tokens would stand. Nor do they tell
    what PostgreSQL adds to a refusal, which is the whole row. What looks like a personal identity code is
    hidden in every line, whoever wrote it.
    """
    as_dict = structlog.processors.ExceptionRenderer(
        structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    )
    plain = structlog.dev.ConsoleRenderer(exception_formatter=_plain_traceback)
    for_people: tuple[structlog.typing.Processor, ...] = (redacting(plain),)
    for_machines = (as_dict, without_rows, redacting(structlog.processors.JSONRenderer()))
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *(for_people if sys.stderr.isatty() else for_machines),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(logging.BASIC_FORMAT))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


def without_rows(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Cut refused rows out of the exceptions of an event; a structlog processor."""
    for exception in _exceptions(event.get("exception")):
        exception["exc_value"] = _cut(str(exception.get("exc_value", "")))
    return event


def _exceptions(found: Any) -> Iterator[dict[str, Any]]:
    """Walk the exceptions of a traceback, and those that a group holds."""
    for exception in found if isinstance(found, list) else ():
        yield exception
        for inner in exception.get("exceptions", ()):
            yield from _exceptions(inner)


def _plain_traceback(out: TextIO, exc_info: structlog.typing.ExcInfo) -> None:
    whole = io.StringIO()
    structlog.dev.plain_traceback(whole, exc_info)
    out.write(_cut(whole.getvalue()))


def _cut(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith(ROW))
