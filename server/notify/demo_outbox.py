"""The demo's channel: letters go to a page that everybody can read, so it refuses production."""

from server.notify.channel import ChannelContext
from server.notify.letter import Letter


class DemoOutbox:
    """Keeps a copy of every letter for the demo's outbox page."""

    name = "mail"

    def __init__(self, context: ChannelContext) -> None:
        self._keep = context.keep

    async def deliver(self, letter: Letter) -> None:
        await self._keep(self.name, letter)


def create(context: ChannelContext) -> DemoOutbox | None:
    """Return the channel in a demo, and nothing in production."""
    return DemoOutbox(context) if context.is_demo else None
