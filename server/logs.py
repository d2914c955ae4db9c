"""Logs: lines for people on a terminal, JSON for machines; never an address, token or name."""

import logging
import sys

import structlog


def open_logs() -> None:
    """Set up logging for this process; libraries speak from warnings on.

    Tracebacks tell no local values: those are where names and tokens would stand.
    """
    as_dict = structlog.processors.ExceptionRenderer(
        structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    )
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    for_people: tuple[structlog.typing.Processor, ...] = (plain,)
    for_machines = (as_dict, structlog.processors.JSONRenderer())
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *(for_people if sys.stderr.isatty() else for_machines),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
