"""Clients that book at random through the API while something happens to the server."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from uuid import UUID, uuid4

from aiohttp import ClientError, ClientSession, TCPConnector

from tests.histories.kept import Kept
from tests.histories.rows import half_made, overlaps
from tests.histories.story import slots
from tests.journeys.demo_process import Demo

CLIENTS = 16
PAUSE, MOST_DAYS = 0.02, 20
"""A few hundred attempts a second at most, so that the slots are not used up."""


@dataclass(slots=True)
class Tally:
    """What the clients were told: ids of 201, how often which other status, and 503 without Retry-After."""

    acknowledged: list[UUID] = field(default_factory=list)
    told: Counter[int] = field(default_factory=Counter)
    hopeless: int = 0

    def lost(self, kept: Kept) -> set[UUID]:
        return set(self.acknowledged) - {one.id for one in kept.appointments}


@dataclass(slots=True)
class Bookers:
    """Clients under way; `stop` lets each finish what it has asked."""

    tally: Tally
    stopping: asyncio.Event
    under_way: asyncio.Future[list[None]]

    async def stop(self) -> None:
        self.stopping.set()
        await self.under_way


async def begin_to_book(
    demo: Demo, key: str, tally: Tally, *, endures: bool = False, seed: int = 0
) -> Bookers:
    """Let many book at random; without enduring, each ends when the server is gone."""
    offered = await slots(demo, key, MOST_DAYS)
    wishes = [
        {"offering_id": offering, "start": slot["start"]}
        for offering, found in offered.items()
        for slot in found
    ]
    stopping = asyncio.Event()

    async def all_of_them() -> list[None]:
        headers = {"Authorization": f"Bearer {key}"}
        async with ClientSession(demo.address, headers=headers, connector=TCPConnector(limit=0)) as session:
            clients = (
                _client(session, wishes, Random(seed * 100 + number), tally, stopping, endures)
                for number in range(CLIENTS)
            )
            return await asyncio.gather(*clients)

    return Bookers(tally, stopping, asyncio.ensure_future(all_of_them()))


async def _client(
    session: ClientSession,
    wishes: Sequence[Mapping[str, str]],
    dice: Random,
    tally: Tally,
    stopping: asyncio.Event,
    endures: bool,
) -> None:
    while not stopping.is_set():
        customer = {"name": "Aino Virtanen", "email": f"{uuid4().hex}@example.org"}
        try:
            async with session.post(
                "/api/v1/appointments", json={**dice.choice(wishes), "customer": customer}
            ) as answer:
                body = await answer.json()
        except (ClientError, OSError, ValueError):
            if not endures:
                return
            tally.told[0] += 1
        else:
            tally.told[answer.status] += 1
            tally.hopeless += answer.status == 503 and "Retry-After" not in answer.headers
            if answer.status == 201:
                tally.acknowledged.append(UUID(body["id"]))
        await asyncio.sleep(PAUSE * dice.random())


def wrong_rows(kept: Kept) -> list[str]:
    """Say what is had twice, and what was made by half: row, cells, facts, reminders and letters."""
    return [*overlaps(kept), *half_made(kept)]
