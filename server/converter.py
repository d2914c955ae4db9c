"""Makes pictures of pages in a child process that lives for seconds and can reach nothing."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing, suppress
from datetime import timedelta
from types import MappingProxyType

from server.converter_frame import COUNT, PAGE, PORTRAIT, REFUSED, next_frame
from signalling.documents.document import require_document, require_pages
from signalling.documents.errors import ConversionFailed, DocumentRefused, Encrypted, NotADocument
from signalling.documents.ports import Opened

CHILD = (sys.executable, "-I", "-m", "server.converter_child")

_BATCH = 8
_REFUSALS: Mapping[bytes, Callable[[], DocumentRefused]] = MappingProxyType(
    {
        b"NotADocument": NotADocument,
        b"Encrypted": Encrypted,
        b"ConversionFailed": ConversionFailed,
    }
)


class ChildConverter:
    """A child for each document's first page, and then one for every few of the others.

    People wait for the first page: two may be made at once, beside one batch
    of later pages, which stand behind in line.
    """

    def __init__(self, *, patience: timedelta = timedelta(seconds=9), command: Sequence[str] = CHILD) -> None:
        self._patience = patience
        self._command = tuple(command)
        self._opening = asyncio.Semaphore(2)
        self._drawing = asyncio.Semaphore(1)

    async def open(self, original: bytes) -> Opened:
        require_document(original)
        count = 0
        async with self._opening, aclosing(self._frames(original, "1", "1")) as frames:
            async for kind, number, payload in frames:
                if kind == COUNT:
                    count = number
                    require_pages(count)
                elif kind == PAGE and count:
                    return Opened(count, payload)
        raise ConversionFailed

    async def portrait(self, original: bytes) -> bytes:
        """Draw a small square picture of a photograph, in line with those who open documents."""
        require_document(original)
        async with self._opening, aclosing(self._frames(original, PORTRAIT)) as frames:
            async for kind, _, payload in frames:
                if kind == PAGE:
                    return payload
        raise ConversionFailed

    async def draw(self, original: bytes, first: int, last: int) -> AsyncGenerator[tuple[int, bytes], None]:
        while first <= last:
            drawn = 0
            batch_last = min(last, first + _BATCH - 1)
            async with self._drawing, aclosing(self._batch(original, first, batch_last)) as batch:
                async for number, picture in batch:
                    drawn += 1
                    yield number, picture
            if not drawn:
                raise ConversionFailed
            first += drawn

    async def _batch(self, original: bytes, first: int, last: int) -> AsyncGenerator[tuple[int, bytes], None]:
        """Draw some pages; what the child's time was too short for is left to the next child."""
        expected = first
        with suppress(ConversionFailed):
            async with aclosing(self._frames(original, str(first), str(last))) as frames:
                async for kind, number, payload in frames:
                    if kind == PAGE and number == expected <= last:
                        expected += 1
                        yield number, payload

    async def _frames(self, original: bytes, *wanted: str) -> AsyncGenerator[tuple[bytes, int, bytes], None]:
        """Start a child, feed it, and pass on what it says until it ends or its time is up."""
        until = asyncio.get_running_loop().time() + self._patience.total_seconds()
        child = await self._start(wanted)
        assert child.stdin
        assert child.stdout
        feeding = asyncio.create_task(_feed(child.stdin, original))
        try:
            while (frame := await _frame_until(child.stdout, until)) is not None:
                kind, _, payload = frame
                if kind == REFUSED:
                    raise _REFUSALS.get(payload, ConversionFailed)()
                yield frame
        finally:
            await _end(child, feeding)

    async def _start(self, wanted: Sequence[str]) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *self._command,
            *wanted,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={},
            cwd="/",
            start_new_session=True,
        )


async def _frame_until(stream: asyncio.StreamReader, until: float) -> tuple[bytes, int, bytes] | None:
    try:
        async with asyncio.timeout_at(until):
            return await next_frame(stream)
    except (TimeoutError, ValueError) as error:
        raise ConversionFailed from error


async def _feed(stream: asyncio.StreamWriter, content: bytes) -> None:
    """Write all of it; a child that ended early is heard of at its other end."""
    with suppress(ConnectionError):
        stream.write(content)
        await stream.drain()
    stream.close()


async def _end(child: asyncio.subprocess.Process, feeding: asyncio.Task[None]) -> None:
    """Kill the child unless it has ended, and wait for it, so that none stays as a zombie."""
    feeding.cancel()
    if child.returncode is None:
        # Not child.kill(): that polls, and so may take the end away from the loop that waits for it.
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    await child.wait()
