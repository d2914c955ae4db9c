"""The background work forgets who customers were on the day that was set, and looks every ten minutes."""

from datetime import datetime, timedelta
from uuid import UUID

from identity.errors import NotFound
from server.database.units import SqlUnits
from server.workers.sweep import EVERY, Sweep
from tests.contracts.test_forgetting import came
from tests.contracts.world import LENGTH, NOW, TEN, World

DAYS = timedelta(days=5)


async def is_known(units: SqlUnits, person_id: UUID) -> bool:
    async with units.read() as unit:
        try:
            await unit.persons.get(person_id)
        except NotFound:
            return False
    return True


async def test_as_the_days_pass_a_person_is_forgotten_once(world: World, sql_units: SqlUnits) -> None:
    person, _ = await came(world, TEN)
    clock = [NOW]
    sweep = Sweep(sql_units, lambda: clock[0], invitations_kept=DAYS, persons_kept=DAYS)
    forgotten: list[datetime] = []

    while not forgotten:
        await sweep.step()
        if not await is_known(sql_units, person.id):
            forgotten.append(clock[0])
        clock[0] += timedelta(hours=1) + EVERY / 2

    assert forgotten[0] - (TEN + LENGTH + DAYS) < timedelta(hours=1) + EVERY
    assert forgotten[0] >= TEN + LENGTH + DAYS
