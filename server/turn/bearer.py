"""Credentials for trying a TURN server: good ones, and such as must open nothing."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import uuid4

from server.clock import Clock
from server.database.turn_users import TurnUsers
from signalling.ice import IcePolicy, IceServer, credential

LONG_AGO = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Bearer:
    """Makes credentials as meetings do; what was let in by name is put out again by `put_out`."""

    ice: IcePolicy
    clock: Clock
    users: TurnUsers | None = None
    _let_in: set[str] = field(default_factory=set)

    async def good(self) -> IceServer:
        """Make what opens the door for two minutes. Raises sqlite3.Error."""
        return await self._let(self._made())

    async def forged(self) -> IceServer:
        """Make such for a user who is known, by another secret. Raises sqlite3.Error."""
        known = await self.good()
        return replace(known, credential=credential(secrets.token_hex(32), known.username or ""))

    async def expired(self) -> IceServer:
        """Make what ended an hour ago, and was taken out of the users then."""
        return self._made(ago=LONG_AGO)

    async def put_out(self) -> None:
        if self.users:
            await self.users.remove(self._let_in.__contains__)

    def _made(self, ago: timedelta = timedelta()) -> IceServer:
        """Make credentials for nobody in particular."""
        return self.ice.servers(uuid4(), now=self.clock() - ago)[-1]

    async def _let(self, server: IceServer) -> IceServer:
        if self.users and server.username:
            await self.users.add(server)
            self._let_in.add(server.username)
        return server


@asynccontextmanager
async def bearing(bearer: Bearer) -> AsyncIterator[Bearer]:
    """Put out whom it let in, when the block is left."""
    try:
        yield bearer
    finally:
        await bearer.put_out()
