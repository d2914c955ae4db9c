"""The mailbox that letters come back to, read by IMAP: nothing in it is deleted, moved or answered."""

import imaplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, unquote

from server.addresses import LOOPBACK
from server.notify.encryption import distrust
from server.notify.returned import LARGEST

DEFAULT_PORT = {"imap": 143, "imaps": 993}
TIMEOUT_SECONDS = 20
BATCH = 50


class BoxAway(Exception):
    """The mailbox cannot be read now; the text is for operators, and names no person."""


@dataclass(frozen=True, slots=True)
class BounceBox:
    """Reads in a thread: mail to a return address that nobody has read yet, and no other."""

    server: SplitResult
    mailbox: str
    trust: ssl.SSLContext = field(repr=False)

    def read(self, take: Callable[[bytes], None]) -> bool:
        """Hand mails over and mark each as read; return whether there are more. Raises BoxAway.

        A mail whose taking fails stays unread.
        """
        with self._session() as session:
            found = self._unread(session)
            for uid in found[:BATCH]:
                take(_content(_answer(session.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST}>)"))))
                _answer(session.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)"))
        return len(found) > BATCH

    def _unread(self, session: imaplib.IMAP4) -> list[str]:
        begins = f'"{self.mailbox.partition("@")[0]}+"'
        wanted = f"UNSEEN OR HEADER TO {begins} HEADER DELIVERED-TO {begins}"
        return [
            uid.decode() for line in _answer(session.uid("SEARCH", wanted)) for uid in (line or b"").split()
        ]

    @contextmanager
    def _session(self) -> Iterator[imaplib.IMAP4]:
        try:
            session = self._connected()
            with _goodbye(session):
                self._log_in(session)
                _answer(session.select(f'"{unquote(self.server.path.strip("/")) or "INBOX"}"'))
                yield session
        except (imaplib.IMAP4.error, OSError) as error:
            raise BoxAway(distrust(error) or type(error).__name__) from None

    def _log_in(self, session: imaplib.IMAP4) -> None:
        try:
            session.login(unquote(self.server.username or ""), unquote(self.server.password or ""))
        except imaplib.IMAP4.abort:
            raise
        except (imaplib.IMAP4.error, ValueError):
            raise BoxAway("login refused") from None

    def _connected(self) -> imaplib.IMAP4:
        """Connect; a password goes to another machine encrypted or not at all."""
        host = self.server.hostname or ""
        port = self.server.port or DEFAULT_PORT[self.server.scheme]
        if self.server.scheme == "imaps":
            return imaplib.IMAP4_SSL(host, port, ssl_context=self.trust, timeout=TIMEOUT_SECONDS)
        session = imaplib.IMAP4(host, port, timeout=TIMEOUT_SECONDS)
        if host not in LOOPBACK:
            session.starttls(self.trust)
        return session


@contextmanager
def _goodbye(session: imaplib.IMAP4) -> Iterator[None]:
    """Log out in the end, whatever the server thinks of it."""
    try:
        yield
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            session.logout()
        with suppress(OSError):
            session.shutdown()


def _answer(answered: tuple[str, list[Any]]) -> list[Any]:
    """Return what the server said. Raises when it refused."""
    kind, lines = answered
    if kind != "OK":
        raise imaplib.IMAP4.error("refused")
    return lines


def _content(lines: list[Any]) -> bytes:
    content: bytes = next((line[1] for line in lines if isinstance(line, tuple)), b"")
    return content
