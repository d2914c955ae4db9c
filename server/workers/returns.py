"""Fetch what mail servers have returned to the mailbox for it, and take those letters back."""

import asyncio

import structlog

from server.clock import Clock
from server.database.units import SqlUnits
from server.notify.bounce_box import BounceBox, BoxAway
from server.notify.return_address import ReturnAddress
from server.notify.returned import read_returned
from server.workers.take_back import take_back

EVERY_SECONDS = 60.0
TAKE_WITHIN = 60.0

_log = structlog.get_logger()


class Returns:
    """One step: look into the mailbox, once a minute or as long as there is more."""

    def __init__(self, units: SqlUnits, clock: Clock, box: BounceBox, returns: ReturnAddress) -> None:
        self._units = units
        self._clock = clock
        self._box = box
        self._returns = returns
        self._next = 0.0

    async def step(self) -> bool:
        loop = asyncio.get_running_loop()
        if loop.time() < self._next:
            return False
        has_more = False
        try:
            has_more = await asyncio.to_thread(self._box.read, lambda mail: self._hand_over(mail, loop))
        except BoxAway as away:
            _log.warning("mailbox for bounces away", why=str(away))
        finally:
            self._next = loop.time() + (0 if has_more else EVERY_SECONDS)
        return has_more

    def _hand_over(self, mail: bytes, loop: asyncio.AbstractEventLoop) -> None:
        """Read a mail in the thread that fetched it, and wait until the loop has written it down."""
        returned = read_returned(mail, self._returns)
        if returned:
            taking = take_back(self._units, returned, self._clock)
            asyncio.run_coroutine_threadsafe(taking, loop).result(TAKE_WITHIN)
