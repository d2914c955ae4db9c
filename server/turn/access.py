"""Lets participants use the TURN servers, and ends it within seconds: fulfils signalling's `RelayAccess`."""

import asyncio
import logging
import re
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from server.clock import Clock
from server.database.turn_users import TurnUsers
from server.settings import Settings
from server.turn.console import Console, ConsoleAway
from signalling.ice import IceServer

PAUSE_SECONDS = 1.5
"""So soon is looked again after what has ended: whoever was half-way into the relay is caught next time."""
IDLE_SECONDS = 30
HALF_WAY = timedelta(seconds=90)
"""A TURN server forgets one who was let in and opens nothing after 60 seconds."""
_LOG = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class TurnAccess:
    """Credentials expire by themselves; consoles end what was opened, the user database what was not yet.

    Without consoles nothing can be ended, and nothing is tried. `trouble` says, for operators, what keeps
    it from ending what it must.
    """

    clock: Clock
    lasts: timedelta
    consoles: tuple[Console, ...] = ()
    users: TurnUsers | None = None
    trouble: str | None = None
    _ended: dict[str, datetime] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def grant(self, servers: Sequence[IceServer]) -> None:
        if self.users is None:
            return
        for server in servers:
            if server.username and (trouble := await _trouble(self.users.add(server))):
                self._note(trouble)

    def revoke(self, owner: str) -> None:
        if self.consoles:
            self._ended[owner] = self.clock()
            self._news.set()

    async def trouble_now(self) -> str | None:
        """Try what is needed to end something, and return what keeps us from it."""
        faults = [await _trouble(console.greet()) for console in self.consoles]
        return await self._shut(_Over({}, self.lasts, self.clock())) or next(filter(None, faults), None)

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """End what has ended, again and again, while the block runs."""
        keeping = asyncio.create_task(self._keep())
        try:
            yield
        finally:
            keeping.cancel()
            await asyncio.wait([keeping])

    async def _keep(self) -> None:
        while self.consoles:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), PAUSE_SECONDS if self._ended else IDLE_SECONDS)
            self._news.clear()
            sweep = asyncio.create_task(self._sweep(dict(self._ended), now=self.clock()))
            await asyncio.wait({sweep})
            if fault := sweep.exception():
                _LOG.error("a look after ended TURN access failed", exc_info=fault)
                await asyncio.sleep(PAUSE_SECONDS)

    async def _sweep(self, ended: dict[str, datetime], *, now: datetime) -> None:
        """Shut the door before the rooms are emptied. What could not be reached is tried again."""
        over = _Over(ended, self.lasts, now)
        trouble = await self._shut(over)
        if ended:
            cuts = (console.cut(ended, over.is_ended) for console in self.consoles)
            faults = await asyncio.gather(*map(_trouble, cuts))
            trouble = trouble or next(filter(None, faults), None)
        self._note(trouble)
        for owner, moment in ended.items():
            if not trouble and now > moment + self.lasts + HALF_WAY and self._ended[owner] == moment:
                del self._ended[owner]

    async def _shut(self, over: "_Over") -> str | None:
        if self.users is None:
            return None
        return await _trouble(self.users.remove(lambda name: over.is_ended(name) or over.is_expired(name)))

    def _note(self, trouble: str | None) -> None:
        """Write a trouble into the log when it comes, and when it has gone."""
        if trouble and not self.trouble:
            _LOG.error("TURN access cannot be ended: %s", trouble)
        if self.trouble and not trouble:
            _LOG.warning("TURN access can be ended again")
        self.trouble = trouble


def relay_access(settings: Settings, clock: Clock, *, lasts: timedelta) -> TurnAccess:
    """Make it of the settings. Users live in the realm that is called as the first TURN server is."""
    return TurnAccess(
        clock=clock,
        lasts=lasts,
        consoles=tuple(map(Console.at, settings.turn_console)),
        users=TurnUsers(settings.turn_users, realm_of(settings)) if settings.turn_users else None,
    )


def realm_of(settings: Settings) -> str:
    """Return the host of the first TURN server's address."""
    found = re.match(r"turns?:(\[[^]]*]|[^:?]*)", settings.turn_urls[0])
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class _Over:
    """Judges user names, `<second in which it expires>:<owner>`; others' are never over."""

    ended: dict[str, datetime]
    lasts: timedelta
    now: datetime

    def is_ended(self, name: str) -> bool:
        """Tell whether it was given before its owner's end: who comes again is given a younger one."""
        expires, _, owner = name.partition(":")
        moment = self.ended.get(owner)
        return (
            moment is not None and expires.isdecimal() and int(expires) <= (moment + self.lasts).timestamp()
        )

    def is_expired(self, name: str) -> bool:
        expires, _, owner = name.partition(":")
        return bool(owner) and expires.isdecimal() and int(expires) < self.now.timestamp()


async def _trouble(doing: Awaitable[None]) -> str | None:
    """Do it, and return what an operator must know if it could not be done."""
    try:
        await doing
    except ConsoleAway as away:
        return str(away)
    except sqlite3.Error as fault:
        return f"the TURN server's user database cannot be used ({fault})"
    return None
