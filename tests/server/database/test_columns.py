"""Moments come back aware and in UTC, and naive ones are refused."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import StatementError

from server.database.units import SqlUnits
from tests.contracts.world import NOW

HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 10, 25, 3, 30, tzinfo=HELSINKI),
        datetime(2026, 10, 25, 3, 30, fold=1, tzinfo=HELSINKI),
        datetime(2027, 3, 28, 4, 0, tzinfo=HELSINKI),
        datetime(2026, 7, 1, 12, 0, 0, 123456, tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 59, 1, tzinfo=UTC),
    ],
)
async def test_a_moment_comes_back_as_the_same_moment_in_utc(sql_units: SqlUnits, moment: datetime) -> None:
    await sql_units.do(lambda unit: unit.heartbeats.beat("clock", at=moment))

    async with sql_units.read() as unit:
        age = (await unit.heartbeats.ages(now=NOW))["clock"]

    assert NOW - age == moment.astimezone(UTC)


async def test_the_two_readings_of_a_repeated_hour_are_an_hour_apart(sql_units: SqlUnits) -> None:
    for fold in (0, 1):
        moment = datetime(2026, 10, 25, 3, 30, fold=fold, tzinfo=HELSINKI)
        async with sql_units.write() as unit:
            await unit.heartbeats.beat(str(fold), at=moment)

    async with sql_units.read() as unit:
        ages = await unit.heartbeats.ages(now=NOW)

    assert ages["0"] - ages["1"] == timedelta(hours=1)


async def test_a_naive_moment_is_refused(sql_units: SqlUnits) -> None:
    naive = datetime(2026, 11, 24, 10, 0)  # noqa: DTZ001  # that is the point

    with pytest.raises(StatementError, match="aware"):
        await sql_units.do(lambda unit: unit.heartbeats.beat("clock", at=naive))
