"""Draws the later pages of documents in the background, and hands out pages as they are ready."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from aiohttp import web

from signalling.documents.document import ORIGINAL, Document, State, page_blob
from signalling.documents.errors import ConversionFailed
from signalling.documents.ports import Blobs, Converter
from signalling.documents.share import finish
from web.keys import BLOBS, CONVERTER, UNITS
from web.ports import Units

PATIENCE = timedelta(seconds=20)


@dataclass(slots=True)
class _UnderWay:
    """What is being drawn now, and how far it has come."""

    last_drawn: int = 1
    task: asyncio.Task[None] | None = None
    is_over: bool = False


class Drawing:
    """One document after the other; a page that is asked for and not there yet is waited for.

    What a restart broke off goes on when one of its pages is asked for.
    """

    def __init__(self, blobs: Blobs, converter: Converter, units: Units) -> None:
        self._blobs = blobs
        self._converter = converter
        self._units = units
        self._under_way: dict[UUID, _UnderWay] = {}
        self._turn = asyncio.Semaphore(1)
        self._news = asyncio.Condition()

    def begin(self, document: Document) -> None:
        """See to it that the document is being drawn."""
        if document.id not in self._under_way:
            job = self._under_way[document.id] = _UnderWay()
            job.task = asyncio.create_task(self._see_through(document, job))

    async def page(self, document: Document, number: int) -> bytes:
        """Return a page's picture, drawing it if need be. Raises ConversionFailed."""
        name = page_blob(number)
        picture = await self._blobs.get(document.id, name)
        if picture is None:
            self.begin(document)
            await self._drawn(self._under_way[document.id], number)
            picture = await self._blobs.get(document.id, name)
        if picture is None:
            raise ConversionFailed
        return picture

    async def drop(self, document_id: UUID) -> None:
        """Stop drawing it, and remove all that was kept of it."""
        await self._stop(self._under_way.get(document_id))
        await self._blobs.remove_all(document_id)

    async def finished(self, document_id: UUID) -> None:
        """Wait until nothing of it is being drawn any more."""
        async with self._news:
            await self._news.wait_for(lambda: document_id not in self._under_way)

    async def close(self) -> None:
        for job in list(self._under_way.values()):
            await self._stop(job)

    async def _stop(self, job: _UnderWay | None) -> None:
        if job is not None and job.task is not None:
            job.task.cancel()
            with suppress(asyncio.CancelledError):
                await job.task

    async def _drawn(self, job: _UnderWay, number: int) -> None:
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()), self._news:
                await self._news.wait_for(lambda: job.last_drawn >= number or job.is_over)
        except TimeoutError as late:
            raise ConversionFailed from late

    async def _see_through(self, document: Document, job: _UnderWay) -> None:
        try:
            async with self._turn:
                await self._finish(document, await self._state_after_drawing(document, job))
        finally:
            del self._under_way[document.id]
            job.is_over = True
            await self._tell()

    async def _state_after_drawing(self, document: Document, job: _UnderWay) -> State:
        original = await self._blobs.get(document.id, ORIGINAL)
        if original is None:
            return State.FAILED
        while await self._blobs.get(document.id, page_blob(job.last_drawn + 1)) is not None:
            job.last_drawn += 1
        try:
            async with aclosing(self._converter.draw(original, job.last_drawn + 1, document.pages)) as pages:
                async for number, picture in pages:
                    await self._blobs.put(document.id, page_blob(number), picture)
                    job.last_drawn = number
                    await self._tell()
        except ConversionFailed:
            return State.FAILED
        return State.READY

    async def _finish(self, document: Document, state: State) -> None:
        """The original has done its work: what is not kept cannot leak."""
        async with self._units.write() as unit:
            await finish(unit, document.id, state)
        await self._blobs.remove(document.id, ORIGINAL)

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()


DRAWING = web.AppKey("drawing", Drawing)


async def drawing_of_documents(app: web.Application) -> AsyncIterator[None]:
    """Open and close what draws documents, for `cleanup_ctx`."""
    drawing = app[DRAWING] = Drawing(app[BLOBS], app[CONVERTER], app[UNITS])
    yield
    await drawing.close()
