"""A mail server of our own that keeps what it is given."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.instances.ports import free_port


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as it came in: from whom, to whom, and what."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage


@dataclass  # without slots: aiosmtpd looks at every attribute, which slots of Python 3.11.2 refuse
class Mailbox:
    """All mail that came in; a test may wait for the next, or tell the server to refuse."""

    port: int
    mails: list[Mail] = field(default_factory=list)
    answer: str = "250 OK"
    _arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def url(self) -> str:
        """Say how the product reaches this server."""
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[Mail]:
        """List what came for one address."""
        return [mail for mail in self.mails if address in mail.recipients]

    async def until(self, address: str, count: int = 1, *, within: float = 20.0) -> list[Mail]:
        """Wait until so many mails have come for an address; the test fails when they do not."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within), self._arrived:
                await self._arrived.wait_for(lambda: len(self.to(address)) >= count)
        came = self.to(address)
        assert len(came) >= count, f"{count} mails were to come within {within} s, and {len(came)} came"
        return came

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd)
        """Keep one mail, or refuse it as the test wishes."""
        del server, session
        if not self.answer.startswith("250"):
            return self.answer
        content = envelope.original_content or b""
        message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(content)
        async with self._arrived:
            self.mails.append(Mail(envelope.mail_from or "", tuple(envelope.rcpt_tos), message))
            self._arrived.notify_all()
        return self.answer


@pytest.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    """Run a mail server in this loop for one test."""
    box = Mailbox(free_port())
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(box, hostname="localhost", enable_SMTPUTF8=True, loop=loop), "127.0.0.1", box.port
    )
    async with server:
        yield box
