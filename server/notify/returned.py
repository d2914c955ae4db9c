"""Read a mail that came to a return address: does it say that a letter will not arrive?

A report of a mail server (RFC 3464, RFC 6533) counts when it says `failed`, and so does a plain mail of a
mail server that names a permanent failure. All else tells nothing of the kind: delays, what was delivered,
answers of people and of machines (RFC 3834). None of it is ever answered.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message
from email.utils import getaddresses, parseaddr
from uuid import UUID

from server.notify.return_address import ReturnAddress

LARGEST = 1 << 20
"""Bytes of a mail that are read; a report stands before the letter that it returns."""

LONGEST_HEADER, LONGEST_TEXT = 2_000, 20_000
MOST_BOUNDARIES = 20
"""Each line of a mail is held against every boundary around it; a report with its letter has four."""

CAME_TO = ("Envelope-To", "Delivered-To", "X-Original-To", "To")
MAIL_SERVERS = frozenset({"mailer-daemon", "postmaster"})
REPORTS = ("message/delivery-status", "message/global-delivery-status")
CODE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
NO_CODE = "5.0.0"


@dataclass(frozen=True, slots=True)
class Returned:
    """A letter that will not arrive, and the mail server's code for it (RFC 3463)."""

    letter_id: UUID
    code: str


def read_returned(content: bytes, returns: ReturnAddress, *, recipient: str = "") -> Returned | None:
    """Return which letter will not arrive, or None; `recipient` is to whom the mail server says it came."""
    if content[:LARGEST].lower().count(b"boundary") > MOST_BOUNDARIES:
        return None
    try:
        mail = message_from_bytes(content[:LARGEST])
        code = _failure(mail)
        came_to = (recipient, *_came_to(mail)) if code else ()
    except (RecursionError, ValueError, LookupError):
        return None  # nested or written so that nobody reads it
    letter_id = next(filter(None, map(returns.letter_of, came_to)), None)
    return Returned(letter_id, code) if letter_id and code else None


def _came_to(mail: Message) -> Iterator[str]:
    headers = [_header(value) for name in CAME_TO for value in mail.get_all(name, [])]
    yield from (address for _, address in getaddresses(headers))


def _failure(mail: Message) -> str | None:
    """Return the code of a failure for good, if the mail tells of one."""
    if mail.get_content_type() == "multipart/report":
        return next(filter(None, map(_of_recipient, _recipients(mail))), None)
    _, writer = parseaddr(_header(mail.get("From", "")))
    if writer.partition("@")[0].lower() not in MAIL_SERVERS:
        return None
    codes = CODE.findall(_text(mail))
    if any(code.startswith("4") for code in codes):
        return None
    failed = NO_CODE if mail.get("X-Failed-Recipients") else None
    return next((code for code in codes if code.startswith("5")), failed)


def _recipients(mail: Message) -> Iterator[Message]:
    """Find the fields that a report has for each recipient."""
    for part in _parts(mail):
        if part.get_content_type() == REPORTS[0]:
            yield from _parts(part)
        elif part.get_content_type() == REPORTS[1]:
            text = "\n\n".join(str(inner.get_payload()) for inner in _parts(part))
            yield from map(message_from_string, re.split(r"\r?\n\r?\n", text))


def _of_recipient(fields: Message) -> str | None:
    """Return the code when the mail server has given the recipient up, be it that time ran out (4.4.7)."""
    if _header(fields.get("Action", "")).strip().lower() != "failed":
        return None
    found = CODE.search(_header(fields.get("Status", "")))
    return found[1] if found else NO_CODE


def _text(mail: Message) -> str:
    for part in mail.walk():
        if part.get_content_type() == "text/plain":
            body = part.get_payload(decode=True)
            return body[:LONGEST_TEXT].decode("ascii", "replace") if isinstance(body, bytes) else ""
    return ""


def _parts(mail: Message) -> list[Message]:
    payload = mail.get_payload()
    return [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []


def _header(value: object) -> str:
    return str(value)[:LONGEST_HEADER]
