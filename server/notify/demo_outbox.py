"""The demo's outbox: a copy of every letter goes to a page that everybody can read."""

from collections.abc import Awaitable, Callable

from server.notify.channel import Sender
from server.notify.letter import Letter


class DemoOutbox:
    """Keeps a copy of every letter of a channel, and sends it on where a sender is set up."""

    def __init__(
        self, name: str, keep: Callable[[str, Letter], Awaitable[None]], onward: Sender | None
    ) -> None:
        self.name = name
        self._keep = keep
        self._onward = onward

    async def deliver(self, letter: Letter) -> None:
        await self._keep(self.name, letter)
        if self._onward:
            await self._onward.deliver(letter)
