"""A bank that was down is never counted against who came, in no statistic and no database."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeAlias

import pytest

from booking.attend import record
from booking.attendance import By, attendance
from booking.close import close
from booking.fact import Actor, FactKind
from booking.outcome import Outcome
from booking.time_span import TimeSpan
from tests.contracts.world import NOW, TEN, World

Told: TypeAlias = tuple[FactKind, Actor, dict[str, str | bool]]
DAY = TimeSpan(TEN - timedelta(hours=10), TEN + timedelta(hours=10))
DOWN: dict[str, str | bool] = {"reason": "bank_unavailable", "provider": "mobile-id", "purpose": "door"}
BEGUN: Told = (FactKind.IDENTIFICATION_BEGUN, Actor.CUSTOMER, {"provider": "mobile-id", "purpose": "door"})
FAILED: Told = (FactKind.IDENTIFICATION_FAILED, Actor.CUSTOMER, DOWN)
INSTEAD: Told = (
    FactKind.IDENTIFICATION_DONE,
    Actor.CUSTOMER,
    {"method": "code", "assurance": "low", "instead_of": "substantial", "purpose": "door", "is_bound": True},
)


@pytest.mark.parametrize(
    ("came", "outcome", "our_losses"),
    [
        ((BEGUN, FAILED), Outcome.IDENTIFICATION_FAILED, 0),
        ((BEGUN,), Outcome.IDENTIFICATION_FAILED, 0),
        ((BEGUN, FAILED, INSTEAD), Outcome.ADVISER_ABSENT, 1),
    ],
)
async def test_whoever_came_while_the_bank_was_down_is_no_no_show(
    world: World, came: Sequence[Told], outcome: Outcome, our_losses: int
) -> None:
    appointment = await world.booked(TEN)
    async with world.units.write() as unit:
        times = {"start": TEN.isoformat(), "end": appointment.span.end.isoformat()}
        await record(unit, appointment.id, FactKind.BOOKED, by=Actor.CUSTOMER, now=NOW, detail=times)
        await record(unit, appointment.id, FactKind.DOOR_OPENED, by=Actor.CUSTOMER, now=TEN)
        for second, (kind, by, detail) in enumerate(came, 1):
            at = TEN + timedelta(seconds=second)
            await record(unit, appointment.id, kind, by=by, now=at, detail=detail)

    async with world.units.write() as unit:
        await close(unit, appointment.id, now=appointment.span.end + timedelta(hours=1))

    async with world.units.read() as unit:
        counted = attendance(await unit.attendance.attended(DAY), By.WEEK)
        kept = await unit.facts.of(appointment.id)
    assert (await _outcome(world)) is outcome
    assert (counted.total.no_shows, counted.total.our_losses) == (0, our_losses)
    assert [fact.detail.get("reason") for fact in kept if fact.kind is FactKind.IDENTIFICATION_FAILED] == [
        "bank_unavailable"
    ] * came.count(FAILED)


async def test_the_honest_lower_level_stays_in_the_fact(world: World) -> None:
    appointment = await world.booked(TEN)
    async with world.units.write() as unit:
        for kind, by, detail in (BEGUN, FAILED, INSTEAD):
            await record(unit, appointment.id, kind, by=by, now=TEN, detail=detail)

    async with world.units.read() as unit:
        [done] = [
            fact for fact in await unit.facts.of(appointment.id) if fact.kind is FactKind.IDENTIFICATION_DONE
        ]

    assert (done.detail["assurance"], done.detail["instead_of"]) == ("low", "substantial")


async def _outcome(world: World) -> Outcome | None:
    async with world.units.read() as unit:
        [line] = await unit.attendance.attended(DAY)
    return line.outcome
