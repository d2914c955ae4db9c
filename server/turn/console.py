"""Speaks to coturn's console (telnet, by password): finds what somebody has opened there, and ends it."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import unquote, urlsplit

SECONDS = 3
"""So long may a console take for a whole talk: what has ended must be dead within five."""
LONGEST_BYTES = 1 << 20
PORT = 5766
_PROMPT = b"> "
_PASSWORD = b"password: \r\n"
_SESSION = re.compile(r"id=(\d+), user <([^>]*)>")


class ConsoleAway(Exception):
    """A console did not let us in, or did not answer; the text says which and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """Where one coturn takes orders, and the password that it asks for."""

    host: str
    port: int
    password: str = field(repr=False)

    @classmethod
    def at(cls, url: str) -> Self:
        """Read an address like `telnet://:password@host:5766`."""
        parts = urlsplit(url)
        return cls(host=parts.hostname or "", port=parts.port or PORT, password=unquote(parts.password or ""))

    async def greet(self) -> None:
        """Sign in and out again. Raises ConsoleAway."""
        async with self._opened():
            pass

    async def cut(self, owners: Iterable[str], is_over: Callable[[str], bool]) -> None:
        """End each allocation of these owners whose user name `is_over`. Raises ConsoleAway."""
        async with self._opened() as talk:
            for owner in owners:
                listed = _SESSION.findall(await talk.ask(f"psp {owner}"))
                for session in [number for number, name in listed if is_over(name)]:
                    await talk.ask(f"cs {session}")

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator["_Talk"]:
        where = f"the TURN console at {self.host}:{self.port}"
        try:
            async with asyncio.timeout(SECONDS):
                reader, writer = await asyncio.open_connection(self.host, self.port)
                try:
                    talk = _Talk(reader, writer)
                    await talk.sign_in(self.password)
                    yield talk
                finally:
                    writer.close()
        except TimeoutError:
            raise ConsoleAway(f"{where} did not answer in time") from None
        except (OSError, EOFError) as gone:
            raise ConsoleAway(f"{where} is away ({gone})") from None
        except PermissionDenied:
            raise ConsoleAway(f"{where} refused the password") from None


class PermissionDenied(Exception):
    """The password was wrong."""


@dataclass(frozen=True, slots=True)
class _Talk:
    """A connection to a console: a line there, its answer back."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def sign_in(self, password: str) -> None:
        if (await self._until(_PASSWORD, _PROMPT)).endswith(_PROMPT):
            return
        if (await self._say(password, _PASSWORD, _PROMPT)).endswith(_PASSWORD):
            raise PermissionDenied

    async def ask(self, command: str) -> str:
        return (await self._say(command, _PROMPT)).decode(errors="replace")

    async def _say(self, line: str, *ends: bytes) -> bytes:
        self.writer.write(line.encode() + b"\r\n")
        return await self._until(*ends)

    async def _until(self, *ends: bytes) -> bytes:
        """Read until the console waits for us again."""
        heard = b""
        while not heard.endswith(ends):
            more = await self.reader.read(4096)
            if not more or len(heard) > LONGEST_BYTES:
                raise EOFError("it hung up")
            heard += more
        return heard
