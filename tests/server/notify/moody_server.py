"""A mail server that fails at whichever step it is told to, and says how often it was called."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.instances.ports import free_port

HANGS_UP = "hangs up"
SAYS_NOTHING = "says nothing"
ANSWERS = {"EHLO": "250 HELP", "RSET": "250 OK", "MAIL": "250 OK", "RCPT": "250 OK", "DATA": "354 go on"}


@dataclass(slots=True)
class MoodyServer:
    """Each mood is a step (a verb, or `.` for the end of a letter) and what it does then, once."""

    port: int = field(default_factory=free_port)
    moods: list[tuple[str, str]] = field(default_factory=list)
    calls: int = 0
    taken: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    _lines: list[asyncio.StreamWriter] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def hang_up(self) -> None:
        """Close every line that is open, as a server does that restarts."""
        for line in self._lines:
            line.close()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.calls += 1
        self._lines.append(writer)
        writer.write(f"{self._mood('call') or '220 moody'}\r\n".encode())
        try:
            while line := (await reader.readline()).decode().strip():
                if not await self._answered(line.split()[0].upper(), reader, writer):
                    return
        finally:
            writer.close()

    async def _answered(self, step: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        self.said.append(step)
        mood = self._mood(step)
        if mood == HANGS_UP:
            return False
        answer = mood or ANSWERS.get(step, "250 OK")
        writer.write(f"{answer}\r\n".encode())
        return await self._took(reader, writer) if answer.startswith("354") else not answer.startswith("421")

    async def _took(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        letter = (await reader.readuntil(b"\r\n.\r\n")).decode()
        mood = self._mood(".")
        if mood is None or not mood[0].isdigit():
            self.taken.append(letter)
        if mood == HANGS_UP:
            return False
        if mood != SAYS_NOTHING:
            writer.write(f"{mood or '250 taken'}\r\n".encode())
        return True

    def _mood(self, step: str) -> str | None:
        if self.moods and self.moods[0][0] == step:
            return self.moods.pop(0)[1]
        return None


@asynccontextmanager
async def moody_server(*moods: tuple[str, str]) -> AsyncIterator[MoodyServer]:
    """Run one for a test."""
    server = MoodyServer(moods=list(moods))
    async with await asyncio.start_server(server.serve, "127.0.0.1", server.port):
        yield server
