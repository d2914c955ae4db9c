"""A prompt is kept for its browser alone, asked about in turns, and gone with its attempt."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from identity.assurance import Assurance
from identity.errors import AttemptUnknown
from identity.login_attempt import LASTS, Purpose, begun
from identity.prompt import Prompt, Prompted
from tests.contracts.world import NOW, World

A_SECOND = timedelta(seconds=1)


async def prompted(world: World) -> Prompted:
    appointment = await world.booked()
    attempt = begun(
        appointment.id,
        "mobile-id",
        "browser",
        purpose=Purpose.DOOR,
        asked=Assurance.SUBSTANTIAL,
        fingerprint=b"f" * 32,
        now=NOW,
    )
    prompt = Prompt(
        event_id="A7K2", memo=b"m\0\xff", ask_again_at=NOW + 20 * A_SECOND, ends_at=NOW + 195 * A_SECOND
    )
    waiting = Prompted(attempt=attempt, prompt=prompt)
    async with world.units.write() as unit:
        await unit.login_attempts.add(attempt)
        await unit.prompts.add(waiting)
    return waiting


async def test_a_prompt_is_found_by_its_browser_alone(world: World) -> None:
    waiting = await prompted(world)

    async with world.units.read() as unit:
        assert await unit.prompts.find(waiting.attempt.browser_hash) == waiting
        with pytest.raises(AttemptUnknown):
            await unit.prompts.find(b"another")


async def test_it_is_gone_when_it_is_removed_or_its_attempt_was_used(world: World) -> None:
    waiting = await prompted(world)
    async with world.units.write() as unit:
        await unit.login_attempts.use(waiting.attempt.state, now=NOW)
        with pytest.raises(AttemptUnknown):
            await unit.prompts.find(waiting.attempt.browser_hash)
        await unit.prompts.remove(waiting.attempt.browser_hash)
        await unit.prompts.remove(waiting.attempt.browser_hash)

        assert not await unit.prompts.take_turn(waiting.attempt.browser_hash, now=NOW + LASTS, until=NOW)


async def test_nobody_has_a_turn_before_its_moment(world: World) -> None:
    waiting = await prompted(world)
    key, moment = waiting.attempt.browser_hash, waiting.prompt.ask_again_at
    async with world.units.write() as unit:
        early = await unit.prompts.take_turn(key, now=moment - A_SECOND, until=moment + A_SECOND)
        at_once = await unit.prompts.take_turn(key, now=moment, until=moment + 5 * A_SECOND)
        again = await unit.prompts.take_turn(key, now=moment + A_SECOND, until=moment + 9 * A_SECOND)
        nobodys = await unit.prompts.take_turn(b"another", now=moment, until=moment)

    assert (early, at_once, again, nobodys) == (False, True, False, False)


async def test_of_many_who_ask_at_once_one_has_the_turn(world: World) -> None:
    waiting = await prompted(world)
    moment = waiting.prompt.ask_again_at

    async def asks() -> bool:
        async with world.units.write() as unit:
            return await unit.prompts.take_turn(
                waiting.attempt.browser_hash, now=moment, until=moment + 5 * A_SECOND
            )

    assert sorted(await asyncio.gather(*(asks() for _ in range(6)))) == [False] * 5 + [True]


async def test_it_is_put_off_with_how_often_nobody_answered(world: World) -> None:
    waiting = await prompted(world)
    later = NOW + timedelta(minutes=1)
    async with world.units.write() as unit:
        await unit.prompts.put_off(waiting.attempt.browser_hash, until=later, missed=2)

    async with world.units.read() as unit:
        found = await unit.prompts.find(waiting.attempt.browser_hash)
    assert found == replace(waiting, prompt=replace(waiting.prompt, ask_again_at=later), missed=2)


async def test_it_is_swept_away_with_its_attempt(world: World) -> None:
    waiting = await prompted(world)
    async with world.units.write() as unit:
        await unit.leftovers.sweep(now=NOW + LASTS - A_SECOND)
        assert await unit.prompts.find(waiting.attempt.browser_hash) == waiting
        await unit.leftovers.sweep(now=NOW + LASTS)
        with pytest.raises(AttemptUnknown):
            await unit.prompts.find(waiting.attempt.browser_hash)
