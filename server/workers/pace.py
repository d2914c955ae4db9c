"""How fast letters leave: so many a minute, evenly."""

import asyncio

A_MOMENT = 1.0


class Pace:
    """Gives out turns, each a little after the one before."""

    def __init__(self, a_minute: int) -> None:
        self._gap = 60 / a_minute
        self._next = 0.0

    async def turn(self) -> bool:
        """Wait for a turn, a moment at most; return whether it has come."""
        loop = asyncio.get_running_loop()
        await asyncio.sleep(min(max(self._next - loop.time(), 0), A_MOMENT))
        if loop.time() < self._next:
            return False
        self._next = max(self._next + self._gap, loop.time())
        return True
