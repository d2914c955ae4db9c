"""A mail server that writes down every copy that it takes, and can strike at any step of one."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.parser import BytesHeaderParser

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.instances.ports import free_port


def nothing(number: int, step: str) -> None:
    """Do not strike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One copy of a letter, as it was taken."""

    to: str
    key: str
    at: datetime
    is_cancellation: bool


@dataclass  # without slots: aiosmtpd looks at every attribute, which slots of Python 3.11.2 refuse
class Recorder:
    """`strike` is called with the number of the letter at each step: begun, taken."""

    port: int = field(default_factory=free_port)
    copies: list[Copy] = field(default_factory=list)
    strike: Callable[[int, str], None] = nothing
    _arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def by_key(self) -> Counter[str]:
        """Count the copies of each letter, as a gateway does that honours keys."""
        return Counter(one.key for one in self.copies)

    def clock(self) -> datetime:
        """Return the time by which copies are written down."""
        return datetime.now(UTC)

    async def until(self, count: int, *, within: float) -> None:
        """Wait for so many copies; raises TimeoutError when they do not come."""
        async with asyncio.timeout(within), self._arrived:
            await self._arrived.wait_for(lambda: len(self.copies) >= count)

    async def handle_RCPT(  # noqa: N802 (aiosmtpd)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        self.strike(len(self.copies), "begun")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd)
        """Take one copy; whoever is struck then never hears that it was taken."""
        del server, session
        content = envelope.original_content or b""
        copy = Copy(
            to=envelope.rcpt_tos[0],
            key=BytesHeaderParser().parsebytes(content)["Message-ID"],
            at=self.clock(),
            is_cancellation=b'method="CANCEL"' in content,
        )
        async with self._arrived:
            self.copies.append(copy)
            self._arrived.notify_all()
        self.strike(len(self.copies), "taken")
        return "250 OK"


@asynccontextmanager
async def recorder() -> AsyncIterator[Recorder]:
    """Run one in this loop."""
    made = Recorder()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(made, hostname="localhost", loop=loop), "127.0.0.1", made.port
    )
    async with server:
        yield made
