"""One connection to a mail server, kept open between letters, and the moment from which one is in doubt.

Until the server has said 354 nothing of a letter was handed over: a connection that is gone by then is
opened anew and the letter begun again. From then on only an answer tells; without one it is in doubt.
"""

import asyncio
import re
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import SplitResult, unquote

import aiosmtplib

from server.notify.channel import ChannelAway, DeliveryFailed, DeliveryUnsure
from server.notify.encryption import distrust

DEFAULT_PORT = {"smtp": 25, "smtps": 465}
BEGIN_WITHIN = 20
"""Seconds from the first word to the server's 354, with a connection opened anew if need be."""

ANSWER_WITHIN = 20
"""Seconds for the answer to the whole letter; both together are less than a channel may take."""

KEPT_FOR = 30
"""Seconds without a letter after which the connection is given up: servers count them."""

BEGIN_CONTENT, CLOSING = 354, 421
DOT = re.compile(rb"(?m)^\.")


class Line:
    """Speaks to one server; STARTTLS is used where it is offered, or must be."""

    def __init__(self, server: SplitResult, trust: ssl.SSLContext, *, must_encrypt: bool) -> None:
        self._server = server
        self._trust = trust
        self._must_encrypt = must_encrypt
        self._client: aiosmtplib.SMTP | None = None
        self._idle: asyncio.TimerHandle | None = None

    async def hand_over(self, message: EmailMessage, *, sender: str, to: str) -> None:
        """Hand a letter over. Raises DeliveryFailed, ChannelAway and DeliveryUnsure, as a sender does."""
        if self._idle:
            self._idle.cancel()
        try:
            async with asyncio.timeout(BEGIN_WITHIN):
                client = await self._begun(sender, to)
        except TimeoutError:
            self.close()
            raise ChannelAway("no answer in time") from None
        try:
            content = _content(message, client, sender, to)
        except ValueError as error:
            self.close()
            raise DeliveryFailed(type(error).__name__, permanent=True) from None
        await self._hand_over_content(client, content)
        self._idle = asyncio.get_running_loop().call_later(KEPT_FOR, self.close)

    async def greet(self) -> None:
        """Connect, log in and leave. Raises ChannelAway."""
        self._client = await self._opened()
        self.close()

    def close(self) -> None:
        """Say goodbye and go: a server that hears nothing keeps its side open for a while."""
        if self._client:
            with suppress(aiosmtplib.SMTPException, OSError):
                if self._client.protocol:
                    self._client.protocol.write(b"QUIT\r\n")
            self._client.close()
        self._client = None

    async def _begun(self, sender: str, to: str) -> aiosmtplib.SMTP:
        """Bring a connection to where it awaits the letter's content: the kept one, else a new one."""
        if self._client and await self._is_there(self._client):
            try:
                return await self._begin(self._client, sender, to)
            except ChannelAway:
                self.close()
        self.close()
        self._client = await self._opened()
        try:
            return await self._begin(self._client, sender, to)
        except ChannelAway:
            self.close()
            raise

    async def _is_there(self, client: aiosmtplib.SMTP) -> bool:
        """Ask the server to forget what was left unfinished, which only one that listens can do."""
        try:
            await client.rset()
        except (aiosmtplib.SMTPException, OSError):
            return False
        return True

    async def _opened(self) -> aiosmtplib.SMTP:
        """Connect and log in; whatever goes wrong here is no letter's fault."""
        server = self._server
        client = aiosmtplib.SMTP(
            hostname=server.hostname,
            port=server.port or DEFAULT_PORT[server.scheme],
            username=unquote(server.username) if server.username else None,
            password=unquote(server.password) if server.password else None,
            use_tls=server.scheme == "smtps",
            start_tls=self._must_encrypt or None,
            tls_context=self._trust,
            timeout=BEGIN_WITHIN,
        )
        try:
            await client.connect()
        except aiosmtplib.SMTPAuthenticationError as answer:
            raise ChannelAway(f"login refused: {answer.code}") from None
        except aiosmtplib.SMTPResponseException as answer:
            raise ChannelAway(f"server answered {answer.code}") from None
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise ChannelAway(_why(error)) from None
        return client

    async def _begin(self, client: aiosmtplib.SMTP, sender: str, to: str) -> aiosmtplib.SMTP:
        """Say who writes to whom, and hear that the content may come."""
        is_ascii = (sender + to).isascii()
        if not is_ascii and not client.supports_extension("smtputf8"):
            raise DeliveryFailed("server takes no such address", permanent=True)
        encoding = "ascii" if is_ascii else "utf-8"
        options = _options(client, is_ascii=is_ascii)
        try:
            await client.mail(sender, options=options, encoding=encoding)
            await client.rcpt(to, encoding=encoding)
            answer = await client.execute_command(b"DATA")
        except aiosmtplib.SMTPRecipientRefused as refused:
            raise _refused(refused.code, "recipient refused") from None
        except aiosmtplib.SMTPSenderRefused as refused:
            raise _refused(refused.code, "sender refused", permanent=False) from None
        except (aiosmtplib.SMTPException, OSError) as error:
            raise ChannelAway(type(error).__name__) from None
        except ValueError as error:
            raise DeliveryFailed(type(error).__name__, permanent=True) from None
        if answer.code != BEGIN_CONTENT:
            raise _refused(answer.code, "letter refused")
        return client

    async def _hand_over_content(self, client: aiosmtplib.SMTP, content: bytes) -> None:
        """Send the content with its final dot, and hear what becomes of it."""
        protocol = client.protocol
        if protocol is None:
            self.close()
            raise ChannelAway("connection lost")
        try:
            protocol.write(content)
            answer = await protocol.read_response(timeout=ANSWER_WITHIN)
        except (aiosmtplib.SMTPException, OSError) as error:
            self.close()
            raise DeliveryUnsure(f"no answer to the letter: {type(error).__name__}") from None
        except asyncio.CancelledError:
            self.close()
            raise
        if not 200 <= answer.code < 300:
            raise _refused(answer.code, "letter refused")


def _why(error: Exception) -> str:
    """Say why nobody answers as they should; the library's own sentences name no person."""
    is_sentence = type(error) is aiosmtplib.SMTPException
    return distrust(error) or (str(error) if is_sentence else type(error).__name__)


def _refused(code: int, what: str, *, permanent: bool = True) -> DeliveryFailed:
    """Return the refusal: with 421 the server is leaving, with 5xx it will not take this letter ever."""
    if code == CLOSING:
        return ChannelAway(f"{what}: {code}")
    return DeliveryFailed(f"{what}: {code}", permanent=permanent and code >= 500)


def _options(client: aiosmtplib.SMTP, *, is_ascii: bool) -> list[str]:
    eight_bit = ["BODY=8BITMIME"] if client.supports_extension("8bitmime") else []
    return eight_bit if is_ascii else [*eight_bit, "SMTPUTF8"]


def _content(message: EmailMessage, client: aiosmtplib.SMTP, sender: str, to: str) -> bytes:
    """Return the letter as it travels: dots at the beginning of lines doubled, and the last one alone."""
    cte = "8bit" if client.supports_extension("8bitmime") else "7bit"
    policy = SMTP.clone(cte_type=cte, utf8=not (sender + to).isascii())
    content = message.as_bytes(policy=policy)
    whole = content if content.endswith(b"\r\n") else content + b"\r\n"
    return DOT.sub(b"..", whole) + b".\r\n"
