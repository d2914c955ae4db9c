"""A personal identity code that slips into a line of the log does not come out."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog

from server.last_net import HIDDEN, redacted
from server.logs import open_logs

CODES = ("010170-999R", "100190Y999P", "010200a9618", "020504A902E", "131052+308T", "010170%2D999R")


@pytest.fixture(params=[False, True], ids=["for machines", "for people"])
def log(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Open the logs into a text, and leave them afterwards as they were."""
    told = io.StringIO()
    monkeypatch.setattr(told, "isatty", lambda: request.param)
    monkeypatch.setattr(sys, "stderr", told)
    root = logging.getLogger()
    before, handlers, level = structlog.get_config(), root.handlers[:], root.level
    root.handlers.clear()
    open_logs()
    yield told
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**before)


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_hidden_wherever_it_stands(code: str) -> None:
    for line in (code, f"?hetu={code}&x", f"('{code}',)", f'{{"code": "{code}"}}', f"hetu:{code}."):
        assert redacted(line) == line.replace(code, HIDDEN)


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-22T15:26:21.123456Z",
        "5f0e7f0a-93c0-4b53-8f2a-7f1d9f4e0a01",
        "request_id=010170a999fb6f9b",
        "+358401234567",
        "milliseconds=101701.999",
    ],
)
def test_what_is_none_stays_to_be_read(line: str) -> None:
    assert redacted(line) == line


def test_our_own_lines_and_their_tracebacks_hide_it(log: io.StringIO) -> None:
    try:
        raise ValueError(f"not a claim: {CODES[0]}")
    except ValueError:
        structlog.get_logger().exception(f"fault of {CODES[1]}", given=[CODES[3]])

    assert "not a claim" in log.getvalue()
    assert [code for code in CODES if code in log.getvalue()] == []
    if not log.isatty():
        assert json.loads(log.getvalue())["event"] == f"fault of {HIDDEN}"


@pytest.mark.logs_secrets
def test_lines_of_libraries_and_their_tracebacks_hide_it(log: io.StringIO) -> None:
    try:
        raise ValueError(CODES[0])
    except ValueError:
        logging.getLogger("library").exception("claims %s", {"hetu": CODES[1]})

    assert "claims" in log.getvalue()
    assert "ValueError" in log.getvalue()
    assert [code for code in CODES if code in log.getvalue()] == []
