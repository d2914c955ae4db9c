"""Who wants to hear that something changed in an adviser's appointments; what it was, nobody is told here."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from uuid import UUID


class DeskNews:
    """Wakes the open desks of this process that concern an adviser; it never makes anybody wait."""

    def __init__(self) -> None:
        self._listening: dict[UUID, set[asyncio.Event]] = defaultdict(set)

    def tell(self, advisers: Collection[UUID]) -> None:
        """Say that these advisers' appointments changed, once that is committed."""
        for adviser_id in advisers:
            for news in self._listening.get(adviser_id, ()):
                news.set()

    @contextmanager
    def listening(self, advisers: Collection[UUID]) -> Iterator[asyncio.Event]:
        """Hand out what is set at each change until the block is left; whoever waits clears it."""
        news = asyncio.Event()
        for adviser_id in advisers:
            self._listening[adviser_id].add(news)
        try:
            yield news
        finally:
            for adviser_id in advisers:
                self._listening[adviser_id].discard(news)
                if not self._listening[adviser_id]:
                    del self._listening[adviser_id]
