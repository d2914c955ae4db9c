"""The last net under the logs: what looks like a personal identity code does not stand in a line.

Nobody logs one; this is for the day on which a library writes out what it was given.
"""

import logging
import re

import structlog

HIDDEN = "[personal code]"
# A code alone, in any case, also with its sign in the way of an address; not a part of a longer word.
_CODE = re.compile(
    r"(?<![0-9A-Za-z])\d{6}(?:[-+A-FU-Y]|%2[BbDd])\d{3}[0-9A-FHJ-NPR-Y](?![0-9A-Za-z])", re.IGNORECASE
)


def redacted(text: str) -> str:
    """Return a line without personal identity codes."""
    return _CODE.sub(HIDDEN, text)


class RedactingFormatter(logging.Formatter):
    """Formats what libraries log, tracebacks too, and hides codes in all of it."""

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


def redacting(renderer: structlog.typing.Processor) -> structlog.typing.Processor:
    """Hide codes in the line that a renderer has made."""

    def render(logger: structlog.typing.WrappedLogger, name: str, event: structlog.typing.EventDict) -> str:
        return redacted(str(renderer(logger, name, event)))

    return render
