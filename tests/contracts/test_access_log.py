"""What was looked at stays in the log, in order, and is found by appointment, by person and by who looked."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from identity.look import SAME_FOR, Look, Thing, Viewer
from identity.look_chain import Break, Broken, Chain
from identity.look_ports import LooksAt
from identity.personal_code import personal_code
from server.database.engine import open_engines
from server.database.units import SqlUnits
from server.sealing import Sealer
from tests.contracts.test_identity import identification
from tests.contracts.world import NOW, TEN, World

ILMARI, LOUHI = uuid4(), uuid4()
CODE = personal_code("010170-999R", today=date(2026, 11, 23))


def look(appointment_id: UUID | None = None, **values: object) -> Look:
    found = Look(
        at=NOW,
        viewer=Viewer.STAFF,
        by=ILMARI,
        thing=Thing.APPOINTMENT,
        thing_id=appointment_id,
        purpose="GET /desk",
        appointment_id=appointment_id,
    )
    return replace(found, **values)  # type: ignore[arg-type]  # a test names what differs


async def test_looks_are_read_the_newest_first_a_page_at_a_time(world: World) -> None:
    looks = [look(uuid4(), at=NOW + timedelta(seconds=number)) for number in range(5)]
    async with world.units.write() as unit:
        await unit.access_log.add(looks[:2])
        await unit.access_log.add(looks[2:])
        await unit.access_log.add([])

    async with world.units.read() as unit:
        first = await unit.access_log.newest(LooksAt(), limit=2)
        rest = await unit.access_log.newest(LooksAt(), before=first[-1].number)
    assert [one.look for one in [*first, *rest]] == looks[::-1]


async def test_looks_are_found_by_appointment_by_who_and_by_person_at_all_appointments(world: World) -> None:
    one, other = await world.booked(), await world.booked(TEN + timedelta(days=1))
    async with world.units.write() as unit:
        aino = await unit.persons.met(CODE, given_name="Aino", family_name="Virtanen", at=NOW)
        await unit.identifications.add(identification(one.id, aino.subject_key, person_id=aino.id))
        at_one, at_other = look(one.id), look(other.id, by=LOUHI)
        at_aino = look(None, thing=Thing.PERSON, thing_id=aino.id, person_id=aino.id, reason="signs")
        await unit.access_log.add([at_one, at_other, at_aino])

    async with world.units.read() as unit:
        found = [
            [kept.look for kept in await unit.access_log.newest(asked)]
            for asked in (LooksAt(appointment_id=other.id), LooksAt(by=ILMARI), LooksAt(person_id=aino.id))
        ]
    assert found == [[at_other], [at_aino, at_one], [at_aino, at_one]]


async def test_looks_are_found_by_the_kind_of_thing_and_by_their_days(world: World) -> None:
    paper = look(uuid4(), thing=Thing.DOCUMENT)
    later = look(uuid4(), at=NOW + timedelta(days=1))
    async with world.units.write() as unit:
        await unit.access_log.add([paper, later])

    async def found(at: LooksAt) -> list[Look]:
        async with world.units.read() as unit:
            return [kept.look for kept in await unit.access_log.newest(at)]

    assert await found(LooksAt(thing=Thing.DOCUMENT)) == [paper]
    assert await found(LooksAt(since=later.at)) == [later]
    assert await found(LooksAt(until=later.at)) == [paper]
    assert await found(LooksAt(since=NOW, until=later.at, by=LOUHI)) == []


async def test_the_same_look_again_is_told_from_a_new_one(world: World) -> None:
    first = look(uuid4())
    with_reason = replace(first, reason="asked")
    async with world.units.write() as unit:
        await unit.access_log.add([first, with_reason])

    others = [replace(first, by=LOUHI), replace(first, thing_id=uuid4()), replace(first, purpose="GET /x")]
    async with world.units.read() as unit:
        log = unit.access_log
        assert await log.unwritten([first, *others, with_reason], since=NOW) == [*others, with_reason]
        assert await log.unwritten([first], since=NOW + SAME_FOR) == [first]
        assert await log.unwritten([], since=NOW) == []


async def whole(units: SqlUnits) -> Broken | None:
    async with units.read() as unit:
        chain, head = Chain(), await unit.access_chain.head()
        broken = await chain.walk(unit.access_chain.links())
        return broken or chain.ends_at(head)


async def test_who_looks_while_many_chain_leaves_one_whole_chain(sql_units: SqlUnits) -> None:
    async def add(number: int) -> None:
        async with sql_units.write() as unit:
            await unit.access_log.add([look(uuid4(), purpose=f"{number}")])

    async def chain() -> None:
        await sql_units.do(lambda unit: unit.access_chain.go_on(3))

    await asyncio.gather(*(work for number in range(20) for work in (add(number), chain())))
    for _ in range(20):
        await chain()

    async with sql_units.read() as unit:
        assert not await unit.access_chain.is_behind()
        assert (await unit.access_chain.head()).place == 20
    assert await whole(sql_units) is None


async def test_the_database_refuses_to_change_or_remove_what_is_chained(sql_units: SqlUnits) -> None:
    async with sql_units.write() as unit:
        await unit.access_log.add([look(uuid4())])
        await unit.access_chain.go_on()
    for statement in ("UPDATE access_log SET purpose = 'x'", "DELETE FROM access_log"):
        with pytest.raises(DBAPIError):
            async with sql_units.write() as unit:
                await unit.access_log._connection.execute(text(statement))

    assert await whole(sql_units) is None


async def test_who_takes_the_triggers_away_is_found_by_the_chain(database_url: str) -> None:
    ours = SqlUnits(open_engines(database_url), Sealer(b"only for tests: 32 bytes or more."))
    async with ours.write() as unit:
        await unit.access_log.add([look(uuid4()) for _ in range(4)])
        await unit.access_chain.go_on()
    async with ours.write() as unit:
        execute = unit.access_log._connection.execute
        if "sqlite" in database_url:
            await execute(text("DROP TRIGGER looks_stay"))
            await execute(text("DROP TRIGGER looks_stay_as_they_are"))
        else:
            await execute(text("DROP TRIGGER looks_stay ON access_log"))
        await execute(text("UPDATE access_log SET purpose = 'x' WHERE place = 3"))
    assert await whole(ours) == Broken(Break.CHANGED, 3)

    theirs = SqlUnits(open_engines(database_url), Sealer(b"of somebody with the database alone"))
    async with theirs.write() as unit:
        execute = unit.access_log._connection.execute
        await execute(text("UPDATE access_log SET place = NULL, hash = NULL"))
        await execute(text("DELETE FROM access_log_head"))
        await unit.access_chain.go_on()

    assert await whole(theirs) is None
    assert await whole(ours) == Broken(Break.OTHER_HEAD, 4)
    await ours.close()
    await theirs.close()
