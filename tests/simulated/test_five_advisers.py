"""Five advisers share a waiting room to which twenty customers come at random.

It prints `sqlite: 20 customers taken once each by 5 advisers, … rings at the desks, … claims refused`.
"""

import asyncio
from pathlib import Path
from random import Random

import pytest

from tests.contracts.databases import DATABASES, migrated, postgres_template, sqlite_template
from tests.simulated.shared_room import Desk, claims_of, customers, desks
from tests.web.meeting_house import Browser, MeetingHouse, meeting_house

__all__ = ["postgres_template", "sqlite_template"]

PATIENCE_SECONDS = 120


@pytest.mark.parametrize("database", DATABASES)
async def test_each_of_twenty_is_taken_once_by_one_of_five_and_each_arrival_rang(
    request: pytest.FixtureRequest, tmp_path: Path, database: str
) -> None:
    random = Random(20)
    async with migrated(database, request, tmp_path) as url, meeting_house(tmp_path, url=url) as house:
        advisers = await desks(house, 5)
        guests = await customers(house, advisers, 20)

        await _day(house, advisers, guests, random)

        claims, rang = await claims_of(house), [len(desk.rang) for desk in advisers]
        met = [each for desk in advisers for each in desk.met]
        print(
            f"{database}: {len(met)} customers taken once each by {len(advisers)} advisers, "
            f"{sum(rang)} rings at the desks, {sum(desk.refused for desk in advisers)} claims refused"
        )
        assert len(met) == len(set(met)) == 20
        assert set(claims.values()) == {1}
        assert {each for desk in advisers for each in desk.rang} == set(claims)
        assert all(len(desk.rang) == len(set(desk.rang)) for desk in advisers)


async def _day(house: MeetingHouse, advisers: list[Desk], guests: list[Browser], random: Random) -> None:
    """Let all come at random moments, and go on until everybody was met."""
    working = [asyncio.create_task(desk.watch()) for desk in advisers]
    working += [asyncio.create_task(desk.work(random)) for desk in advisers]
    async with asyncio.timeout(PATIENCE_SECONDS):
        await asyncio.gather(*(_comes(guest, random.uniform(0, 5)) for guest in guests))
    for task in working:
        task.cancel()
    await asyncio.gather(*working, return_exceptions=True)
    for desk in advisers:
        await desk.client.close()


async def _comes(guest: Browser, after: float) -> None:
    await asyncio.sleep(after)
    await guest.comes()
    await guest.hears_until("bye")
