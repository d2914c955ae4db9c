"""New keys for everybody, and a kill in the middle: each customer is still who they were."""

import asyncio
import os
import re
import sys
from asyncio.subprocess import PIPE
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from identity.personal_code import CHECK_SIGNS, PersonalCode, personal_code
from server.database.engine import open_engines
from server.database.units import SqlUnits
from server.person_keys import FOLDER
from server.sealing import Sealer
from tests.contracts.test_identity import identification
from tests.contracts.world import NOW, TEN, World, furnished

SECRET = "only for tests: 32 bytes or more."
PEOPLE, BOOKED = 40, 8


@dataclass(frozen=True, slots=True)
class Installation:
    """A data folder and a database with people in it, and the command that acts on both."""

    data: Path
    url: str
    units: SqlUnits
    people: Mapping[PersonalCode, UUID]
    bound: Sequence[UUID]

    @property
    def environment(self) -> dict[str, str]:
        ours = {"MODE": "demo", "DATA": str(self.data), "SECRET": SECRET, "DATABASE_URL": self.url}
        return os.environ | {f"KOHTAAMO_{name}": value for name, value in ours.items()}

    async def begins(self, *words: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "server.cli", "person-keys", *words, env=self.environment, stdout=PIPE
        )

    async def says(self, *words: str) -> str:
        return (await (await self.begins(*words)).communicate())[0].decode()

    async def recognised(self) -> Mapping[PersonalCode, UUID]:
        """Let everybody come again, and return who they were taken for."""
        async with self.units.write() as unit:
            met = [
                await unit.persons.met(code, given_name="Aino", family_name="Virtanen", at=NOW)
                for code in self.people
            ]
        return dict(zip(self.people, [one.id for one in met], strict=True))


@pytest.fixture
async def installation(database_url: str, tmp_path: Path) -> Installation:
    (tmp_path / FOLDER).mkdir()
    units = SqlUnits(open_engines(database_url), Sealer(SECRET.encode(), person_keys=tmp_path / FOLDER))
    world: World = await furnished(units)
    codes = [code_of(number) for number in range(PEOPLE)]
    appointments = [await world.booked(TEN + timedelta(days=number)) for number in range(BOOKED)]
    async with units.write() as unit:
        met = [
            await unit.persons.met(code, given_name="Aino", family_name="Virtanen", at=NOW) for code in codes
        ]
        for appointment, one in zip(appointments, met, strict=False):
            await unit.identifications.add(identification(appointment.id, one.subject_key, person_id=one.id))
    people = dict(zip(codes, [one.id for one in met], strict=True))
    return Installation(tmp_path, database_url, units, people, [one.id for one in appointments])


def code_of(number: int) -> PersonalCode:
    born, serial = f"0101{50 + number % 40:02}", f"{100 + number:03}"
    sign = "-Y"[number % 2]
    text = f"{born}{sign}{serial}{CHECK_SIGNS[int(born + serial) % 31]}"
    return personal_code(text, today=date(2026, 11, 23))


async def test_a_kill_in_the_middle_loses_nobody_and_the_next_run_goes_on(installation: Installation) -> None:
    await installation.says("make")
    running = await installation.begins("reseal", "--batch", "1")
    assert running.stdout is not None
    await running.stdout.readline()  # some are resealed, the rest are not
    running.kill()
    await running.wait()
    in_between = used(await installation.says("list"))

    assert in_between[2] > 0
    assert await installation.recognised() == installation.people  # also half-way

    told = await installation.says("reseal", "--batch", "7")
    assert "everybody has the newest key" in told
    assert used(await installation.says("list")) == {2: PEOPLE + BOOKED, 1: 0}
    assert await installation.recognised() == installation.people
    async with installation.units.read() as unit:
        for code, person_id in installation.people.items():
            assert await unit.persons.code(person_id) == code
        keys = [await unit.identifications.bound_key(one) for one in installation.bound]
        assert keys == [unit.persons.keys_of(code)[0] for code in list(installation.people)[:BOOKED]]
    await installation.units.close()


async def test_a_key_goes_when_nobody_needs_it_and_not_before(installation: Installation) -> None:
    await installation.says("make")
    await installation.says("reseal")
    await installation.says("make")

    for refused in ("2", "3"):  # in use, and the newest
        assert (await (await installation.begins("retire", refused)).wait()) == 1
    await installation.says("reseal")
    await installation.says("retire", "2")

    assert used(await installation.says("list")) == {3: PEOPLE + BOOKED, 1: 0}
    assert sorted(file.name for file in (installation.data / FOLDER).iterdir()) == ["3.key"]
    assert await installation.recognised() == installation.people
    await installation.units.close()


async def test_a_person_made_twice_by_a_machine_that_did_not_know_the_new_key_becomes_one(
    installation: Installation,
) -> None:
    await installation.says("make")
    code, known = next(iter(installation.people.items()))
    async with installation.units.write() as unit:
        key = unit.persons.keys_of(code)[0]
        await unit.person_reseal.batch(PEOPLE)
    stale = SqlUnits(open_engines(installation.url), Sealer(SECRET.encode()))
    async with stale.write() as unit:
        double = await unit.persons.met(code, given_name="Aino", family_name="Virtanen", at=NOW)
    assert double.id != known
    await stale.close()

    await installation.says("reseal")

    assert await installation.recognised() == installation.people
    async with installation.units.read() as unit:
        assert (await unit.persons.get(known)).subject_key == key
    await installation.units.close()


def used(told: str) -> Mapping[int, int]:
    """Read what `list` tells: how many rows each key is used in."""
    return {int(one): int(rows) for one, rows in re.findall(r"^(\d+) .* (\d+) rows$", told, re.MULTILINE)}
